// The one dialog that asks or tells something over the editor; the focus goes back where it was.

export class Asking {
  constructor(dialog, { alert }) {
    this.dialog = dialog;
    this.said = alert;
    dialog.querySelector("[data-no]").addEventListener("click", () => dialog.close("no"));
    dialog.querySelector("[data-yes]").addEventListener("click", () => dialog.close("yes"));
  }

  // What was chosen: "yes", "no", or "" where it was left by Escape. One question waits for the one before it.
  ask(question) {
    this.before = (this.before ?? Promise.resolve()).then(() => this.put(question));
    return this.before;
  }

  put({ title, body = [], yes = "", no = "", urgent = false }) {
    const { dialog } = this;
    dialog.querySelector("[data-ask-title]").textContent = title;
    dialog.querySelector("[data-ask-body]").replaceChildren(...body);
    dialog.querySelector("[data-yes]").textContent = yes;
    dialog.querySelector("[data-yes]").hidden = !yes;
    dialog.querySelector("[data-no]").textContent = no;
    dialog.querySelector("[data-no]").hidden = !no;
    dialog.returnValue = "";
    if (urgent) this.said.textContent = title;
    const back = document.activeElement;
    if (!dialog.open) dialog.showModal();
    return new Promise((done) => {
      dialog.addEventListener(
        "close",
        () => {
          back?.focus?.();
          done(dialog.returnValue);
        },
        { once: true },
      );
    });
  }
}
