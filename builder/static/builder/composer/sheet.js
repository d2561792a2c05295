// A sheet of a workbook as a spreadsheet: one tab stop, arrows, titles written in place, columns added and moved.

import { addressOf } from "./addresses.js";
import { Cells } from "./cells.js";
import { PastedColumns } from "./columns.js";
import { Naming } from "./naming.js";
import { written } from "./written.js";

const OURS = /^([bfcl]\/|k\/[^/]*\.)/;
const CELLS = /^[cl]\//;
const PAUSE = 150;
const MOVES = { ArrowLeft: ["c", "up"], ArrowRight: ["c", "down"], ArrowUp: ["l", "up"], ArrowDown: ["l", "down"] };

export class Sheet {
  constructor(composer, root) {
    this.composer = composer;
    this.root = root;
    this.naming = new Naming(this);
    this.columns = new PastedColumns(this, document.querySelector("[data-columns-dialog]"));
    this.draw(composer.selected, location.hash.slice(1));
    root.addEventListener("keydown", (event) => this.key(event));
    root.addEventListener("click", (event) => this.click(event));
    root.addEventListener("dblclick", (event) => event.target.closest("[data-name]") && this.naming.begin(this.cells.active));
    root.addEventListener("focusin", (event) => this.focused(event));
    root.addEventListener("submit", (event) => this.submit(event));
    root.addEventListener("paste", (event) => this.pasted(event));
  }

  get table() {
    return this.root.querySelector("[data-cells]");
  }

  // Finds its cells again once the page was drawn again; the same cell stays the active one where it can.
  draw(id, ref = "") {
    this.cells = null;
    if (!this.table) return;
    this.table.setAttribute("role", "grid");
    this.table.querySelectorAll("a").forEach((link) => (link.tabIndex = -1));
    this.root.querySelector("[data-cell-acts]").hidden = false;
    this.root.querySelector("[data-fx]").hidden = false;
    this.cells = new Cells(this.table);
    this.cells.activate(this.cells.best(id, ref));
    this.cells.reveal();
    this.mark();
  }

  // What is selected, drawn on its whole column; the active cell, in the line above the grid.
  mark() {
    const id = this.composer.selected;
    const cell = this.cells.active;
    this.table.querySelectorAll("[data-at], [data-letter]").forEach((each) => {
      const chosen = CELLS.test(id) && (each.dataset.at ?? each.dataset.letter) === id;
      each.classList.toggle("cells__current", chosen);
    });
    const { cell: ref, formula = "", excel = "" } = cell.dataset;
    this.root.querySelector("[data-fx-ref]").textContent = ref;
    this.root.querySelector("[data-fx-text]").textContent = formula || cell.getAttribute("aria-label").replace(`${ref}, `, "");
    this.root.querySelector("[data-fx-excel]").textContent = excel;
    this.root.querySelector("[data-fx-value]").textContent = excel ? cell.textContent.trim() : "";
    const movable = CELLS.test(cell.dataset.at);
    this.root.querySelectorAll("[data-cell-act]").forEach((button) => (button.disabled = !movable));
    // What is added comes after the active cell, or is told there.
    for (const act of ["add_column", "add_row_check"]) {
      const form = this.root.querySelector(`button[value=${act}]`)?.form;
      if (form) form.elements.at.value = movable ? cell.dataset.at : this.sheetOf(cell.dataset.at);
    }
  }

  sheetOf(id) {
    return `f/${id.split("/")[1].split(".").slice(0, 2).join(".")}`;
  }

  go(cell, { focus = true, push = true } = {}) {
    if (!cell) return;
    this.cells.activate(cell);
    if (focus) cell.focus();
    const address = `${cell.dataset.address}#${cell.dataset.cell}`;
    if (cell.dataset.at === this.composer.selected) history.replaceState(null, "", address);
    else this.show(cell.dataset.at, address, push);
    this.mark();
  }

  // The properties of a part, beside the grid; the focus stays where it is.
  show(id, address, push = true) {
    this.composer.panel.flush();
    this.composer.panel.wait();
    this.composer.choices += 1;
    this.composer.selected = id;
    this.chosen = { id, address };
    if (push) history.pushState(null, "", address);
    this.composer.stopLoading();
    this.composer.loading = setTimeout(() => this.composer.load(id), PAUSE);
  }

  // Whether a part that is asked for from elsewhere is on this sheet: it is then selected.
  select(id, { push = true } = {}) {
    const cell = this.cells?.of(id, location.hash.slice(1));
    if (cell) this.go(cell, { focus: false, push });
    return Boolean(cell);
  }

  key(event) {
    const cell = event.target.closest("[data-cell]");
    if (event.target.closest("[data-cell-adder]")) this.keyInAdder(event);
    if (event.key === "Escape" && event.target.closest("[data-panel]")) this.focusActive();
    if (!cell || event.target !== cell || this.naming.cell) return;
    const done = event.altKey ? this.keyToMove(event, cell) : event.ctrlKey || event.metaKey ? this.command(event, cell) : this.plainKey(event, cell);
    if (!done) return;
    event.preventDefault();
    event.stopPropagation();
  }

  keyToMove(event, cell) {
    const [kind, by] = MOVES[event.key] ?? [];
    if (!cell.dataset.at.startsWith(`${kind}/`)) return kind !== undefined;
    this.act({ act: "move", by });
    return true;
  }

  command(event, cell) {
    if (["+", "="].includes(event.key)) this.add(cell);
    else if (event.key === "-") event.repeat || this.act({ act: "delete" });
    else if (event.key === "Home") this.go(this.cells.corner(false));
    else if (event.key === "End") this.go(this.cells.corner(true));
    else return false;
    return true;
  }

