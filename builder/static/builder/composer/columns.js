// Heads pasted from a spreadsheet: what they would add is read before it is added.

const PAUSE = 400;

export class PastedColumns {
  constructor(sheet, dialog) {
    this.sheet = sheet;
    this.dialog = dialog;
    this.form = dialog.querySelector("[data-columns-form]");
    this.area = dialog.querySelector("textarea");
    this.heads = dialog.querySelector("[data-heads]");
    this.area.addEventListener("input", () => this.proposeSoon());
    this.form.addEventListener("submit", (event) => this.add(event));
    dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => this.sheet.focusActive());
  }

  // With a text, « Entrée » adds what it gives: the button has the focus.
  async open(url, text) {
    this.form.action = url;
    this.area.value = text;
    this.heads.replaceChildren();
    if (!this.dialog.open) this.dialog.showModal();
    this.area.focus();
    if (!text) return;
    await this.propose();
    this.form.querySelector("[type=submit]").focus();
  }

  proposeSoon() {
    clearTimeout(this.proposing);
    this.proposing = setTimeout(() => this.propose(), PAUSE);
  }

  async propose() {
    const given = new FormData();
    for (const name of ["csrfmiddlewaretoken", "list"]) given.set(name, this.form.elements[name].value);
    const answer = await fetch(this.form.action, { method: "POST", body: given, headers: { "X-Composer": "1" } });
    if (!answer.ok) return;
    const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
    this.heads.replaceChildren(...[...drawn.body.children].map((child) => document.adoptNode(child)));
  }

  async add(event) {
    event.preventDefault();
    const given = new FormData(this.form);
    given.set("act", "paste_columns");
    given.set("at", this.sheet.root.querySelector("[data-cell-adder] [name=at]").value);
    const answer = await this.sheet.actAndGo(given);
    if (answer && !answer.refused) this.dialog.close();
  }
}
