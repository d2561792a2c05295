// The outline by keyboard: walked, searched by its first letters, chosen, moved, renamed.

import { rename } from "./renaming.js";
import { plain } from "./words.js";

const FORGET = 700;

export class Walking {
  constructor(tree) {
    this.tree = tree;
    this.typed = "";
    tree.root.addEventListener("keydown", (event) => this.key(event));
  }

  key(event) {
    if (event.target.tagName === "INPUT") return;
    const command = event.ctrlKey || event.metaKey;
    const done = command ? this.commands(event)[event.key.toLowerCase()] : this.keys(event)[event.key];
    if (done) done();
    else if (event.key.length === 1 && !command && !event.altKey) this.typeAhead(event.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  commands() {
    return {
      " ": () => this.tree.choose(() => this.tree.selection.toggle(this.tree.active, this.tree.active)),
      a: () => this.tree.choose(() => this.tree.selection.siblings(this.tree.active)),
      x: () => this.tree.choose(() => this.tree.selection.take(this.tree.targets)),
    };
  }

  keys(event) {
    const id = this.tree.active;
    const place = this.tree.shown.indexOf(id);
    const some = this.tree.selection.several || this.tree.selection.cut.length;
    return {
      ArrowDown: () => (event.altKey ? this.tree.handlers.act("move", this.tree.targets, { by: "down" }) : this.tree.go(this.tree.shown[place + 1], event.shiftKey ? id : null)),
      ArrowUp: () => (event.altKey ? this.tree.handlers.act("move", this.tree.targets, { by: "up" }) : this.tree.go(this.tree.shown[place - 1], event.shiftKey ? id : null)),
      Home: () => this.tree.go(this.tree.shown[0]),
      End: () => this.tree.go(this.tree.shown.at(-1)),
      ArrowRight: () => this.enter(id, place),
      ArrowLeft: () => this.leave(id),
      Enter: event.altKey ? () => this.tree.handlers.convert(id) : () => this.tree.handlers.select(id, { focus: true }),
      F2: () => rename(this.tree, id),
      // A key that is held down deletes one part, not all that follow.
      Delete: event.repeat ? () => {} : () => this.tree.handlers.act("delete", this.tree.targets),
      "*": () => this.openAll(id),
      Escape: some ? () => this.tree.choose(() => this.drop()) : null,
    };
  }

  drop() {
    if (this.tree.selection.cut.length) this.tree.selection.take([]);
    this.tree.selection.clear();
  }

  enter(id, place) {
    if (!this.tree.children.has(id)) return;
    if (this.tree.closed.has(id)) this.tree.toggle(id, true);
    else this.tree.go(this.tree.shown[place + 1]);
  }

  leave(id) {
    if (this.tree.children.has(id) && !this.tree.closed.has(id)) this.tree.toggle(id, false);
    else this.tree.go(this.tree.parents.get(id));
  }

  openAll(id) {
    for (const each of this.tree.children.get(this.tree.parents.get(id))) this.tree.closed.delete(each);
    this.tree.draw();
    this.tree.focusActive();
  }

  typeAhead(letter) {
    clearTimeout(this.forgetting);
    this.forgetting = setTimeout(() => (this.typed = ""), FORGET);
    this.typed += plain(letter);
    const place = this.tree.shown.indexOf(this.tree.active);
    const turned = [...this.tree.shown.slice(place + (this.typed.length > 1 ? 0 : 1)), ...this.tree.shown.slice(0, place)];
    this.tree.go(turned.find((id) => plain(this.tree.rows.get(id).title).startsWith(this.typed)));
  }
}
