// One row of the outline, as an item of a flat tree whose name says its marks in words.

import { element, icon, say } from "./words.js";

// `state` is what the tree knows of the row besides its data.
export function rowElement(row, state) {
  const { id, expanded } = state;
  const parent = expanded !== null;
  const said = [row.title, row.said, ...state.people.map((person) => say("selectedBy", { name: person.name }))].join(", ");
  const made = element(
    "div",
    {
      role: "treeitem",
      class: classes(row, state),
      id: `row-${id.replace(/[^\w-]/g, "-")}`,
      "data-id": id,
      "aria-label": said,
      "aria-level": row.level,
      "aria-posinset": state.place,
      "aria-setsize": state.among,
      "aria-selected": String(state.selected || state.chosen),
      "aria-expanded": parent ? String(expanded) : false,
      tabindex: state.active ? "0" : "-1",
      draggable: row.level > 1 ? "true" : false,
    },
    element("span", { class: "row__open", "aria-hidden": "true" }, parent ? icon(expanded ? "arrow-down" : "arrow-right") : ""),
    icon(row.icon),
    element("span", { class: "row__name" }, row.title),
    marks(row, state.people),
  );
  made.style.transform = `translateY(${state.top}px)`;
  if (id.startsWith("q/") || id.startsWith("s/")) made.append(element("span", { class: "row__add", "aria-hidden": "true", "data-plus": "" }, icon("plus")));
  return made;
}

function classes(row, { selected, chosen, cut, people }) {
  return [
    `row row--${Math.min(row.level, 5)}`,
    selected && "row--selected",
    chosen && "row--chosen",
    cut && "row--cut",
    people.length && `row--other face--${people[0].colour}`,
  ]
    .filter(Boolean)
    .join(" ");
}

function marks(row, people) {
  const made = element("span", { class: "row__marks", "aria-hidden": "true" });
  for (const person of people) made.append(element("span", { class: `face face--small face--${person.colour}`, "data-initials": person.initials, title: person.name }));
  if (row.warnings) made.append(element("span", { class: "badge", "data-count": row.warnings }));
  if (row.rule) made.append(icon("order"));
  if (row.personal) made.append(icon("user"));
  if (row.count) made.append(element("span", { class: "row__count", "data-count": row.count }));
  if (row.required) made.append(element("span", { class: "row__required" }));
  return made;
}
