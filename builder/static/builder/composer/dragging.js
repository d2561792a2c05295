// Rows of the outline moved by the mouse: a line shows where they land, a closed part opens under them.

const OPENING = 500;

export class Dragging {
  constructor(tree, height) {
    this.tree = tree;
    this.height = height;
    this.dragged = [];
    this.over = null;
    const { root } = tree;
    root.addEventListener("dragstart", (event) => this.start(event));
    root.addEventListener("dragover", (event) => this.pass(event));
    root.addEventListener("drop", (event) => this.drop(event));
    root.addEventListener("dragend", () => this.stop());
  }

  start(event) {
    const id = this.tree.rowAt(event);
    this.dragged = this.tree.selection.has(id) ? this.tree.selection.ids : [id];
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", this.dragged.map((each) => this.tree.rows.get(each)?.title ?? "").join("\n"));
  }

  pass(event) {
    const id = this.tree.rowAt(event);
    if (!this.dragged.length || !id || this.dragged.includes(id)) return;
    event.preventDefault();
    this.clear();
    const before = event.offsetY < this.height / 2 && !this.tree.children.has(id);
    event.target.closest("[data-id]").classList.add(before ? "row--before" : "row--after");
    if (this.over?.id !== id) {
      clearTimeout(this.opening);
      if (this.tree.closed.has(id)) this.opening = setTimeout(() => this.tree.toggle(id, true), OPENING);
    }
    this.over = { id, before };
  }

  drop(event) {
    event.preventDefault();
    if (this.dragged.length && this.over && !this.dragged.includes(this.over.id)) {
      this.tree.handlers.act("move", this.dragged, { to: this.over.id, place: this.over.before ? "before" : "after" });
    }
    this.stop();
  }

  stop() {
    this.clear();
    clearTimeout(this.opening);
    this.dragged = [];
    this.over = null;
  }

  clear() {
    this.tree.root.querySelectorAll(".row--before, .row--after").forEach((row) => row.classList.remove("row--before", "row--after"));
  }
}
