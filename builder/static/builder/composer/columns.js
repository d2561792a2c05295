// Heads pasted from a spreadsheet: what they would add is read before it is added.

import { Proposals } from "./proposals.js";

export class PastedColumns {
  constructor(sheet, dialog) {
    this.sheet = sheet;
    this.dialog = dialog;
    this.form = dialog.querySelector("[data-columns-form]");
    this.area = dialog.querySelector("textarea");
    this.proposals = new Proposals(this.form, dialog.querySelector("[data-heads]"), sheet.composer.server);
    this.form.addEventListener("submit", (event) => this.add(event));
    dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => this.sheet.focusActive());
  }

  // With a text, « Entrée » adds what it gives: the button has the focus.
  async open(url, text) {
    this.form.action = url;
    this.area.value = text;
    this.proposals.clear();
    if (!this.dialog.open) this.dialog.showModal();
    this.area.focus();
    if (!text) return;
    await this.proposals.ask();
    if (document.activeElement === this.area && this.area.value === text) this.form.querySelector("[type=submit]").focus();
  }

  async add(event) {
    event.preventDefault();
    const given = new FormData(this.form);
    given.set("act", "paste_columns");
    given.set("at", this.sheet.root.querySelector("[data-cell-adder] [name=at]").value);
    const answer = await this.proposals.send(() => this.sheet.actAndGo(given));
    if (answer && !answer.refused) this.dialog.close();
  }
}
