// The preview: the runtime's own page in a frame, at the width of a screen, with what is selected outlined in it.

import { pressOnce } from "./presses.js";
import { Size } from "./size.js";
import { lay } from "./tools.js";
import { Veils } from "./veils.js";
import { say } from "./words.js";

const TRYING = 500;

export class Preview {
  // `handlers`: select(id, options), act(name, more), add(id), row(id), parent(id), rename(id), say(text).
  constructor(root, { base, ...handlers }) {
    this.root = root;
    this.base = base;
    this.handlers = handlers;
    this.veils = new Veils({ row: handlers.row });
    this.frame = root.querySelector("[data-frame]");
    this.canvas = root.querySelector("[data-canvas]");
    this.who = root.querySelector("[data-who]");
    this.answers = root.querySelector("[data-answers]");
    this.size = new Size(root, this.frame, this.canvas);
    this.page = this.frame.src.match(/apercu\/([^/]+)\//)?.[1];
    this.frame.addEventListener("load", () => this.loaded());
    for (const list of [this.who, this.answers]) list.addEventListener("change", () => this.open(this.page));
    if (this.frame.contentDocument?.readyState === "complete") this.loaded();
  }

  choices() {
    return { demandeur: this.who.value, reponses: this.answers.value };
  }

  address(page) {
    const asked = new URLSearchParams({ ...this.choices(), ...(this.veils.pages.has(page) ? { voir: page } : {}) });
    return `${this.base}${page}/?${asked}`;
  }

  open(page) {
    this.page = page;
    if (!this.opening || this.kept?.page !== page) this.kept = { page, top: this.frame.contentWindow?.scrollY ?? 0 };
    this.opening = true;
    clearTimeout(this.trying);
    this.frame.src = this.address(page);
    this.root.querySelector("[data-alone]").href = this.address(page);
  }

  fit() {
    this.size.fit();
  }

  get inside() {
    return this.frame.contentDocument;
  }

  loaded() {
    const inside = this.inside;
    if (!inside?.body || inside.documentElement.dataset.heard) return;
    inside.documentElement.dataset.heard = "1";
    this.opening = false;
    pressOnce(inside);
    const found = inside.location.pathname.match(/apercu\/([^/]+)\//);
    if (found) this.page = found[1];
    inside.addEventListener("click", (event) => this.click(event), true);
    inside.addEventListener("dblclick", (event) => this.rename(event));
    inside.addEventListener("input", () => this.typed());
    inside.addEventListener("submit", (event) => {
      event.preventDefault();
      this.try(event.submitter);
    });
    inside.addEventListener("keydown", (event) => this.root.dispatchEvent(new KeyboardEvent("keydown", { key: event.key, ctrlKey: event.ctrlKey, metaKey: event.metaKey, shiftKey: event.shiftKey, altKey: event.altKey, bubbles: true })));
    this.veils.draw(inside);
    if (this.kept?.page === this.page) this.frame.contentWindow.scrollTo(0, this.kept.top);
    this.mark(this.selected, { scroll: this.kept?.page !== this.page });
  }

  click(event) {
    const tools = event.target.closest("[data-builder-act]");
    if (tools) {
      event.preventDefault();
      const act = tools.dataset.builderAct;
      if (act === "add") this.handlers.add(this.selected);
      else this.handlers.act(act === "up" || act === "down" ? "move" : act, { at: this.selected, ...(act === "up" || act === "down" ? { by: act } : {}) });
      return;
    }
    const see = event.target.closest("[data-builder-see]");
    if (see) {
      event.preventDefault();
      this.seeAnyway(see.dataset.builderSee);
      return;
    }
    const link = event.target.closest("a[href]");
    if (link) {
      const page = link.pathname.match(/apercu\/([^/]+)\//);
      event.preventDefault();
      if (link.matches("[data-builder-page]")) this.veils.pages.add(page[1]);
      if (page) this.open(page[1]);
      return;
    }
    const question = event.target.closest("[data-question]");
    const section = event.target.closest("section[id^='s-']");
    if (question) this.handlers.select(`q/${identity(question.dataset.question)}`, { focus: false });
    else if (section && event.target.closest("h2")) this.handlers.select(`s/${section.id.slice(2)}`, { focus: false });
  }

  // The title is written again in the outline, where the same title stands.
  rename(event) {
    const question = event.target.closest("[data-question]");
    if (!question || event.target.closest("input, textarea, select, button, a")) return;
    event.preventDefault();
    this.handlers.rename(`q/${identity(question.dataset.question)}`);
  }

  find(id) {
    if (!this.inside || !id) return null;
    if (id.startsWith("s/")) return this.inside.getElementById(`s-${id.slice(2)}`);
    if (!id.startsWith("q/")) return null;
    const name = id.slice(2);
    return [...this.inside.querySelectorAll("[data-question]")].find((each) => identity(each.dataset.question) === name) ?? this.inside.getElementById(`f-${name}`);
  }

  mark(id, { scroll = true } = {}) {
    this.selected = id;
    this.showPeople(this.people ?? []);
    this.inside?.querySelectorAll(".builder-selected").forEach((each) => each.classList.remove("builder-selected"));
    this.inside?.querySelectorAll("[data-builder-tools]").forEach((each) => each.remove());
    const found = this.find(id);
    if (!found) {
      this.ghost(id);
      return;
    }
    found.classList.add("builder-selected");
    lay(found, this.handlers.row(id));
    if (scroll) found.scrollIntoView({ block: "center", behavior: "instant" });
  }

  // What these answers hide is selected by the line that stands for it.
  ghost(id) {
    if (!this.inside?.body || !id) return;
    const line = this.veils.find(this.inside, id);
    if (!line) {
      this.ghost(this.handlers.parent(id));
      return;
    }
    line.classList.add("builder-selected");
    line.scrollIntoView({ block: "center", behavior: "instant" });
  }

  // The whole page is asked for again: its lines change with what is shown.
  async seeAnyway(id) {
    const seen = this.veils.toggle(id);
    this.handlers.say(say(seen ? "shownAnyway" : "hidden", { title: this.handlers.row(id)?.title ?? "" }));
    await this.try(null);
    this.inside?.querySelector(`[data-builder-see="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
  }

  // A coloured edge on what the others have selected.
  showPeople(people) {
    this.people = people;
    this.inside?.querySelectorAll(".builder-other").forEach((each) => each.classList.remove("builder-other", ...[...each.classList].filter((name) => name.startsWith("builder-other--"))));
    for (const { at, colour } of people) if (at !== this.selected) this.find(at)?.classList.add("builder-other", `builder-other--${colour}`);
  }

  // One question drawn again where it stands; "" where the answers hide it.
  replace(name, html) {
    const old = this.inside?.getElementById(`f-${name}`);
    // A page that is on its way may be from before this question changed.
    if (!old || html === "" || this.opening) {
      this.open(this.page);
      return;
    }
    const made = new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
    old.replaceWith(this.inside.adoptNode(made));
    this.mark(this.selected, { scroll: false });
  }

  typed() {
    this.typings = (this.typings ?? 0) + 1;
    clearTimeout(this.trying);
    this.trying = setTimeout(() => this.try(null), TRYING);
  }

  // The page with what was typed; null where it was left, or where more was typed since: that leaves by itself.
  async tried(body) {
    const [inside, typings] = [this.inside, this.typings];
    this.asking?.abort();
    const { signal } = (this.asking = new AbortController());
    const found = await this.handlers.ask(this.address(this.page), { method: "POST", body, signal, headers: {} });
    if (!found?.answer.ok || inside !== this.inside || typings !== this.typings) return null;
    const drawn = new DOMParser().parseFromString(found.given, "text/html");
    return drawn.getElementById("form-body") && inside.getElementById("form-body") ? drawn : null;
  }

  // What one types in the preview changes what it shows, and is not kept.
  async try(submitter) {
    const form = this.inside?.getElementById("form");
    if (!form) return;
    if (submitter?.name === "go" && submitter.value === "next") {
      form.submit();
      return;
    }
    const data = new FormData(form);
    if (submitter?.name && submitter.name !== "go") data.set(submitter.name, submitter.value);
    data.set("go", "try");
    for (const [key, value] of [...data]) if (value instanceof File) data.delete(key);
    const drawn = await this.tried(data);
    if (!drawn) return;
    const focused = this.inside.activeElement?.id;
    const place = this.inside.activeElement?.selectionStart;
    for (const id of ["form-body"]) this.inside.getElementById(id).replaceWith(this.inside.adoptNode(drawn.getElementById(id)));
    this.veils.draw(this.inside);
    this.inside.getElementById("shown").value = drawn.getElementById("shown").value;
    this.mark(this.selected, { scroll: false });
    const back = focused && this.inside.getElementById(focused);
    if (back) {
      back.focus({ preventScroll: true });
      if (typeof place === "number" && back.setSelectionRange && back.type !== "radio" && back.type !== "checkbox") back.setSelectionRange(place, place);
    }
  }
}

// The dotted name of a question from its path in the page: « depenses-r1-montant » is « depenses.montant ».
export function identity(path) {
  const parts = path.split(/[.-]/);
  return parts.length > 2 ? parts.filter((_part, place) => place % 2 === 0).join(".") : path;
}
