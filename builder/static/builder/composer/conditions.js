// The lines of a rule by keyboard and mouse: chosen, grouped, moved, removed, dragged; the server does each thing.

export class Conditions {
  constructor(dialog, { send }) {
    this.dialog = dialog;
    this.send = send;
    dialog.addEventListener("dragstart", (event) => this.start(event));
    dialog.addEventListener("dragover", (event) => this.pass(event));
    dialog.addEventListener("drop", (event) => this.drop(event));
    dialog.addEventListener("dragend", () => this.stop());
  }

  lineOf(target) {
    return target.closest?.("[data-path]");
  }

  get picked() {
    return [...this.dialog.querySelectorAll("[name=pick]:checked")].map((box) => box.value);
  }

  // Those chosen, else the one where the hand is.
  about(line) {
    return this.picked.length ? this.picked : [line.dataset.path];
  }

  key(event) {
    const line = this.lineOf(event.target);
    if (!line) return false;
    const written = event.target.matches("input:not([type=checkbox]), textarea");
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "g") this.send(`gather:${this.about(line).join(",")}`);
    else if (event.altKey && event.key === "ArrowUp") this.send(`up:${line.dataset.path}`);
    else if (event.altKey && event.key === "ArrowDown") this.send(`down:${line.dataset.path}`);
    else if (event.key === "Delete" && !written && line.matches(".condition")) this.send(`remove:${this.about(line).join(",")}`);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  start(event) {
    if (!event.target.matches?.(".condition__handle")) return;
    this.dragged = this.lineOf(event.target);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", this.dragged.getAttribute("aria-label"));
    event.dataTransfer.setDragImage(this.dragged, 0, 0);
  }

  pass(event) {
    const over = this.lineOf(event.target);
    if (!this.dragged || !over || this.dragged.contains(over)) return;
    event.preventDefault();
    this.clear();
    const box = over.getBoundingClientRect();
    this.after = event.clientY > box.top + box.height / 2;
    this.over = over;
    over.classList.add(this.after ? "row--after" : "row--before");
  }

  drop(event) {
    if (!this.dragged) return;
    event.preventDefault();
    if (this.over) this.send(`place:${this.dragged.dataset.path}:${this.over.dataset.path}:${this.after ? "after" : "before"}`);
    this.stop();
  }

  stop() {
    this.clear();
    this.dragged = null;
    this.over = null;
  }

  clear() {
    this.dialog.querySelectorAll(".row--before, .row--after").forEach((line) => line.classList.remove("row--before", "row--after"));
  }
}
