// The page is left once what was typed in it has left: by a link, by a form of its own, by a command.

import { once } from "../once.js";

export class Leaving {
  constructor(composer) {
    this.composer = composer;
    document.addEventListener("click", (event) => this.click(event));
    document.addEventListener("submit", (event) => this.submit(event));
    once(document);
    addEventListener("beforeunload", (event) => this.unload(event));
  }

  get waits() {
    const { panel, server } = this.composer;
    return panel.pending.size > 0 || server.waiting.length > 0;
  }

  click(event) {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (!this.waits || this.composer.server.stopped || (link.target && link.target !== "_self") || !link.href.startsWith(`${location.origin}/`)) return;
    event.preventDefault();
    this.to(link.href);
  }

  submit(event) {
    const { target: form, submitter } = event;
    if (event.defaultPrevented || form.method === "dialog" || !this.waits || this.composer.server.stopped) return;
    event.preventDefault();
    this.after(() => form.requestSubmit(submitter));
  }

  to(address) {
    this.after(() => location.assign(address));
  }

  // What could not be kept holds the page: it is said there.
  async after(leave) {
    const { panel, server } = this.composer;
    if (!this.waits) {
      leave();
      return;
    }
    this.last = leave;
    panel.flush();
    await server.idle();
    if (this.last === leave && panel.clean && !document.querySelector("dialog[open]")) leave();
  }

  unload(event) {
    if (!this.waits) return;
    this.composer.panel.flush();
    event.preventDefault();
  }
}
