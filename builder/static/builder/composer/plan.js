// What the outline holds: rows in their order, what is inside what, what is closed, which rows a view shows.

const MANY = 45;
const OPEN_AT_FIRST = 2;

export class Plan {
  constructor(rows) {
    this.closed = new Set();
    this.view = "";
    this.take(rows);
    this.closeMost();
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
  }

  closeMost() {
    const sections = this.order.filter((id) => id.startsWith("s/"));
    if (this.order.length < MANY) return;
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
}
