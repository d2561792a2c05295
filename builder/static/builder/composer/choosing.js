// What may be chosen in the palette: a type or a title to add, another type, a place to move to, a part to find.

import { matching } from "./picker.js";
import { plain, say } from "./words.js";

const MOST = 60;

export class Choosing {
  constructor(composer, picker) {
    this.composer = composer;
    this.picker = picker;
  }

  types(typed, family) {
    const found = this.kinds.kinds
      .filter((kind) => !family || kind.family === family)
      .map((kind) => ({
        group: say("types"),
        icon: kind.icon,
        title: kind.title,
        note: kind.synonyms.length ? `${say("also")} ${kind.synonyms.slice(0, 4).join(", ")}` : kind.family,
        search: [...kind.synonyms, kind.family, kind.description].join(" "),
        card: kind.description,
        value: { kind: kind.kind, title: kind.title, typed: false },
      }));
    return matching(found, typed);
  }

  guess(title) {
    const text = title.toLowerCase();
    const place = (word) => text.search(new RegExp(`(?<![\\p{L}\\d_])${word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\p{L}\\d_])`, "u"));
    if (/:[^/]+\/[^/]/.test(text)) return "choice";
    const said = Object.entries(this.kinds.hints)
      .filter(([kind]) => this.kinds.kinds.some((each) => each.kind === kind))
      .flatMap(([kind, words]) => words.map(place).filter((found) => found >= 0).map((found) => ({ kind, found })))
      .sort((one, other) => one.found - other.found);
    return said[0]?.kind ?? (title.trim().endsWith("?") ? "yes_no" : "text");
  }

  add(id) {
    if (!this.composer.tree) return;
    const row = this.composer.tree.rows.get(id);
    const inside = row?.kind === "group";
    this.adding = null;
    this.picker.open({
      title: inside ? say("inside", { title: row.title }) : say("addAfter", { title: row?.title ?? "" }),
      label: say("addLabel"),
      families: [...new Set(this.kinds.kinds.map((kind) => kind.family))],
      stay: true,
      found: (typed, family) => this.additions(typed, family, inside ? row : null),
      picked: (value, typed, { stay }) => this.added(id, value, typed, stay, inside && !value.after),
    });
  }

  additions(typed, family, group) {
    const types = this.types(typed, family);
    const exact = types.some((each) => plain(each.title) === plain(typed));
    const parts = family || group ? [] : ["section", "page"].map((kind) => ({ group: say("parts"), icon: kind === "page" ? "doc-empty" : "list-ul", title: say(kind), note: say(`${kind}Said`), card: say(`${kind}Said`), value: { kind, title: say(kind) } }));
    if (!typed) return [...types, ...parts];
    const guessed = this.kinds.kinds.find((kind) => kind.kind === this.guess(typed));
    const create = { group: say("titleFirst"), icon: guessed.icon, title: say("create", { title: typed }), note: say("guessed", { kind: guessed.title }), value: { kind: "auto", title: typed } };
    const named = ["section", "page"].map((kind) => ({ group: say("titleFirst"), icon: kind === "page" ? "doc-empty" : "list-ul", title: `${say(kind)} « ${typed} »`, value: { kind, title: typed } }));
    const first = exact ? [...types, create] : types.length && typed.split(/\s+/).length === 1 && typed.length < 12 ? [...types, create] : [create, ...types];
    return [...first, ...matching(parts, typed), ...(group ? [] : named)];
  }

  // What is added while the palette stays open goes after what was added before, once that is there.
  async added(id, { kind, title }, typed, stay, inside) {
    const still = this.composer.hand();
    this.adding = this.addAfter(this.adding, id, { kind, title }, inside);
    const added = await this.adding;
    if (!added || stay || !still()) return;
    if (title === typed) this.composer.tree.focusActive();
    else this.composer.panel.focusFirst({ select: true });
  }

