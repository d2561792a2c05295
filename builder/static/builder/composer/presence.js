// Who else is in the editor: asked now and then while the page is seen, and after each act and choice.

import { announce } from "./speaking.js";
import { element, say } from "./words.js";

const EVERY = 15000;
const SOON = 900;

export class Presence {
  constructor(composer, root) {
    this.composer = composer;
    this.url = root.dataset.presence;
    this.faces = root.querySelector("[data-faces]");
    this.people = [];
    document.addEventListener("visibilitychange", () => !document.hidden && this.soon());
    this.soon();
  }

  soon(pause = SOON) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.ask(), pause);
  }

  async ask() {
    const { server } = this.composer;
    this.soon(EVERY);
    if (document.hidden) return;
    if (server.busy || server.waiting.length) {
      this.soon();
      return;
    }
    const [known, at] = [server.revision, this.composer.selected];
    const answer = await server.tell(this.url, { at, revision: known });
    // An act that left meanwhile brings what this one would.
    if (!answer || server.busy || server.waiting.length || server.revision !== known) return;
    this.draw(answer.people);
    this.meet(answer, at);
  }

  draw(people) {
    this.people = people;
    this.faces.hidden = !people.length;
    this.faces.replaceChildren(...people.map((person) => this.face(person)));
    const beside = new Map();
    for (const person of people) beside.set(person.at, [...(beside.get(person.at) ?? []), person]);
    this.composer.tree?.showPeople(beside);
    this.composer.preview?.showPeople(people);
  }

  face(person) {
    const title = this.composer.tree?.rows.get(person.at)?.title;
    const said = title ? say("onPart", { name: person.name, title }) : person.name;
    return element("li", {}, element("span", { class: `face face--${person.colour}`, "data-initials": person.initials, title: said, "aria-hidden": "true" }), element("span", { class: "w-sr-only" }, said));
  }

  // What the others did since this page last knew.
  meet(answer, at) {
    const { composer } = this;
    if (answer.reload) composer.leaving.after(() => location.reload());
    if (!answer.revision || answer.revision <= composer.server.revision) return;
    composer.server.revision = answer.revision;
    composer.tree?.update(answer);
    if (answer.became) composer.follow(at, answer.became);
    composer.notices.update(answer.notices);
    composer.header.drawHistory(answer);
    composer.server.stand(answer.saved);
    composer.count();
    if (answer.said) announce(answer.said);
    if (answer.gone && at === composer.selected) this.gone(answer.gone);
    else if (answer.touched.includes(composer.selected) || answer.touched.includes("d/demarche")) this.refresh();
    if (composer.preview && document.activeElement !== composer.preview.frame) composer.preview.open(composer.preview.page);
    if (!composer.tree && !composer.panel.unkept.size) composer.redrawScreen();
  }

  // The panel again as the draft now is, unless somebody types in it: what they send then says what it knew.
  refresh() {
    const { composer } = this;
    const shown = composer.tree || composer.selected !== "d/demarche";
    if (shown && !composer.panel.unkept.size) composer.load(composer.selected);
  }

  gone(told) {
    const { composer } = this;
    announce(told.said);
    composer.panel.gone(told, (number) => composer.act({ act: "restore", number, at: composer.selected }, { focusTree: true }));
  }
}
