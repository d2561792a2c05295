// A pasted list of questions: what it would add is read before it is added.

const PAUSE = 400;

export class Pasting {
  constructor(composer, root) {
    this.composer = composer;
    this.dialog = root.querySelector("[data-paste-dialog]");
    this.form = this.dialog.querySelector("[data-paste-form]");
    this.area = this.dialog.querySelector("textarea");
    this.proposed = this.dialog.querySelector("[data-proposed]");
    root.querySelector("[data-paste]").addEventListener("click", () => this.open(""));
    root.querySelector("[data-tree]").addEventListener("paste", (event) => this.pasted(event));
    this.area.addEventListener("input", () => this.proposeSoon());
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
    this.proposed.replaceChildren();
    if (!this.dialog.open) this.dialog.showModal();
    this.area.focus();
    if (text) this.propose();
  }

  proposeSoon() {
    clearTimeout(this.proposing);
    this.proposing = setTimeout(() => this.propose(), PAUSE);
  }

  async propose() {
    const answer = await fetch(this.form.action, { method: "POST", body: new FormData(this.form), headers: { "X-Composer": "1" } });
    if (!answer.ok) return;
    const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
    this.proposed.replaceChildren(...[...drawn.body.children].map((child) => document.adoptNode(child)));
  }

  async add(event) {
    event.preventDefault();
    const given = new FormData(event.target);
    given.set("act", "paste");
    given.set("at", this.composer.selected);
    const answer = await this.composer.act(given);
    if (answer && !answer.refused) {
      this.dialog.close();
      this.composer.tree.focusActive();
    }
  }
}
