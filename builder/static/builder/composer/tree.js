// The outline: a flat tree of which only the rows in sight are in the page, walked and changed by keyboard or mouse.

import { element, icon, plain, say } from "./words.js";

const HEIGHT = 31;
const SPARE = 22;
const OPEN_AT_FIRST = 2;
const OPENING = 500;

export class Tree {
  constructor(root, { rows, selected, select, act, add, rename, convert }) {
    this.root = root;
    this.scroll = root.closest("[data-outline-scroll]");
    this.handlers = { select, act, add, rename, convert };
    this.selected = selected;
    this.active = selected;
    this.chosen = new Set();
    this.closed = new Set();
    this.view = "";
    this.typed = "";
    this.take(rows);
    this.closeMost();
    this.root.addEventListener("keydown", (event) => this.key(event));
    this.root.addEventListener("click", (event) => this.click(event));
    this.root.addEventListener("dblclick", (event) => this.edit(this.rowAt(event)));
    this.root.addEventListener("focusin", (event) => {
      const id = this.rowAt(event);
      if (id && event.target.tagName !== "INPUT") this.active = id;
    });
    this.scroll.addEventListener("scroll", () => this.draw(), { passive: true });
    new ResizeObserver(() => this.draw()).observe(this.scroll);
    this.listenToDrags();
    this.reveal(this.selected);
    this.draw();
  }

  take(rows, order) {
    this.rows ??= new Map();
    for (const row of rows) this.rows.set(row.id, row);
    this.order = order ?? (this.order?.length ? this.order : rows.map((row) => row.id));
    for (const id of [...this.rows.keys()]) if (!this.order.includes(id)) this.rows.delete(id);
    this.parents = new Map();
    const path = [];
    for (const id of this.order) {
      const row = this.rows.get(id);
      path.length = row.level - 1;
      this.parents.set(id, path.at(-1) ?? null);
      path[row.level - 1] = id;
    }
    this.children = new Map();
    for (const id of this.order) {
      const parent = this.parents.get(id);
      if (!this.children.has(parent)) this.children.set(parent, []);
      this.children.get(parent).push(id);
    }
    if (!this.rows.has(this.active)) this.active = this.order[0];
  }

  closeMost() {
    const sections = this.order.filter((id) => id.startsWith("s/"));
    if (this.order.length < 45) return;
    for (const id of sections.slice(OPEN_AT_FIRST)) this.closed.add(id);
  }

  reveal(id) {
    for (let parent = this.parents.get(id); parent; parent = this.parents.get(parent)) this.closed.delete(parent);
  }

  visible() {
    if (this.view) {
      const kept = new Set();
      for (const id of this.order) {
        if (!this.rows.get(id)[this.view]) continue;
        for (let each = id; each; each = this.parents.get(each)) kept.add(each);
      }
      return this.order.filter((id) => kept.has(id));
    }
    const hidden = new Set();
    return this.order.filter((id) => {
      const parent = this.parents.get(id);
      if (parent && (hidden.has(parent) || this.closed.has(parent))) hidden.add(id);
      return !hidden.has(id);
    });
  }

  count(view) {
    return this.order.filter((id) => id.startsWith("q/") && (!view || this.rows.get(id)[view])).length;
  }

  show(view) {
    this.view = view;
    this.draw();
  }

  draw() {
    const shown = (this.shown = this.visible());
    if (!shown.includes(this.active)) this.active = shown.includes(this.selected) ? this.selected : shown[0];
    this.root.style.height = `${shown.length * HEIGHT}px`;
    const first = Math.max(0, Math.floor(this.scroll.scrollTop / HEIGHT) - SPARE);
    const last = Math.min(shown.length, Math.ceil((this.scroll.scrollTop + this.scroll.clientHeight) / HEIGHT) + SPARE);
    const wanted = new Set(shown.slice(first, last));
    wanted.add(this.active);
    const hadFocus = this.root.contains(document.activeElement) && document.activeElement !== this.root;
    const drawn = [...wanted].sort((one, other) => shown.indexOf(one) - shown.indexOf(other)).map((id) => this.row(id, shown.indexOf(id)));
    if (this.root.querySelector("input")) return;
    this.root.replaceChildren(...drawn);
    if (hadFocus) this.focusActive();
  }

