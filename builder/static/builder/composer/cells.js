// The cells of a grid by row and column: which is active, which a key reaches.

export class Cells {
  constructor(table) {
    this.rows = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll("[data-cell]")]);
    this.all = this.rows.flat();
    this.places = new Map();
    this.rows.forEach((row, number) => {
      let column = 0;
      for (const cell of row) {
        this.places.set(cell, { row: number, column });
        column += cell.colSpan;
      }
    });
    this.all.forEach((cell) => (cell.tabIndex = -1));
  }

  // One tab stop; `column` is remembered across cells that span several.
  activate(cell) {
    if (this.active) this.active.tabIndex = -1;
    this.all.forEach((each) => each.setAttribute("aria-selected", String(each === cell)));
    this.active = cell;
    cell.tabIndex = 0;
    if (cell.colSpan === 1) this.column = this.places.get(cell).column;
  }

  // Brings the active cell in sight sideways, the page staying where it is.
  reveal() {
    const box = this.active.closest("[data-region]");
    const { offsetLeft, offsetWidth } = this.active;
    if (offsetLeft + offsetWidth > box.scrollLeft + box.clientWidth) box.scrollLeft = offsetLeft;
  }

  // A cell of a part: the one named, else the one on the active row, else the first.
  of(id, ref = "") {
    const found = this.all.filter((cell) => cell.dataset.at === id);
    const row = this.active && this.places.get(this.active).row;
    return found.find((cell) => cell.dataset.cell === ref) ?? found.find((cell) => this.places.get(cell).row === row) ?? found[0];
  }

  best(id, ref) {
    const named = this.all.find((cell) => cell.dataset.cell === ref);
    const number = ref.replace(/\D/g, "");
    const own = this.all.filter((cell) => cell.dataset.at === id);
    return (named?.dataset.at === id && named) || own.find((cell) => cell.dataset.cell.replace(/\D/g, "") === number) || own[0] || named || this.all[0];
  }

  corner(last) {
    return last ? this.all.at(-1) : this.all[0];
  }

  beside(cell, step) {
    const { row } = this.places.get(cell);
    return this.rows[row][this.rows[row].indexOf(cell) + step];
  }

  reached(key) {
    const { row } = this.places.get(this.active);
    if (key === "ArrowRight") return this.beside(this.active, 1);
    if (key === "ArrowLeft") return this.beside(this.active, -1);
    if (key === "Home") return this.rows[row][0];
    if (key === "End") return this.rows[row].at(-1);
    if (key === "ArrowDown") return this.above(row + 1);
    return key === "ArrowUp" ? this.above(row - 1) : undefined;
  }

  // The cell of a row that stands in the remembered column.
  above(row) {
    const column = this.column ?? 0;
    return this.rows[row]?.findLast((cell) => this.places.get(cell).column <= column);
  }
}
