// The properties of what is selected: each change leaves by itself, what cannot be kept is said beside its field.

import { element, icon, say } from "./words.js";

const TYPING = 400;

export class Panel {
  constructor(root, handlers) {
    this.root = root;
    this.handlers = handlers;
    this.pending = new Map();
    this.unkept = new Set();
    this.left = new Map();
    this.typings = 0;
    root.addEventListener("input", (event) => this.typed(event));
    root.addEventListener("change", (event) => this.changed(event));
    root.addEventListener("focusout", (event) => this.changed(event));
    root.addEventListener("submit", (event) => this.submit(event));
    root.addEventListener("click", (event) => this.click(event));
    this.catchUp();
  }

  // What was typed before this was listening leaves as well; what a browser puts back of an earlier visit does not.
  catchUp() {
    if (performance.getEntriesByType("navigation")[0]?.type !== "navigate") return;
    for (const control of this.form?.elements ?? []) if (changedByHand(control)) this.typed({ target: control });
  }

  get form() {
    return this.root.querySelector("[data-settings]");
  }

  get at() {
    return this.form?.elements.at.value;
  }

  get ruleLinks() {
    return [...this.root.querySelectorAll("[data-rule-open]")];
  }

  // The name of the question that an input belongs to: those of a group go together.
  question(target) {
    if (!target.name || !target.form?.matches("[data-settings]")) return null;
    return target.closest("[data-question]")?.dataset.question ?? null;
  }

  typed(event) {
    const name = this.question(event.target);
    if (!name) return;
    this.typings += 1;
    this.unkept.add(name);
    this.sendSoon(name);
  }

  sendSoon(name) {
    clearTimeout(this.pending.get(name));
    this.pending.set(name, setTimeout(() => this.send(name), TYPING));
  }

  changed(event) {
    const name = this.question(event.target);
    if (!name || !this.pending.has(name)) return;
    clearTimeout(this.pending.get(name));
    this.send(name);
  }

  flush() {
    for (const [name, waiting] of [...this.pending]) {
      clearTimeout(waiting);
      this.send(name);
    }
  }

  async send(name) {
    this.pending.delete(name);
    const form = this.form;
    if (!form) return;
    const data = new FormData(form);
    data.set("act", "set");
    data.set("shown", name);
    const sent = data.getAll(name);
    const answer = await this.handlers.act(data, { field: name });
    if (!answer || answer.errors || answer.refused) return;
    this.keep(form, name, sent);
    if (answer.others) this.handlers.refresh();
  }

  // What was put over another's value is known here; the rest of the panel is asked for again.
  insisted(name, at) {
    this.left.get(at)?.delete(name);
    if (at !== this.at) return;
    if (!this.pending.has(name)) this.unkept.delete(name);
    this.handlers.refresh();
  }

  // What was kept is what the panel now knows: sent again, it changes nothing.
  keep(form, name, sent) {
    const at = form.elements.at.value;
    this.left.get(at)?.delete(name);
    if (at === this.at) {
      this.show(name, "");
      if (!this.pending.has(name)) this.unkept.delete(name);
    }
    const seen = JSON.parse(form.elements.seen.value || "{}");
    const box = form.querySelector(`[name="${CSS.escape(name)}"][type=checkbox]`);
    const several = box && form.querySelectorAll(`[name="${CSS.escape(name)}"]`).length > 1;
    if (several) seen[name] = sent;
    else if (box) seen[name] = sent.length > 0;
    else seen[name] = sent[0] ?? "";
    form.elements.seen.value = JSON.stringify(seen);
  }

  errors(found) {
    for (const [name, sentence] of Object.entries(found)) this.show(name, sentence);
  }

  // What is shown is another part's until the one that was chosen comes: it is not written in meanwhile.
  wait() {
    this.busy = true;
    this.root.setAttribute("aria-busy", "true");
    for (const child of this.root.children) child.inert = true;
  }

  // Nothing that was typed here waits or was refused.
  get clean() {
    return !this.pending.size && !this.root.querySelector(".field--error");
  }

  show(name, sentence) {
    const place = this.root.querySelector(`#e-${CSS.escape(name)}`);
    if (!place) return;
    place.replaceChildren(...(sentence ? [element("p", { class: "error" }, icon("warning"), sentence)] : []));
    place.closest(".field")?.classList.toggle("field--error", Boolean(sentence));
    this.root.querySelector(`#q-${CSS.escape(name)}`)?.toggleAttribute("aria-invalid", Boolean(sentence));
  }

  submit(event) {
    const form = event.target;
    if (form.matches("[data-acts]")) {
      event.preventDefault();
      const act = event.submitter.value;
      this.handlers.act(act === "up" || act === "down" ? { act: "move", by: act, at: this.at } : { act, at: this.at });
    } else if (form.matches("[data-settings]")) {
      event.preventDefault();
      this.flush();
    }
  }

  click(event) {
    const link = event.target.closest("a, button");
    if (!link) return;
    if (link.matches("[data-convert]")) this.handlers.convert(this.at);
    else if (link.matches("[data-move-to]")) this.handlers.moveTo(this.at);
    else if (link.matches("[data-rule-open]")) this.handlers.openRule(link);
    else if (link.matches("[data-go]")) this.handlers.go(link.dataset.go);
    else return;
    event.preventDefault();
  }

