// What to look at in the draft: its list in the header, one after the other by F8, mended where that is sure.

import { addressOf } from "./addresses.js";
import { element, say } from "./words.js";

export class Notices {
  constructor(composer, box, found) {
    this.composer = composer;
    this.box = box;
    this.found = found;
    this.place = -1;
    box.querySelector("[data-notice-list]").addEventListener("click", (event) => this.click(event));
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
      .replaceChildren(...found.map((notice) => element("li", {}, element("a", { href: addressOf(notice.target), "data-go": notice.target }, notice.title), ` ${notice.message}`)));
  }

  next(step) {
    if (!this.count) {
      this.composer.announce(say("noWarning"));
      return;
    }
    this.place = this.place < 0 ? (step > 0 ? 0 : this.count - 1) : (this.place + step + this.count) % this.count;
    const found = this.found[this.place];
    this.composer.select(found.target);
    this.composer.tree?.focusActive();
    this.composer.announce(say("notice", { place: this.place + 1, count: this.count, title: found.title, message: found.message }));
  }
}