  plainKey(event, cell) {
    const next = this.cells.reached(event.key);
    if (next) this.go(next);
    else if (event.key === "Enter") this.composer.goToPanel();
    else if (event.key === "F2" && !cell.dataset.name && cell.dataset.formula) this.composer.openRule({ href: `${cell.dataset.address}calcul/` });
    else if (event.key === "F2") this.naming.begin(cell);
    else if (event.key.length === 1 && event.key !== " " && cell.dataset.name) this.naming.begin(cell, event.key);
    else return false;
    return true;
  }

  keyInAdder(event) {
    if (event.key === "Escape") this.focusActive();
    else if (event.key === "Enter" && event.target.matches("input")) {
      event.preventDefault();
      const line = event.target.form.elements.at.value.startsWith("l/");
      event.target.form.requestSubmit(event.target.form.querySelector(`[value=${line ? "add_line" : "add_column"}]`));
    }
  }

  click(event) {
    const button = event.target.closest("[data-cell-act]");
    const cell = event.target.closest("[data-cell]");
    const letter = event.target.closest("[data-letter]");
    const check = event.target.closest(".cards [data-go]");
    if (button) this.press(button.dataset.cellAct);
    else if (event.target.closest("[data-paste-columns]")) this.columns.open(event.target.closest("[data-paste-columns]").href, "");
    else if (check) this.show(check.dataset.go, check.href);
    else if (letter) this.go(this.cells.of(letter.dataset.letter));
    else if (!cell || this.naming.cell === cell) return;
    else this.go(cell);
    event.preventDefault();
  }

  press(name) {
    if (name === "rename") this.naming.begin(this.cells.of(this.cells.active.dataset.at));
    else this.act(name === "delete" ? { act: name } : { act: "move", by: name });
  }

  focused(event) {
    const cell = event.target.closest("[data-cell]");
    if (cell && event.target !== cell && !this.naming.cell) this.focusActive();
  }

  focusActive() {
    this.cells?.active.focus();
  }

  // An act on the column or the line of the active cell.
  act(given) {
    const { at } = this.cells.active.dataset;
    if (CELLS.test(at)) this.composer.act({ ...given, at });
  }

  add(cell) {
    const input = this.root.querySelector("#cellule");
    if (!CELLS.test(cell.dataset.at)) this.mark();
    input.focus();
    input.scrollIntoView({ block: "nearest" });
  }

  async submit(event) {
    const form = event.target.closest("[data-cell-adder]");
    if (!form) return;
    event.preventDefault();
    const given = new FormData(form);
    given.set("act", event.submitter.value);
    // Sent once, and free for the next title; what is refused comes back where none was written since.
    form.reset();
    const answer = await this.actAndGo(given);
    const { title, kind } = this.root.querySelector("[data-cell-adder]").elements;
    if ((answer && !answer.refused) || title.value) return;
    title.value = given.get("title");
    kind.value = given.get("kind");
  }

  // What was answered while a title was being written is drawn once it is.
  catchUp() {
    if (this.stale) this.redraw(this.stale);
  }

  // The focus goes to what an act adds, unless the hand is elsewhere since.
  async actAndGo(given) {
    this.wanted = this.composer.hand();
    const answer = await this.composer.act(given);
    if (!answer || answer.refused) this.wanted = null;
    return answer;
  }

  pasted(event) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!event.target.closest?.("[data-cell]") || this.naming.cell || !text.trim()) return;
    event.preventDefault();
    this.columns.open(this.root.querySelector("[data-paste-columns]").href, text);
  }

  // Who went on meanwhile to another part stays there.
  answered(answer, context, left) {
    if (left) answer = { select: this.composer.selected, address: addressOf(this.composer.selected) };
    else this.chosen = null;
    if (!OURS.test(answer.select ?? "")) this.composer.leaving.to(answer.address);
    else this.redraw(answer);
  }

  async redraw({ select, address }) {
    this.stale = null;
    this.asking?.abort();
    const { signal } = (this.asking = new AbortController());
    const found = await this.composer.server.ask(`${address}grille/`, { signal, headers: {} });
    if (!found) return;
    if (!found.answer.ok) this.composer.leaving.to(address);
    else if (this.naming.cell) this.stale = { select, address };
    else this.replace(new DOMParser().parseFromString(found.given, "text/html"), select);
  }

  replace(drawn, select) {
    const wanted = this.wanted?.() && !this.root.querySelector("[data-cell-adder] [name=title]")?.value;
    const inside = this.table?.contains(document.activeElement) || wanted;
    const pressed = document.activeElement.dataset.cellAct;
    const ref = this.cells?.active.dataset.cell;
    const across = this.root.querySelector(".cells")?.scrollLeft ?? 0;
    const putBack = written([...this.root.querySelectorAll("[data-redraw]")]);
    for (const name of ["books", "sheet"]) {
      this.root.querySelector(`[data-redraw=${name}]`).replaceWith(document.adoptNode(drawn.querySelector(`[data-redraw=${name}]`)));
    }
    // Who moved on meanwhile stays there, if it still is.
    const moved = this.chosen && this.root.querySelector(`[data-cells] [data-at="${CSS.escape(this.chosen.id)}"]`);
    if (!moved) this.composer.selected = select;
    this.draw(moved ? this.chosen.id : select, wanted ? "" : ref);
    this.root.querySelector(".cells")?.scrollTo({ left: across });
    this.cells?.reveal();
    putBack([...this.root.querySelectorAll("[data-redraw]")]);
    if (inside) this.focusActive();
    else if (pressed) this.root.querySelector(`[data-cell-act=${pressed}]`)?.focus();
    this.wanted = null;
    if (this.cells) history.replaceState(null, "", `${location.pathname}#${this.cells.active.dataset.cell}`);
  }
}
