// A pasted list of questions: what it would add is read before it is added.

import { Proposals } from "./proposals.js";

export class Pasting {
  constructor(composer, root) {
    this.composer = composer;
    this.dialog = root.querySelector("[data-paste-dialog]");
    this.form = this.dialog.querySelector("[data-paste-form]");
    this.area = this.dialog.querySelector("textarea");
    this.proposals = new Proposals(this.form, this.dialog.querySelector("[data-proposed]"), composer.server);
    root.querySelector("[data-paste]").addEventListener("click", () => this.open(""));
    root.querySelector("[data-tree]").addEventListener("paste", (event) => this.pasted(event));
    this.form.addEventListener("submit", (event) => this.add(event));
    this.dialog.querySelector("[data-close]").addEventListener("click", () => this.dialog.close());
  }

  pasted(event) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!text.trim() || this.composer.tree.selection.cut.length) return;
    event.preventDefault();
    this.open(text);
  }

  open(text) {
    this.composer.picker.back = null;
    this.composer.picker.dialog.close();
    this.area.value = text;
    this.proposals.clear();
    if (!this.dialog.open) this.dialog.showModal();
    this.area.focus();
    if (text) this.proposals.ask();
  }

  async add(event) {
    event.preventDefault();
    const given = new FormData(event.target);
    given.set("act", "paste");
    given.set("at", this.composer.selected);
    const answer = await this.proposals.send(() => this.composer.act(given));
    if (answer && !answer.refused && this.dialog.open) {
      this.dialog.close();
      this.composer.tree.focusActive();
    }
  }
}
