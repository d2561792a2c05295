// A title written again in the outline, where it stands.

import { element } from "./words.js";

export function rename(tree, id) {
  const made = id && tree.root.querySelector(`[data-id="${CSS.escape(id)}"]`);
  if (!made || id === "d/demarche") return;
  const name = made.querySelector(".row__name");
  const title = tree.rows.get(id).title;
  const input = element("input", { class: "row__input", value: title, "aria-label": title, maxlength: 500 });
  let stopped = false;
  const stop = (keep) => {
    if (stopped) return;
    stopped = true;
    const typed = input.value.trim();
    input.replaceWith(name);
    tree.draw();
    if (document.activeElement === document.body) tree.focusActive();
    if (keep && typed && typed !== title) tree.handlers.rename(made.dataset.id, typed);
  };
  input.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter") stop(true);
    if (event.key === "Escape") stop(false);
    if (event.key === "Enter" || event.key === "Escape") event.preventDefault();
  });
  input.addEventListener("blur", () => stop(true));
  name.replaceWith(input);
  input.select();
}
