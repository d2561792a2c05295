// The palette: one field that searches among types, parts or commands, a list, and a card on what is pointed at.

import { element, icon, plain, say } from "./words.js";

const SAID_AFTER = 300;

export class Picker {
  constructor(dialog, { announce }) {
    this.dialog = dialog;
    this.announce = announce;
    this.input = dialog.querySelector("[role=combobox]");
    this.list = dialog.querySelector("[role=listbox]");
    this.card = dialog.querySelector("[data-picker-card]");
    this.families = dialog.querySelector("[data-picker-families]");
    this.input.addEventListener("input", () => this.draw());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.pick(Number(option.dataset.place), event.ctrlKey);
    });
    this.list.addEventListener("mousemove", (event) => {
      const option = event.target.closest("[role=option]");
      if (option && Number(option.dataset.place) !== this.active) this.point(Number(option.dataset.place));
    });
    dialog.addEventListener("close", () => {
      // How many were found is no news once the list is gone.
      clearTimeout(this.saying);
      if (this.back?.isConnected) this.back.focus?.({ preventScroll: true });
    });
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  }

  // `found(typed, family)` gives the options: {group, icon, title, note, value, card}.
  open({ title, label, found, picked, families = [], stay = false, typed = "" }) {
    this.found = found;
    this.picked = picked;
    this.family = "";
    this.stay = stay;
    this.back = document.activeElement;
    this.dialog.querySelector("[data-picker-title]").textContent = title;
    this.dialog.querySelector("[data-picker-label]").textContent = label;
    this.dialog.querySelector("[data-picker-stay]").hidden = !stay;
    this.dialog.querySelector("[data-paste]").hidden = !stay;
    this.drawFamilies(families);
    this.input.value = typed;
    this.draw();
    if (!this.dialog.open) this.dialog.showModal();
    this.input.focus();
  }

  drawFamilies(families) {
    this.families.hidden = !families.length;
    this.families.replaceChildren(
      ...["", ...families].map((family) => {
        const button = element("button", { type: "button", "aria-pressed": String(family === this.family) }, family || say("all"));
        button.addEventListener("click", () => {
          this.family = family;
          this.drawFamilies(families);
          this.draw();
          this.input.focus();
        });
        return button;
      }),
    );
  }

  // `quiet` lets what was just done be heard.
  draw({ quiet = false } = {}) {
    this.options = this.found(this.input.value.trim(), this.family);
    const groups = new Map();
    this.options.forEach((option, place) => {
      if (!groups.has(option.group)) groups.set(option.group, []);
      groups.get(option.group).push(this.option(option, place));
    });
    this.list.replaceChildren(
      ...[...groups].map(([name, options], number) =>
        element("div", { role: "group", "aria-labelledby": `groupe-${number}` }, element("div", { class: "picker__group", id: `groupe-${number}`, role: "presentation" }, name), ...options),
      ),
    );
    if (!this.options.length) this.list.replaceChildren(element("p", { class: "builder-soft" }, say("nothing")));
    this.point(0);
    clearTimeout(this.saying);
    if (!quiet) this.saying = setTimeout(() => this.announce(say("results", { count: this.options.length })), SAID_AFTER);
  }

  option(option, place) {
    return element(
      "div",
      { role: "option", class: "option", id: `option-${place}`, "data-place": place, "aria-selected": "false" },
      element("span", { class: "tile tile--soft" }, icon(option.icon)),
      element("span", { class: "option__said" }, element("b", {}, option.title), option.note ? element("small", {}, option.note) : null),
    );
  }

  point(place) {
    this.active = place;
    this.list.querySelectorAll("[role=option]").forEach((option) => option.setAttribute("aria-selected", String(Number(option.dataset.place) === place)));
    const option = this.options[place];
    if (!option) {
      this.input.removeAttribute("aria-activedescendant");
      this.card.replaceChildren();
      return;
    }
    this.input.setAttribute("aria-activedescendant", `option-${place}`);
    this.list.querySelector(`#option-${place}`)?.scrollIntoView({ block: "nearest" });
    this.card.replaceChildren(element("h3", {}, option.title), element("p", {}, option.card ?? ""));
  }

  key(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (steps[event.key]) {
      const count = this.options.length;
      if (count) this.point((this.active + steps[event.key] + count) % count);
    } else if (event.key === "Enter") {
      this.pick(event.shiftKey ? this.options.length - 1 : this.active, event.ctrlKey || event.metaKey);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  async pick(place, stay) {
    const option = this.options[place];
    if (!option) return;
    clearTimeout(this.saying);
    const typed = this.input.value.trim();
    if (stay && this.stay) {
      this.input.value = "";
      await this.picked(option.value, typed, { stay: true });
      this.draw({ quiet: true });
      this.input.focus();
      return;
    }
    this.back = null;
    this.dialog.close();
    this.picked(option.value, typed, { stay: false });
  }
}

// The options of a list whose words all stand somewhere in a title or its synonyms, the closest first.
export function matching(options, typed) {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  const rank = (option) => {
    const title = plain(option.title);
    if (title.startsWith(words.join(" "))) return 0;
    if (words.every((word) => title.includes(word))) return 1;
    return words.every((word) => plain(option.search ?? "").includes(word) || title.includes(word)) ? 2 : -1;
  };
  if (!words.length) return options;
  return options
    .map((option) => ({ option, rank: rank(option) }))
    .filter(({ rank: found }) => found >= 0)
    .sort((one, other) => one.rank - other.rank)
    .map(({ option }) => option);
}