  row(id, place) {
    const row = this.rows.get(id);
    const siblings = this.children.get(this.parents.get(id));
    const parent = this.children.has(id);
    const made = element(
      "div",
      {
        role: "treeitem",
        class: `row row--${Math.min(row.level, 5)}${id === this.selected ? " row--selected" : ""}${this.chosen.has(id) ? " row--chosen" : ""}`,
        id: `row-${id.replace(/[^\w-]/g, "-")}`,
        "data-id": id,
        "aria-label": `${row.title}, ${row.said}`,
        "aria-level": row.level,
        "aria-posinset": siblings.indexOf(id) + 1,
        "aria-setsize": siblings.length,
        "aria-selected": String(id === this.selected || this.chosen.has(id)),
        "aria-expanded": parent ? String(!this.closed.has(id)) : false,
        tabindex: id === this.active ? "0" : "-1",
        draggable: row.level > 1 ? "true" : false,
      },
      element("span", { class: "row__open", "aria-hidden": "true" }, parent ? icon(this.closed.has(id) ? "arrow-right" : "arrow-down") : ""),
      icon(row.icon),
      element("span", { class: "row__name" }, row.title),
      this.marks(row),
    );
    made.style.transform = `translateY(${place * HEIGHT}px)`;
    if (id.startsWith("q/") || id.startsWith("s/")) {
      const plus = element("span", { class: "row__add", "aria-hidden": "true", "data-plus": "" }, icon("plus"));
      made.append(plus);
    }
    return made;
  }

  marks(row) {
    const marks = element("span", { class: "row__marks", "aria-hidden": "true" });
    if (row.warnings) marks.append(element("span", { class: "badge", "data-count": row.warnings }));
    if (row.rule) marks.append(icon("order"));
    if (row.personal) marks.append(icon("user"));
    if (row.count) marks.append(element("span", { class: "row__count", "data-count": row.count }));
    if (row.required) marks.append(element("span", { class: "row__required" }));
    return marks;
  }

  focusActive() {
    this.root.querySelector(`[data-id="${CSS.escape(this.active)}"]`)?.focus({ preventScroll: true });
  }

  bringIn(id) {
    const place = this.shown.indexOf(id) * HEIGHT;
    const height = this.scroll.clientHeight;
    if (place < this.scroll.scrollTop) this.scroll.scrollTop = place;
    else if (place + HEIGHT > this.scroll.scrollTop + height) this.scroll.scrollTop = place + HEIGHT - height;
  }

  // What is selected elsewhere comes in sight; the focus stays where the hand is.
  mark(id) {
    this.selected = id;
    if (this.rows.has(id)) this.active = id;
    this.reveal(id);
    this.draw();
    this.bringIn(id);
    this.draw();
  }

  go(id, extend = false) {
    if (!id) return;
    if (extend) {
      this.chosen.add(this.active).add(id);
      this.handlers.act("say", { text: say("selected", { count: this.chosen.size }) });
    } else {
      this.chosen.clear();
    }
    this.active = id;
    this.bringIn(id);
    this.draw();
    this.focusActive();
    if (!extend) this.handlers.select(id, { focus: false });
  }

  rowAt(event) {
    return event.target.closest("[data-id]")?.dataset.id;
  }

  click(event) {
    const id = this.rowAt(event);
    if (!id) return;
    if (event.target.closest("[data-plus]")) {
      this.go(id);
      this.handlers.add(id);
    } else if (event.target.closest(".row__open") && this.children.has(id)) {
      this.toggle(id);
    } else if (event.ctrlKey || event.metaKey) {
      this.chosen.has(id) ? this.chosen.delete(id) : this.chosen.add(id);
      this.draw();
    } else {
      this.go(id, event.shiftKey);
    }
  }

  toggle(id, open = this.closed.has(id)) {
    open ? this.closed.delete(id) : this.closed.add(id);
    this.draw();
    this.focusActive();
  }

