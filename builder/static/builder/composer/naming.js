// The title of a column or a line, written in its own cell: Entrée keeps it, Échap drops it, Tab goes on to the next.

import { element } from "./words.js";

export class Naming {
  constructor(sheet) {
    this.sheet = sheet;
    this.cell = null;
  }

  begin(cell, typed = "") {
    if (!cell?.dataset.name || this.cell) return;
    this.sheet.go(cell);
    this.cell = cell;
    this.input = element("input", { class: "cell__input", "aria-label": cell.getAttribute("aria-label"), maxlength: "500", autocomplete: "off" });
    this.input.value = typed || cell.dataset.name;
    cell.append(this.input);
    this.input.focus();
    if (!typed) this.input.select();
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.end(true));
  }

  key(event) {
    event.stopPropagation();
    if (!["Enter", "Escape", "Tab"].includes(event.key)) return;
    event.preventDefault();
    const { cell, sheet } = this;
    this.end(event.key !== "Escape");
    const next = event.key === "Tab" && sheet.cells.beside(cell, event.shiftKey ? -1 : 1);
    sheet.go(next && next.dataset.name ? next : cell);
  }

  end(keep) {
    if (!this.cell) return;
    const { cell, input } = this;
    const title = input.value.trim();
    this.cell = null;
    input.remove();
    if (keep && title && title !== cell.dataset.name) this.keep(cell, title);
    else this.sheet.catchUp();
  }

  // Drawn at once; taken back where it was refused.
  async keep(cell, title) {
    const link = cell.querySelector("a");
    const before = link.textContent;
    link.textContent = title;
    const answer = await this.sheet.composer.act({ act: "retitle", at: cell.dataset.at, title }, { written: true });
    if (answer && !answer.refused) return;
    link.textContent = before;
    this.sheet.catchUp();
  }
}
