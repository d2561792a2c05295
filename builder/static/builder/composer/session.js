// Signed out meanwhile: a dialog over the page leads to sign in again, and what waited then leaves.

import { element, say } from "./words.js";

const EVERY = 3000;

export class Session {
  constructor(composer, root) {
    this.composer = composer;
    this.root = root;
    this.dialog = root.querySelector("[data-session-dialog]");
    this.told = this.dialog.querySelector("[data-session-told]");
    this.dialog.querySelector("[data-session-again]").addEventListener("click", () => this.check());
    addEventListener("focus", () => this.composer.server.paused && this.check());
  }

  // Perhaps only the token is of an earlier session: that is asked before anybody is disturbed.
  async lost(count) {
    if (await this.check()) return;
    this.told.textContent = count ? say("waitingActs", { count }) : "";
    if (!this.dialog.open) this.dialog.showModal();
    this.watch();
  }

  watch() {
    clearTimeout(this.watching);
    this.watching = setTimeout(async () => {
      if (!this.composer.server.paused) return;
      if (document.hidden || !(await this.check())) this.watch();
    }, EVERY);
  }

  // Whether the person is signed in, and the same one.
  async check() {
    const { server } = this.composer;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (!answer.ok || answer.redirected) return false;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const token = page.querySelector("[data-composer] [name=csrfmiddlewaretoken]")?.value;
      if (!token) return false;
      if (page.querySelector("[data-composer]").dataset.person !== this.root.dataset.person) {
        this.told.replaceChildren(element("strong", {}, say("otherPerson")));
        return false;
      }
      if (this.dialog.open) this.dialog.close();
      if (server.paused) server.resume(token);
      return true;
    } catch (error) {
      if (error instanceof TypeError) return false;
      throw error;
    }
  }
}
