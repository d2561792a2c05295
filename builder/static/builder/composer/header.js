// The head of the editor: whether all is saved, what may be undone and done again.

import { announce } from "./speaking.js";

export class Header {
  constructor(root, { carry }) {
    this.root = root;
    root.querySelector("[data-carry]").addEventListener("submit", (event) => {
      event.preventDefault();
      carry(event.submitter.value);
    });
    // What the page before said was read once one goes to work.
    for (const begun of ["pointerdown", "keydown"]) root.addEventListener(begun, () => document.querySelector(".messages")?.replaceChildren(), { once: true });
  }

  // Whether what was done is saved; what waits is also said.
  stand(text, held = false) {
    const saved = this.root.querySelector("[data-saved]");
    if (held && saved.textContent !== text) announce(text);
    saved.textContent = text;
    this.root.querySelector(".composer__saved").classList.toggle("composer__saved--held", held);
  }

  // A move that cannot be is said where the eye is, without taking the hand from its row.
  refuse(text) {
    this.stand(text);
    this.root.querySelector(".composer__saved").classList.add("composer__saved--held");
    announce(text);
  }

  // Whether there is nothing more to undo, or to do again.
  ended(name) {
    return this.root.querySelector(`[data-${name}]`).getAttribute("aria-disabled") === "true";
  }

  drawHistory({ undo, redo }) {
    for (const [name, said] of [["undo", undo], ["redo", redo]]) {
      const button = this.root.querySelector(`[data-${name}]`);
      if (said === undefined) continue;
      button.toggleAttribute("aria-disabled", false);
      if (!said) button.setAttribute("aria-disabled", "true");
      button.querySelector("[data-what]").textContent = said;
    }
  }
}