  // The part that was added, or the one before it where nothing was.
  async addAfter(before, id, { kind, title }, inside) {
    const last = await before;
    const answer = await this.composer.act({ act: "add", at: last ?? id, kind, title, ...(inside && !last ? { inside: "1" } : {}) });
    return answer?.select && !answer.refused ? answer.select : last;
  }

  convert(id) {
    if (!this.composer.tree || !id?.startsWith("q/")) return;
    const row = this.composer.tree.rows.get(id);
    if (!row) return;
    this.picker.open({
      title: say("convert", { title: row.title }),
      label: say("convert", { title: row.title }),
      families: [...new Set(this.kinds.kinds.map((kind) => kind.family))],
      found: (typed, family) =>
        this.types(typed, family)
          .filter((each) => each.value.kind !== row.kind)
          .map((each) => ({ ...each, card: this.losses(each.value.kind) || each.card })),
      picked: (value) => this.composer.act({ act: "type", at: id, kind: value.kind }, { focusTree: true }),
    });
  }

  // What the question has that another type would not know, as the panel shows it.
  losses(kind) {
    const { keeps } = this.kinds.kinds.find((each) => each.kind === kind);
    const lost = [...this.composer.panel.root.querySelectorAll("[data-question]")].filter((field) => {
      const name = field.dataset.question;
      if (!/^[ko]_|^choices$/.test(name) || keeps.includes(name)) return false;
      return [...field.querySelectorAll("input, textarea, select")].some((input) => (/checkbox|radio/.test(input.type) ? input.checked : input.value));
    });
    const names = lost.map((field) => field.querySelector(".label, .choice span")?.firstChild.textContent.trim().toLowerCase());
    return names.length ? say("losses", { names: names.join(", ") }) : "";
  }

  places(typed, keep) {
    const found = this.composer.tree.order.filter(keep).map((id) => {
      const row = this.composer.tree.rows.get(id);
      return { group: say("find"), icon: row.icon, title: row.title, note: row.said, value: id, search: id };
    });
    return matching(found, typed).slice(0, MOST);
  }

  moveTo(ids) {
    const { tree } = this.composer;
    if (!tree || ids.includes("d/demarche") || !ids.every((id) => tree.rows.has(id))) return;
    const label = ids.length > 1 ? say("moveSeveral", { what: tree.selection.counted(ids) }) : say("move", { title: tree.rows.get(ids[0]).title });
    const holder = ids[0].includes(".") ? ids[0].slice(0, ids[0].lastIndexOf(".")) : "";
    const beside = (id) => (id.includes(".") ? id.slice(0, id.lastIndexOf(".")) : "") === holder;
    this.picker.open({
      title: label,
      label,
      found: (typed) => this.places(typed, (each) => !ids.includes(each) && each !== "d/demarche" && beside(each) && (!holder || each.startsWith("q/"))),
      picked: async (to) => {
        const still = this.composer.hand();
        await this.composer.several.act("move", ids, { to });
        if (still()) tree.focusActive();
      },
    });
  }

  // What may be done or gone to from anywhere, by its name in the page.
  commands() {
    const named = (control) => control.textContent.trim().replace(/\s+/g, " ");
    const all = [...document.querySelectorAll(".composer__tabs a, [data-publish], [data-carry] button:not([aria-disabled]), .composer [data-add], [data-paste]")];
    return all.map((control) => ({ group: say("commands"), icon: "arrow-right", title: named(control), value: () => control.click() }));
  }

  // What the outline does not show: steps, roles, checks, texts, dates, workbooks and their columns.
  elsewhere(typed) {
    const found = this.composer.places.map((place) => ({ ...place, value: () => this.composer.leaving.to(place.address) }));
    return matching(found, typed).slice(0, MOST);
  }

  find() {
    const { tree } = this.composer;
    this.picker.open({
      title: say("find"),
      label: say("find"),
      found: (typed) => [...(tree ? this.places(typed, () => true) : []), ...this.elsewhere(typed), ...matching(this.commands(), typed)],
      picked: (found) => {
        if (typeof found === "function") {
          found();
          return;
        }
        this.composer.select(found);
        tree.focusActive();
      },
    });
  }
}
