// What is chosen in the outline besides the part that is selected, and what waits to be moved elsewhere.

import { say } from "./words.js";

export class Selection {
  constructor(tree) {
    this.tree = tree;
    this.chosen = new Set();
    this.cut = [];
    this.anchor = null;
  }

  has(id) {
    return this.chosen.has(id);
  }

  get several() {
    return this.chosen.size > 1;
  }

  // In the order of the form.
  get ids() {
    return this.tree.order.filter((id) => this.chosen.has(id));
  }

  clear() {
    const had = this.several;
    this.chosen.clear();
    this.anchor = null;
    if (had) this.tell({ quiet: true });
  }

  // Those that left the outline are chosen no longer.
  keep(rows) {
    for (const id of [...this.chosen]) if (!rows.has(id)) this.chosen.delete(id);
    this.cut = this.cut.filter((id) => rows.has(id));
    this.tell({ quiet: true });
  }

  begin(from) {
    this.anchor ??= from;
    if (!this.chosen.size && this.choosable(from)) this.chosen.add(from);
  }

  choosable(id) {
    return Boolean(id) && this.tree.rows.get(id).level > 1;
  }

  // From where the hand is by keyboard, from what is selected by mouse: a press has already moved the focus.
  toggle(id, from) {
    this.begin(from);
    if (!this.choosable(id)) return;
    if (this.chosen.has(id) && this.chosen.size > 1) this.chosen.delete(id);
    else this.chosen.add(id);
    this.anchor = id;
    this.tell();
  }

  // All that is of the anchor's kind and block between it and a row.
  extend(id, from) {
    this.begin(from);
    const { shown } = this.tree;
    const [first, last] = [shown.indexOf(this.anchor), shown.indexOf(id)].sort((one, other) => one - other);
    const like = alike(this.anchor);
    this.chosen = new Set(shown.slice(first, last + 1).filter((each) => this.choosable(each) && alike(each) === like));
    this.tell();
  }

  // The whole section, or what stands beside a section or a page.
  siblings(id) {
    this.chosen = new Set(this.tree.children.get(this.tree.parents.get(id)).filter((each) => this.choosable(each)));
    this.anchor = id;
    this.tell();
  }

  take(ids) {
    this.cut = ids;
    this.tree.handlers.say(ids.length ? say("cut", { what: this.counted(ids) }) : say("uncut"));
  }

  // « 4 questions », or the title of the only one.
  counted(ids) {
    if (ids.length === 1) return `« ${this.tree.rows.get(ids[0]).title} »`;
    return say(`count${kindOf(ids)}`, { count: ids.length });
  }

  get said() {
    const ids = this.ids;
    return say(kindOf(ids) === "Any" ? "chosenAny" : "chosen", { what: this.counted(ids) });
  }

  tell({ quiet = false } = {}) {
    this.tree.handlers.chosen(this.several ? this.said : "");
    if (!quiet) this.tree.handlers.say(this.several ? this.said : say("chosenOne", { title: this.tree.rows.get(this.ids[0])?.title ?? "" }));
  }
}

function kindOf(ids) {
  const kinds = new Set(ids.map((id) => id[0]));
  return (kinds.size === 1 && { q: "Q", s: "S", p: "P" }[ids[0][0]]) || "Any";
}

// The kind of a row, with the block it belongs to where it is a question of its rows.
function alike(id) {
  return `${id[0]}/${id.includes(".") ? id.slice(0, id.lastIndexOf(".")) : ""}`;
}
