// The names of questions proposed while a formula is typed: letters complete by title, Tab or Entrée takes one.

const MOST = 6;

export class Completion {
  constructor(dialog, { taken }) {
    this.dialog = dialog;
    this.taken = taken;
  }

  get list() {
    return this.dialog.querySelector("[data-formula-names]");
  }

  // The word that is being typed, before the caret.
  word(area) {
    return area.value.slice(0, area.selectionStart).match(/[\p{L}_][\p{L}\d_.]*$/u)?.[0] ?? "";
  }

  complete(area) {
    const word = this.word(area).toLowerCase();
    let shown = 0;
    for (const option of this.list.children) {
      const fits = word.length > 1 && option.textContent.toLowerCase().includes(word) && shown < MOST;
      option.hidden = !fits;
      option.setAttribute("aria-selected", String(fits && shown === 0));
      if (fits) shown += 1;
    }
    this.list.hidden = !shown;
  }

  key(event) {
    const options = [...this.list.children].filter((option) => !option.hidden);
    if (this.list.hidden || !options.length) return;
    const place = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "Tab" || event.key === "Enter") this.take(event.target, options[place]);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const next = (place + (event.key === "ArrowDown" ? 1 : -1) + options.length) % options.length;
      options.forEach((option, number) => option.setAttribute("aria-selected", String(number === next)));
    } else if (event.key === "Escape") this.list.hidden = true;
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  take(area, option) {
    if (!area || !option) return;
    const word = this.word(area);
    area.setRangeText(option.dataset.name, area.selectionStart - word.length, area.selectionStart, "end");
    this.list.hidden = true;
    area.focus();
    this.taken();
  }
}
