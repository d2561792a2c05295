// What a pasted text would add, asked for as it is typed and read before it is added, once.

const PAUSE = 400;

export class Proposals {
  constructor(form, place, server) {
    this.form = form;
    this.place = place;
    this.server = server;
    this.changes = 0;
    this.chosen = new Set();
    form.addEventListener("input", (event) => this.changed(event));
  }

  // A type that was chosen among what is proposed stays; those that were guessed are guessed again.
  changed({ target }) {
    if (target.name !== "list") this.chosen.add(target.name);
    this.changes += 1;
    clearTimeout(this.waiting);
    if (target.name === "list" || this.asking) this.waiting = setTimeout(() => this.ask(), PAUSE);
  }

  get given() {
    const given = new FormData(this.form);
    for (const name of [...given.keys()]) if (name !== "list" && !this.chosen.has(name)) given.delete(name);
    return given;
  }

  clear() {
    clearTimeout(this.waiting);
    this.asking?.abort();
    this.asking = null;
    this.chosen.clear();
    this.place.replaceChildren();
  }

  // Drawn unless something was typed or chosen since.
  async ask() {
    this.asking?.abort();
    const mine = (this.asking = new AbortController());
    const changes = this.changes;
    const found = await this.server.ask(this.form.action, { method: "POST", body: this.given, signal: mine.signal });
    if (this.asking === mine) this.asking = null;
    if (!found?.answer.ok || changes !== this.changes) return;
    const drawn = new DOMParser().parseFromString(found.given, "text/html");
    this.place.replaceChildren(...[...drawn.body.children].map((child) => document.adoptNode(child)));
  }

  // What is being added is not added again; null where it is.
  async send(act) {
    if (this.sending) return null;
    clearTimeout(this.waiting);
    this.sending = true;
    const answer = await act();
    this.sending = false;
    return answer;
  }
}
