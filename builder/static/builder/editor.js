// The text of a definition: line numbers, and the server's judgement as one types.
// Nothing here is needed: « Vérifier » and « Enregistrer » work without scripts. Tab leaves the text, as everywhere.

const PAUSE = 500;

class DefinitionEditor {
  constructor(root) {
    this.root = root;
    this.form = root.closest("form");
    this.text = root.querySelector("textarea");
    this.lines = root.querySelector("[data-lines]");
    this.report = this.form.querySelector("[data-report]");
    this.summary = this.report.querySelector("[data-summary]");
    this.list = this.report.querySelector("[data-problems-list]");
    this.wrong = new Set();
    this.count = 0;
    this.lines.hidden = false;
    this.text.addEventListener("input", () => this.changed());
    this.text.addEventListener("scroll", () => this.follow());
    this.report.addEventListener("click", (event) => this.jump(event));
    this.mark([...this.list.querySelectorAll("[data-line]")].map((link) => Number(link.dataset.line)));
    // One may have begun before this file arrived.
    if (this.text.value !== this.text.defaultValue) this.changed();
  }

  changed() {
    this.number();
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.check(), PAUSE);
  }

  // Numbers are written again only when their count or their marks change.
  number(force = false) {
    const count = this.text.value.split("\n").length;
    if (count === this.count && !force) return;
    this.count = count;
    const written = document.createDocumentFragment();
    for (let line = 1; line <= count; line += 1) {
      const text = line === count ? `${line}` : `${line}\n`;
      if (this.wrong.has(line)) {
        const mark = document.createElement("mark");
        mark.textContent = text;
        written.append(mark);
      } else {
        written.append(text);
      }
    }
    this.lines.replaceChildren(written);
    this.follow();
  }

  mark(lines) {
    this.wrong = new Set(lines);
    this.number(true);
  }

  follow() {
    this.lines.scrollTop = this.text.scrollTop;
  }

  async check() {
    this.asking?.abort();
    if (!this.text.value.trim()) {
      this.show({ summary: "", problems: [] });
      return;
    }
    this.asking = new AbortController();
    const body = new URLSearchParams({
      text: this.text.value,
      slug: this.form.dataset.slug || "",
      csrfmiddlewaretoken: this.form.elements.csrfmiddlewaretoken.value,
    });
    try {
      const answer = await fetch(this.form.dataset.check, {
        method: "POST",
        body,
        signal: this.asking.signal,
        headers: { "X-Requested-With": "XMLHttpRequest" },
      });
      if (!answer.ok) throw new Error(String(answer.status));
      this.show(await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") this.summary.textContent = this.root.dataset.sayFailed;
    }
  }

  show({ summary, problems }) {
    this.summary.textContent = summary;
    this.list.replaceChildren(...problems.map((problem) => this.item(problem)));
    this.mark(problems.map((problem) => problem.line).filter(Boolean));
    this.text.dispatchEvent(new CustomEvent("definition:problems", { detail: problems }));
  }

  item({ line, pointer, message }) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `#${this.text.id}`;
    link.textContent = line ? this.root.dataset.sayLine.replace("%(line)s", line) : this.root.dataset.sayWhole;
    if (line) link.dataset.line = line;
    const said = document.createElement("span");
    said.textContent = message;
    item.append(link, " ", said);
    if (pointer) {
      const code = document.createElement("code");
      code.textContent = pointer;
      item.append(" ", code);
    }
    return item;
  }

  jump(event) {
    const link = event.target.closest("a[data-line]");
    if (!link) return;
    event.preventDefault();
    const line = Number(link.dataset.line);
    this.text.dispatchEvent(new CustomEvent("definition:line", { detail: line }));
    if (this.text.tabIndex < 0) return;
    const before = this.text.value.split("\n").slice(0, line - 1);
    const start = before.reduce((length, text) => length + text.length + 1, 0);
    const end = this.text.value.indexOf("\n", start);
    this.text.focus();
    this.text.setSelectionRange(start, end < 0 ? this.text.value.length : end);
    const height = this.text.scrollHeight / this.count;
    this.text.scrollTop = Math.max(0, (line - 4) * height);
    this.text.scrollIntoView({ block: "nearest" });
  }
}

for (const root of document.querySelectorAll("[data-editor]")) new DefinitionEditor(root);