  key(event) {
    if (event.target.tagName === "INPUT") return;
    const id = this.active;
    const place = this.shown.indexOf(id);
    const command = event.ctrlKey || event.metaKey;
    const keys = {
      ArrowDown: () => (event.altKey ? this.move("down") : this.go(this.shown[place + 1], event.shiftKey)),
      ArrowUp: () => (event.altKey ? this.move("up") : this.go(this.shown[place - 1], event.shiftKey)),
      Home: () => this.go(this.shown[0]),
      End: () => this.go(this.shown.at(-1)),
      ArrowRight: () => this.enter(id, place),
      ArrowLeft: () => this.leave(id),
      Enter: () => (event.altKey ? this.handlers.convert(id) : this.handlers.select(id, { focus: true })),
      F2: () => this.edit(id),
      Delete: () => this.each((each) => this.handlers.act("delete", { at: each })),
      "*": () => this.openAll(id),
    };
    if (command && event.key === "Enter") return;
    if (command && event.key === " ") {
      this.chosen.has(id) ? this.chosen.delete(id) : this.chosen.add(id);
      this.draw();
    } else if (command && event.key.toLowerCase() === "a") {
      this.chosen = new Set(this.children.get(this.parents.get(id)));
      this.handlers.act("say", { text: say("selected", { count: this.chosen.size }) });
      this.draw();
    } else if (command && event.key.toLowerCase() === "x") {
      this.cut = id;
    } else if (keys[event.key] && !(command && event.key.length === 1)) {
      keys[event.key]();
    } else if (event.key.length === 1 && !command && !event.altKey) {
      this.typeAhead(event.key, place);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  each(act) {
    const ids = this.chosen.size ? this.order.filter((id) => this.chosen.has(id)) : [this.active];
    this.chosen.clear();
    for (const id of ids) act(id);
  }

  move(by) {
    this.handlers.act("move", { at: this.active, by });
  }

  enter(id, place) {
    if (!this.children.has(id)) return;
    if (this.closed.has(id)) this.toggle(id, true);
    else this.go(this.shown[place + 1]);
  }

  leave(id) {
    if (this.children.has(id) && !this.closed.has(id)) this.toggle(id, false);
    else this.go(this.parents.get(id));
  }

  openAll(id) {
    for (const each of this.children.get(this.parents.get(id))) this.closed.delete(each);
    this.draw();
    this.focusActive();
  }

  typeAhead(letter, place) {
    clearTimeout(this.forgetting);
    this.forgetting = setTimeout(() => (this.typed = ""), 700);
    this.typed += plain(letter);
    const turned = [...this.shown.slice(place + (this.typed.length > 1 ? 0 : 1)), ...this.shown.slice(0, place)];
    this.go(turned.find((id) => plain(this.rows.get(id).title).startsWith(this.typed)));
  }

  edit(id) {
    const made = id && this.root.querySelector(`[data-id="${CSS.escape(id)}"]`);
    if (!made || id === "d/demarche") return;
    const name = made.querySelector(".row__name");
    const title = this.rows.get(id).title;
    const input = element("input", { class: "row__input", value: title, "aria-label": title, maxlength: 500 });
    let stopped = false;
    const stop = (keep) => {
      if (stopped) return;
      stopped = true;
      const typed = input.value.trim();
      input.replaceWith(name);
      this.focusActive();
      if (keep && typed && typed !== title) this.handlers.rename(id, typed);
    };
    input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter") stop(true);
      if (event.key === "Escape") stop(false);
      if (event.key === "Enter" || event.key === "Escape") event.preventDefault();
    });
    input.addEventListener("blur", () => stop(true));
    name.replaceWith(input);
    input.select();
  }

  listenToDrags() {
    let over = null;
    const clear = () => this.root.querySelectorAll(".row--before, .row--after").forEach((row) => row.classList.remove("row--before", "row--after"));
    this.root.addEventListener("dragstart", (event) => {
      this.dragged = this.rowAt(event);
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", this.rows.get(this.dragged)?.title ?? "");
    });
    this.root.addEventListener("dragover", (event) => {
      const id = this.rowAt(event);
      if (!this.dragged || !id || id === this.dragged) return;
      event.preventDefault();
      clear();
      const row = event.target.closest("[data-id]");
      const before = event.offsetY < HEIGHT / 2 && !this.children.has(id);
      row.classList.add(before ? "row--before" : "row--after");
      if (over?.id !== id && this.closed.has(id)) this.opening = setTimeout(() => this.toggle(id, true), OPENING);
      else if (over?.id !== id) clearTimeout(this.opening);
      over = { id, before };
    });
    this.root.addEventListener("drop", (event) => {
      event.preventDefault();
      clear();
      if (this.dragged && over && over.id !== this.dragged) {
        this.handlers.act("move", { at: this.dragged, to: over.id, place: over.before ? "before" : "after" });
      }
      this.dragged = null;
    });
    this.root.addEventListener("dragend", () => {
      clear();
      this.dragged = null;
    });
  }

  update({ rows = [], order }) {
    this.take(rows, order);
    this.draw();
  }
}
