// The rule builder in its dialog: the server draws it again after each change, and the focus stays where it was.

import { Completion } from "./completion.js";
import { Conditions } from "./conditions.js";
import { announce } from "./speaking.js";
import { say } from "./words.js";

const PAUSE = 500;

export class RuleDialog {
  constructor(dialog, { server, act, kept }) {
    this.dialog = dialog;
    this.body = dialog.querySelector("[data-rule-body]");
    this.server = server;
    this.act = act;
    this.kept = kept;
    this.changes = 0;
    this.conditions = new Conditions(dialog, { send: (go) => this.send(go) });
    this.completion = new Completion(dialog, { taken: () => this.redrawSoon() });
    dialog.addEventListener("submit", (event) => this.submit(event));
    dialog.addEventListener("change", (event) => this.changed(event));
    dialog.addEventListener("input", (event) => this.typed(event));
    dialog.addEventListener("keydown", (event) => this.key(event));
    dialog.addEventListener("click", (event) => this.click(event));
    dialog.addEventListener("close", () => this.closed());
  }

  // An answer that comes once another rule was asked for, or this one left, is of no use.
  async open(url) {
    if (this.url === url) return;
    this.url = url;
    this.back = document.activeElement;
    const found = await this.ask({});
    if (!found) return;
    if (!found.answer.ok) {
      location.assign(url);
      return;
    }
    this.draw(found.given);
    if (!this.dialog.open) this.dialog.showModal();
    this.dialog.querySelector(".rule__lines select, textarea")?.focus();
  }

  ask(more) {
    this.asking?.abort();
    this.asking = new AbortController();
    return this.server.ask(this.url, { ...more, signal: this.asking.signal });
  }

  closed() {
    this.asking?.abort();
    this.sending = null;
    clearTimeout(this.waiting);
    this.url = null;
    if (this.back?.isConnected) this.back.focus();
  }

  get form() {
    return this.dialog.querySelector("[data-rule-form]");
  }

  draw(html, key = this.hand()) {
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
    if (this.sending) return;
    clearTimeout(this.waiting);
    const data = new FormData(this.form);
    data.set("go", go);
    if (go === "apply" || go === "clear") await this.apply(data);
    else if (go === "draw") await this.redraw(data);
    else await this.press(data);
  }

  // What was typed while the server answered is newer than its answer; it leaves by itself a moment later.
  async redraw(data) {
    const changes = this.changes;
    const found = await this.ask({ method: "POST", body: data });
    if (found && drawable(found) && changes === this.changes) this.draw(found.given);
  }

  // Lines that come, go or change places are not written in until they are there.
  async press(data) {
    const found = await this.still(() => this.ask({ method: "POST", body: data }));
    if (found && drawable(found)) this.draw(found.given, found.key);
  }

  async apply(data) {
    const { url } = this;
    this.asking?.abort();
    const context = { url, rule: true, insisted: (answer) => this.url === url && this.applied(answer) };
    const found = await this.still(async () => ({ answer: await this.act(data, context) }));
    if (this.url !== url) return;
    if (typeof found.answer === "string") this.draw(found.answer, found.key);
    else this.applied(found.answer);
  }

  applied(answer) {
    if (!answer || answer.refused) return;
    this.back = null;
    this.dialog.close();
    this.kept(answer);
  }

  // Nothing is written in the lines while `wait` lasts, nor sent again; the hand then is where it was.
  async still(wait) {
    const written = this.dialog.querySelector(".rule__body");
    const [key, focused] = [this.hand(), document.activeElement];
    const mine = (this.sending = {});
    written.inert = true;
    const found = await wait();
    written.inert = false;
    if (this.sending === mine) this.sending = null;
    if (written.isConnected && document.activeElement === document.body) focused?.focus();
    return found && { ...found, key };
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

// Whether an answer is a form: a refused one is too.
function drawable({ answer }) {
  return answer.ok || answer.status === 422;
}
