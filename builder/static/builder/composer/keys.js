// The keys that work anywhere in the editor; the outline, the palette and the dialogs have theirs.

import { idOf } from "./addresses.js";

const REGIONS = ["outline", "preview", "panel", "head"];

export class Keys {
  constructor(composer, root) {
    this.composer = composer;
    this.root = root;
    root.addEventListener("keydown", (event) => this.key(event));
    // Where nothing has the focus yet, or a click has taken it to the page, the keys work all the same.
    document.addEventListener("keydown", (event) => {
      if (!root.contains(event.target) && (event.key === "F8" || event.target === document.body)) this.key(event);
    });
  }

  key(event) {
    if (this.root.querySelector("dialog[open]")) return;
    const done = this.anywhere(event) ?? (event.ctrlKey || event.metaKey ? this.command(event) : null);
    if (!done) return;
    event.preventDefault();
    done();
  }

  anywhere(event) {
    const { composer } = this;
    if (event.key === "F6") return () => this.round(event.shiftKey ? -1 : 1);
    if (event.key === "F8") return () => composer.notices.next(event.shiftKey ? -1 : 1);
    if (event.key === "Escape" && composer.panel.root.contains(event.target)) return () => composer.tree?.focusActive();
    const card = event.altKey && event.target.closest?.(".step a");
    if (card && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
      const by = event.key === "ArrowLeft" ? "up" : "down";
      return () => composer.act({ act: "move", at: idOf(new URL(card.href).pathname), by });
    }
    if (event.altKey && event.key === "Enter") return () => composer.choosing.convert(composer.selected);
    return null;
  }

  command(event) {
    const { composer } = this;
    const field = event.target.closest?.("input, textarea, select");
    // A text undoes its own typing first; a box or a list has nothing of its own to undo.
    const text = field?.matches("textarea, input:not([type=checkbox], [type=radio])");
    const mend = () => composer.notices.mend();
    const shifted = {
      // On a French keyboard the full stop is written with the shift key.
      ".": mend,
      m: () => composer.choosing.moveTo(composer.targets),
      p: () => location.assign(this.root.querySelector("[data-publish]").href),
      z: text ? null : () => composer.carry("redo"),
    };
    const plain = {
      enter: () => composer.choosing.add(composer.selected),
      k: () => composer.choosing.find(),
      d: () => event.repeat || composer.several?.act("duplicate", composer.targets),
      z: text ? null : () => composer.carry("undo"),
      v: composer.tree?.selection.cut.length && !field ? () => composer.several.putDown() : null,
      ".": mend,
    };
    return (event.shiftKey ? shifted : plain)[event.key.toLowerCase()];
  }

  round(step) {
    const regions = REGIONS.map((name) => this.root.querySelector(`[data-region="${name}"]`)).filter((region) => region?.offsetParent);
    const here = regions.findIndex((region) => region.contains(document.activeElement));
    const next = regions[(here + step + regions.length) % regions.length];
    if (next.dataset.region === "outline") this.composer.tree.focusActive();
    else (next.querySelector("input:not([type=hidden]), textarea, button, select, a[href]") ?? next).focus();
  }
}
