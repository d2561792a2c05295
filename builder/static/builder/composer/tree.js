// The outline: a flat tree of which only the rows in sight are in the page, walked and changed by keyboard or mouse.

import { Dragging } from "./dragging.js";
import { Plan } from "./plan.js";
import { rename } from "./renaming.js";
import { rowElement } from "./row.js";
import { Selection } from "./selection.js";
import { Walking } from "./walking.js";

const HEIGHT = 31;
const SPARE = 22;

export class Tree extends Plan {
  // `handlers`: select(id), act(name, ids, more), add(id), rename(id, title), convert(id), say(text), chosen(text).
  constructor(root, { rows, selected, ...handlers }) {
    super(rows);
    this.root = root;
    this.scroll = root.closest("[data-outline-scroll]");
    this.handlers = handlers;
    this.selected = selected;
    this.active = selected;
    this.selection = new Selection(this);
    this.people = new Map();
    this.root.addEventListener("click", (event) => this.click(event));
    this.root.addEventListener("dblclick", (event) => rename(this, this.rowAt(event)));
    this.root.addEventListener("focusin", (event) => {
      const id = this.rowAt(event);
      if (id && event.target.tagName !== "INPUT") this.active = id;
    });
    this.scroll.addEventListener("scroll", () => this.draw(), { passive: true });
    new ResizeObserver(() => this.draw()).observe(this.scroll);
    new Walking(this);
    new Dragging(this, HEIGHT);
    this.reveal(this.selected);
    this.draw();
  }

  // A row that is being renamed goes on under the identity that it takes meanwhile.
  rename(before, now) {
    const writing = this.root.querySelector(`[data-id="${CSS.escape(before)}"]:has(input)`);
    if (writing) writing.dataset.id = now;
    for (const held of [this.selection.chosen, this.closed]) if (held.delete(before)) held.add(now);
    this.selection.cut = this.selection.cut.map((id) => (id === before ? now : id));
    if (this.active === before) this.active = now;
  }

  update({ rows = [], order }) {
    this.take(rows, order);
    if (!this.rows.has(this.active)) this.active = this.order[0];
    this.selection.keep(this.rows);
    this.draw();
  }

  show(view) {
    this.view = view;
    this.draw();
  }

  // Who else has which row selected: {at: [{name, initials, colour}]}.
  showPeople(people) {
    this.people = people;
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
    const siblings = this.children.get(this.parents.get(id));
    return rowElement(this.rows.get(id), {
      id,
      top: place * HEIGHT,
      place: siblings.indexOf(id) + 1,
      among: siblings.length,
      active: id === this.active,
      selected: id === this.selected,
      chosen: this.selection.has(id),
      cut: this.selection.cut.includes(id),
      expanded: this.children.has(id) ? !this.closed.has(id) : null,
      people: this.people.get(id) ?? [],
    });
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
    if (!this.selection.has(id)) this.selection.clear();
    this.reveal(id);
    this.draw();
    this.bringIn(id);
    this.draw();
  }

  // `extend` is the row that several are chosen from.
  go(id, extend = null) {
    if (!id) return;
    if (extend) this.selection.extend(id, extend);
    else this.selection.clear();
    this.active = id;
    this.bringIn(id);
    this.draw();
    this.focusActive();
    if (!extend) this.handlers.select(id, { focus: false });
  }

  // Those that an act is about: all that are chosen, else the row where the hand is.
  get targets() {
    return this.selection.several ? this.selection.ids : [this.active];
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
      this.choose(() => this.selection.toggle(id, this.selected));
    } else {
      this.go(id, event.shiftKey ? this.selected : null);
    }
  }

  choose(change) {
    change();
    this.draw();
  }

  toggle(id, open = this.closed.has(id)) {
    open ? this.closed.delete(id) : this.closed.add(id);
    this.draw();
    this.focusActive();
  }
}
