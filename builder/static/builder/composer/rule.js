// The rule builder in its dialog: the server draws it again after each change, and the focus stays where it was.

const PAUSE = 500;

export class RuleDialog {
  constructor(dialog, { server, kept }) {
    this.dialog = dialog;
    this.server = server;
    this.kept = kept;
    this.changes = 0;
    dialog.addEventListener("submit", (event) => this.submit(event));
    dialog.addEventListener("change", () => this.redraw());
    dialog.addEventListener("input", (event) => this.typed(event));
    dialog.addEventListener("keydown", (event) => this.key(event));
    dialog.addEventListener("click", (event) => this.click(event));
    dialog.addEventListener("close", () => this.back?.isConnected && this.back.focus());
  }

  async open(url) {
    this.url = url;
    this.back = document.activeElement;
    const answer = await fetch(url, { headers: { "X-Composer": "1" } });
    if (!answer.ok) {
      location.assign(url);
      return;
    }
    this.draw(await answer.text());
    if (!this.dialog.open) this.dialog.showModal();
    this.dialog.querySelector("select, textarea")?.focus();
  }

  get form() {
    return this.dialog.querySelector("[data-rule-form]");
  }

  draw(html) {
    const focused = document.activeElement;
    const key = this.dialog.contains(focused) ? { name: focused.name, id: focused.id, start: focused.selectionStart, value: focused.value } : null;
    const drawn = new DOMParser().parseFromString(html, "text/html");
    this.dialog.replaceChildren(...[...drawn.body.children].map((child) => document.adoptNode(child)));
    if (!key) return;
    const again = (key.id && this.dialog.querySelector(`#${CSS.escape(key.id)}`)) || (key.name && key.name !== "go" && this.form.elements[key.name]);
    const target = again?.focus ? again : this.dialog.querySelector("select, textarea");
    target?.focus();
    if (again?.setSelectionRange && typeof key.start === "number") again.setSelectionRange(key.start, key.start);
  }

  async send(go) {
    const data = new FormData(this.form);
    data.set("go", go);
    const changes = this.changes;
    if (go === "apply" || go === "clear") {
      const answer = await this.server.act(data, { url: this.url, rule: true });
      if (typeof answer === "string") this.drawUnless(changes, answer);
      else if (answer && !answer.refused) {
        this.back = null;
        this.dialog.close();
        this.kept(answer);
      }
      return;
    }
    this.asking?.abort();
    this.asking = new AbortController();
    try {
      const answer = await fetch(this.url, { method: "POST", body: data, headers: { "X-Composer": "1" }, signal: this.asking.signal });
      this.drawUnless(changes, await answer.text());
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  }

  // What was typed while the server answered is newer than its answer; it leaves by itself a moment later.
  drawUnless(changes, html) {
    if (changes === this.changes) this.draw(html);
  }

  submit(event) {
    event.preventDefault();
    const go = event.submitter?.value ?? "draw";
    this.send(go).then(() => {
      if (go.startsWith("add:") || go.startsWith("group:")) [...this.dialog.querySelectorAll(".condition select")].at(-3)?.focus();
    });
  }

  redraw() {
    this.changes += 1;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.send("draw"), 0);
  }

  typed(event) {
    if (event.target.matches("[data-formula]")) this.complete(event.target);
    this.changes += 1;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.send("draw"), PAUSE);
  }

  key(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      clearTimeout(this.waiting);
      this.send("apply");
    } else if (event.target.matches("[data-formula]")) {
      this.keyInFormula(event);
    }
  }

  click(event) {
    if (event.target.closest("[data-close]")) {
      event.preventDefault();
      this.dialog.close();
    }
    const name = event.target.closest("[data-name]");
    if (name) this.take(this.form.querySelector("[data-formula]"), name);
  }

  // The word that is being typed in the formula, before the caret.
  word(area) {
    return area.value.slice(0, area.selectionStart).match(/[\p{L}_][\p{L}\d_.]*$/u)?.[0] ?? "";
  }

  complete(area) {
    const list = this.dialog.querySelector("[data-formula-names]");
    const word = this.word(area).toLowerCase();
    let shown = 0;
    for (const option of list.children) {
      const fits = word.length > 1 && option.textContent.toLowerCase().includes(word) && shown < 6;
      option.hidden = !fits;
      option.setAttribute("aria-selected", String(fits && shown === 0));
      if (fits) shown += 1;
    }
    list.hidden = !shown;
  }

  keyInFormula(event) {
    const list = this.dialog.querySelector("[data-formula-names]");
    const options = [...list.children].filter((option) => !option.hidden);
    if (list.hidden || !options.length) return;
    const place = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "Tab" || event.key === "Enter") this.take(event.target, options[place]);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const next = (place + (event.key === "ArrowDown" ? 1 : -1) + options.length) % options.length;
      options.forEach((option, number) => option.setAttribute("aria-selected", String(number === next)));
    } else if (event.key === "Escape") list.hidden = true;
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  take(area, option) {
    if (!area || !option) return;
    const word = this.word(area);
    area.setRangeText(option.dataset.name, area.selectionStart - word.length, area.selectionStart, "end");
    this.dialog.querySelector("[data-formula-names]").hidden = true;
    area.focus();
    this.typed({ target: document.createElement("i") });
  }
}