  draw(html) {
    const open = new Map([...this.root.querySelectorAll("[data-group]")].map((group) => [group.dataset.group, group.open]));
    const focused = this.root.contains(document.activeElement) ? document.activeElement : null;
    const [at, gone] = [this.at, this.root.classList.contains("pane--gone")];
    const drawn = new DOMParser().parseFromString(html, "text/html");
    drawn.querySelectorAll("noscript").forEach((each) => each.remove());
    if (drawn.querySelector("[data-settings] [name=at]")?.value !== at) this.flush();
    this.putAside();
    this.root.classList.remove("pane--gone");
    this.stopWaiting();
    this.root.replaceChildren(...[...drawn.body.children].map((child) => document.adoptNode(child)));
    for (const group of this.root.querySelectorAll("[data-group]")) if (open.get(group.dataset.group)) group.open = true;
    this.putBack(this.left.get(this.at) ?? new Map(), gone);
    if (focused) this.refocus(focused, this.at === at);
  }

  putAside() {
    if (this.at) this.left.set(this.at, new Map([...this.unkept].map((name) => [name, this.typing(name)])));
  }

  stopWaiting() {
    this.busy = false;
    this.root.removeAttribute("aria-busy");
  }

  // What was typed in this part and could not be kept is there again; it leaves where the part itself is back.
  putBack(typed, gone) {
    this.left.delete(this.at);
    this.unkept = new Set(typed.keys());
    for (const [name, restore] of typed) {
      restore();
      if (gone) this.sendSoon(name);
    }
  }

  // What was refused of a part that is shown no longer is said there once it is shown again.
  refusedAside(at, found) {
    const typed = this.left.get(at);
    for (const [name, sentence] of Object.entries(found)) {
      const restore = typed?.get(name);
      typed?.set(name, () => {
        restore?.();
        this.show(name, sentence);
      });
    }
  }

  // What was typed and is not kept yet, as an act to put it back in another drawing of the same panel.
  typing(name) {
    const controls = [...this.root.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
    const error = this.root.querySelector(`#e-${CSS.escape(name)}`)?.textContent.trim();
    return () => {
      const fresh = [...this.root.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
      for (const [place, { type, value, checked }] of controls.entries()) {
        const one = type === "checkbox" || type === "radio" ? fresh.find((each) => each.value === value) : fresh[place];
        if (one) Object.assign(one, { value, checked });
      }
      if (error) this.show(name, error);
    };
  }

  // The focus where it was; not in a field of another part than the one that was being written.
  refocus(focused, same) {
    const field = focused.matches("input, textarea, select");
    const again = same || !field ? this.root.querySelector(likeness(focused)) : null;
    (again ?? this.root).focus({ preventScroll: !again });
    if (again && typeof focused.selectionStart === "number") again.setSelectionRange?.(focused.selectionStart, focused.selectionEnd);
  }

  // The part was deleted by somebody: what was there is still read, and may come back.
  gone({ said, restore }, put) {
    if (this.root.querySelector("[data-gone]")) return;
    if (this.busy) {
      this.putAside();
      this.stopWaiting();
      this.root.replaceChildren();
    }
    const bar = element("div", { class: "notice notice--warn", role: "group", "data-gone": "" }, element("p", {}, icon("warning"), ` ${said}`));
    if (restore) {
      const button = element("button", { type: "button", class: "button button-small" }, say("restore"));
      button.addEventListener("click", () => put(restore));
      bar.append(button);
    }
    this.root.classList.add("pane--gone");
    for (const child of this.root.children) child.inert = true;
    this.root.prepend(bar);
  }

  drawHead(html) {
    const head = this.root.querySelector("[data-head]");
    const drawn = new DOMParser().parseFromString(html, "text/html");
    head?.replaceChildren(...[...drawn.body.children].map((child) => document.adoptNode(child)));
  }

  // What is shown took another identity: what leaves from here says so.
  moved(at, before, after) {
    this.root.querySelectorAll("[name=at]").forEach((input) => (input.value = at));
    for (const link of this.root.querySelectorAll("a[href]")) {
      const href = link.getAttribute("href");
      if (href.startsWith(before)) link.setAttribute("href", after + href.slice(before.length));
    }
  }

  focusFirst({ select = false } = {}) {
    const first = this.form?.querySelector("input:not([type=hidden]), textarea, select");
    first?.focus();
    if (select) first?.select?.();
  }
}

// What finds an element again where all was drawn anew.
function likeness(one) {
  if (one.id) return `#${CSS.escape(one.id)}`;
  const mark = ["data-convert", "data-move-to", "data-rule-open"].find((each) => one.hasAttribute(each));
  if (mark) return `[${mark}]`;
  if (one.matches("button[value]")) return `button[value="${CSS.escape(one.value)}"]`;
  const group = one.closest("[data-group]");
  return group ? `[data-group="${CSS.escape(group.dataset.group)}"] > summary` : "[data-nothing]";
}

function changedByHand({ type, checked, defaultChecked, value, defaultValue, options }) {
  if (type === "hidden") return false;
  if (type === "checkbox" || type === "radio") return checked !== defaultChecked;
  if (options) return [...options].some((each) => each.selected !== each.defaultSelected) && [...options].some((each) => each.defaultSelected);
  return defaultValue !== undefined && value !== defaultValue;
}
