// Acts on all that is chosen in the outline: one patch, undone as one; the bar under the outline offers them.

import { announce } from "./speaking.js";
import { say } from "./words.js";

export class Several {
  constructor(composer, root) {
    this.composer = composer;
    this.bar = root.querySelector("[data-chosen]");
    this.hint = root.querySelector("#touches-plan");
    this.bar.addEventListener("click", (event) => this.click(event.target.closest("button")?.value));
  }

  // The same act on one part or on several: one patch, undone as one.
  async act(name, ids, more = {}) {
    const several = ids.length > 1;
    const at = several && ids.includes(this.composer.selected) ? this.composer.selected : ids[0];
    const answer = await this.composer.act({ act: name, at, ...(several ? { each: ids } : {}), ...more }, { focusTree: several });
    if (!answer?.said) return answer;
    if (several && name === "duplicate") this.composer.tree.choose(() => this.composer.tree.selection.clear());
    if (name === "move") this.tellPlace(answer);
    if (name === "delete") announce(say("undoKey", { said: answer.said }));
    return answer;
  }

  // « IBAN » déplacée : 2 sur 3, Coordonnées bancaires.
  tellPlace({ said, select }) {
    const { parents, children, rows } = this.composer.tree;
    const among = children.get(parents.get(select));
    const parent = rows.get(parents.get(select));
    if (parent) announce(say("place", { said, place: among.indexOf(select) + 1, count: among.length, parent: parent.title }));
  }

  // What was cut goes after what is selected.
  async putDown() {
    const answer = await this.act("move", this.composer.tree.selection.cut, { to: this.composer.tree.active });
    if (answer && !answer.refused) this.composer.tree.choose(() => (this.composer.tree.selection.cut = []));
  }

  show(text) {
    this.bar.hidden = !text;
    this.hint.hidden = Boolean(text);
    this.bar.querySelector("[data-chosen-said]").textContent = text;
  }

  click(name) {
    if (name === "move-to") this.composer.choosing.moveTo(this.composer.targets);
    else if (name === "none") this.composer.tree.choose(() => this.composer.tree.selection.clear());
    else if (name) this.act(name === "up" || name === "down" ? "move" : name, this.composer.targets, name === "up" || name === "down" ? { by: name } : {});
  }
}
