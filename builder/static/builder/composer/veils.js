// In the preview, a dashed line stands for each part that the answers hide, and may show it all the same.

import { element, say } from "./words.js";

export class Veils {
  // `row` gives the outline's row of a part.
  constructor({ row }) {
    this.row = row;
    this.seen = new Set();
    this.pages = new Set();
  }

  // What is hidden waits in templates where it would stand: nothing of this is in an applicant's page.
  draw(inside) {
    for (const hidden of inside.querySelectorAll("template[data-part]:not([data-told])")) {
      hidden.dataset.told = "";
      const id = idOf(hidden.dataset.part);
      const row = this.row(id);
      if (row) this.lay(inside, hidden, id, row);
    }
  }

  lay(inside, hidden, id, row) {
    const shown = this.seen.has(id);
    const line = element(
      "div",
      { class: "builder-ghost", "data-builder-ghost": id, "data-builder-line": "" },
      element("span", {}, say(shown ? "shownAnyway" : "hidden", { title: row.title })),
      element("button", { type: "button", "data-builder-see": id }, say(shown ? "hideAgain" : "seeAnyway")),
    );
    hidden.before(inside.adoptNode(line));
    if (!shown) return;
    const part = inside.importNode(hidden.content, true);
    part.firstElementChild?.classList.add("builder-seen");
    // What is hidden with its section alone comes with it.
    for (const inner of part.querySelectorAll("template[data-part]")) if (!this.row(idOf(inner.dataset.part))?.rule) inner.replaceWith(inner.content);
    line.after(part);
    hidden.remove();
    this.draw(inside);
  }

  toggle(id) {
    if (this.seen.has(id)) this.seen.delete(id);
    else this.seen.add(id);
    return this.seen.has(id);
  }

  find(inside, id) {
    return [...inside.querySelectorAll("[data-builder-ghost]")].find((line) => line.dataset.builderGhost === id);
  }
}

function idOf(part) {
  const [kind, id] = part.split(":");
  return id === undefined ? `q/${kind}` : `${kind[0]}/${id}`;
}
