// What to look at in the draft: its list in the header, one after the other by F8, mended where that is sure.

import { addressOf } from "./addresses.js";
import { announce } from "./speaking.js";
import { element, say } from "./words.js";

export class Notices {
  constructor(composer, box, found) {
    this.composer = composer;
    this.box = box;
    this.found = found;
    this.place = -1;
    box.querySelector("[data-notice-list]").addEventListener("click", (event) => this.click(event));
    box.querySelector("[data-notice-list]").addEventListener("submit", (event) => this.submit(event));
    this.update(found);
  }

  get count() {
    return this.found.length;
  }

  click(event) {
    const link = event.target.closest("[data-go]");
    if (!link || !this.composer.tree) return;
    event.preventDefault();
    this.composer.select(link.dataset.go, { focus: true });
  }

  update(found) {
    this.found = found;
    this.place = Math.min(this.place, found.length - 1);
    this.box.hidden = !found.length;
    this.box.querySelector("[data-notice-count]").textContent = found.length === 1 ? say("warning") : say("warnings", { count: found.length });
    this.box
      .querySelector("[data-notice-list]")
      .replaceChildren(...found.map((notice, place) => this.line(notice, place)));
  }

  line(notice, place) {
    const line = element("li", {}, element("a", { href: addressOf(notice.target), "data-go": notice.target }, notice.title), ` ${notice.message}`);
    if (notice.mend) line.append(element("form", {}, element("button", { class: "panel__act", type: "submit", value: place, "aria-keyshortcuts": "Control+." }, say("mend", { mend: notice.mend }))));
    return line;
  }

  submit(event) {
    event.preventDefault();
    this.mend(this.found[Number(event.submitter.value)]);
  }

  // The one that F8 has come to, else the first about what is selected, else the first that can be.
  mend(notice = this.found[this.place]?.mend ? this.found[this.place] : null) {
    const able = this.found.filter((each) => each.mend);
    const wanted = notice ?? able.find((each) => each.target === this.composer.selected) ?? able[0];
    if (!wanted) {
      announce(say("noMend"));
      return;
    }
    this.send(wanted.act);
  }

  // One mend at a time: what it mends is known once it is answered.
  async send(act) {
    if (this.mending) return;
    this.mending = true;
    await this.composer.act(act, { focusTree: true });
    this.mending = false;
  }

  next(step) {
    if (!this.count) {
      announce(say("noWarning"));
      return;
    }
    this.place = this.place < 0 ? (step > 0 ? 0 : this.count - 1) : (this.place + step + this.count) % this.count;
    const found = this.found[this.place];
    this.composer.select(found.target);
    this.composer.tree?.focusActive();
    announce(say("notice", { place: this.place + 1, count: this.count, title: found.title, message: found.message }) + (found.mend ? ` ${say("mendKey", { mend: found.mend })}` : ""));
  }
}
