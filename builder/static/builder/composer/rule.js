// The rule builder in its dialog: the server draws it again after each change, and the focus stays where it was.

import { Completion } from "./completion.js";
import { Conditions } from "./conditions.js";
import { announce } from "./speaking.js";
import { say } from "./words.js";

const PAUSE = 500;

export class RuleDialog {
  constructor(dialog, { server, kept }) {
    this.dialog = dialog;
    this.body = dialog.querySelector("[data-rule-body]");
    this.server = server;
    this.kept = kept;
    this.changes = 0;
    this.conditions = new Conditions(dialog, { send: (go) => this.send(go) });
    this.completion = new Completion(dialog, { taken: () => this.redrawSoon() });
    dialog.addEventListener("submit", (event) => this.submit(event));
    dialog.addEventListener("change", (event) => this.changed(event));
    dialog.addEventListener("input", (event) => this.typed(event));
    dialog.addEventListener("keydown", (event) => this.key(event));
    dialog.addEventListener("click", (event) => this.click(event));
    dialog.addEventListener("close", () => this.back?.isConnected && this.back.focus());
  }

  async open(url) {
    this.url = url;
    this.back = document.activeElement;
    const answer = await fetch(url, { headers: { "X-Composer": "1" } });
    if (!answer.ok) {
      location.assign(url);
      return;
    }
    this.draw(await answer.text());
    if (!this.dialog.open) this.dialog.showModal();
    this.dialog.querySelector(".rule__lines select, textarea")?.focus();
  }

  get form() {
    return this.dialog.querySelector("[data-rule-form]");
  }

  draw(html) {
    const key = this.hand();
    const before = this.phrase;
    const drawn = new DOMParser().parseFromString(html, "text/html");
    drawn.querySelectorAll("noscript").forEach((each) => each.remove());
    this.body.replaceChildren(...[...drawn.body.children].map((child) => document.adoptNode(child)));
    const { focus, done } = this.form.dataset;
    if (focus) this.dialog.querySelector(`[data-path="${focus}"] select`)?.focus();
    else if (key) this.takeBack(key);
    const said = [done, this.phrase === before ? "" : this.phrase].filter(Boolean).join(". ");
    if (said && this.dialog.open) announce(said);
  }

  get phrase() {
    return this.dialog.querySelector("[data-phrase]")?.textContent ?? "";
  }

  // Where the hand is, to put it back there once all is drawn again.
  hand() {
    const focused = document.activeElement;
    return this.body.contains(focused) ? { name: focused.name, id: focused.id, start: focused.selectionStart } : null;
  }

  takeBack(key) {
    const again = (key.id && this.dialog.querySelector(`#${CSS.escape(key.id)}`)) || (key.name && key.name !== "go" && this.form.elements[key.name]);
    const target = again?.focus ? again : this.dialog.querySelector(".rule__lines select, textarea");
    target?.focus();
    if (again?.setSelectionRange && typeof key.start === "number" && again.type !== "checkbox") again.setSelectionRange(key.start, key.start);
  }

  async send(go) {
    clearTimeout(this.waiting);
    const data = new FormData(this.form);
    data.set("go", go);
    const changes = this.changes;
    if (go === "apply" || go === "clear") {
      const answer = await this.server.act(data, { url: this.url, rule: true });
      if (typeof answer === "string") this.drawUnless(changes, answer);
      else if (answer && !answer.refused) {
        this.back = null;
        this.dialog.close();
        this.kept(answer);
      }
      return;
    }
    this.asking?.abort();
    this.asking = new AbortController();
    try {
      const answer = await fetch(this.url, { method: "POST", body: data, headers: { "X-Composer": "1" }, signal: this.asking.signal });
      this.drawUnless(changes, await answer.text());
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  }

  // What was typed while the server answered is newer than its answer; it leaves by itself a moment later.
  drawUnless(changes, html) {
    if (changes === this.changes) this.draw(html);
  }

  submit(event) {
    event.preventDefault();
    this.send(event.submitter?.value ?? "draw");
  }

  changed(event) {
    if (event.target.name === "pick") announce(say("picked", { count: this.conditions.picked.length }));
    else this.redrawSoon(0);
  }

  redrawSoon(pause = PAUSE) {
    this.changes += 1;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.send("draw"), pause);
  }

  typed(event) {
    if (event.target.name === "pick") return;
    if (event.target.matches("[data-formula]")) this.completion.complete(event.target);
    this.redrawSoon();
  }

  key(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      this.send("apply");
    } else if (event.target.matches("[data-formula]")) {
      this.completion.key(event);
    } else {
      this.conditions.key(event);
    }
  }

  click(event) {
    if (event.target.closest("[data-close]")) {
      event.preventDefault();
      this.dialog.close();
    }
    const name = event.target.closest("[data-name]");
    if (name) this.completion.take(this.form.querySelector("[data-formula]"), name);
  }
}
