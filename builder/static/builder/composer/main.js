// The editor of a démarche: one selection shared by outline, preview and properties; every act leaves by itself.

import { Choosing } from "./choosing.js";
import { Panel } from "./panel.js";
import { Pasting } from "./pasting.js";
import { Picker } from "./picker.js";
import { Preview } from "./preview.js";
import { RuleDialog } from "./rule.js";
import { Server } from "./server.js";
import { Tree } from "./tree.js";
import { element, say } from "./words.js";

const root = document.querySelector("[data-composer]");
const data = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "null");
const REGIONS = ["outline", "preview", "panel", "head"];
const FAST = 400;

class Composer {
  constructor() {
    this.selected = root.dataset.selected;
    this.tab = root.dataset.tab;
    this.choices = 0;
    this.notices = data("avertissements") ?? [];
    this.server = new Server(root, {
      answered: (answer, context) => this.answered(answer, context),
      refused: (answer, sent) => this.refused(answer, sent),
      standing: (text) => (root.querySelector("[data-saved]").textContent = text),
    });
    this.panel = new Panel(root.querySelector("[data-panel]"), {
      act: (given, context) => this.act(given, context),
      convert: (id) => this.choosing.convert(id),
      moveTo: (id) => this.choosing.moveTo(id),
      openRule: (link) => this.openRule(link),
      go: (id) => this.select(id, { focus: true }),
    });
    this.picker = new Picker(root.querySelector("[data-picker]"), { announce: (text) => this.announce(text) });
    this.rules = new RuleDialog(root.querySelector("[data-rule-dialog]"), {
      server: this.server,
      kept: () => this.panel.root.querySelector("[data-rule-open]")?.focus(),
    });
    this.choosing = new Choosing(this, this.picker);
    if (root.querySelector("[data-tree]")) this.startPanes();
    this.listen();
    this.count();
    root.dataset.ready = "1";
  }

  startPanes() {
    this.choosing.kinds = data("palette");
    this.tree = new Tree(root.querySelector("[data-tree]"), {
      rows: data("plan"),
      selected: this.selected,
      select: (id, options) => this.select(id, options),
      act: (name, more) => (name === "say" ? this.announce(more.text) : this.act({ act: name, ...more })),
      add: (id) => this.choosing.add(id),
      rename: (id, title) => this.act({ act: "retitle", at: id, title }),
      convert: (id) => this.choosing.convert(id),
    });
    this.preview = new Preview(root.querySelector("[data-region=preview]"), {
      base: `${root.dataset.base.replace(/composer\/$/, "apercu/")}`,
      select: (id, options) => this.select(id, options),
      act: (name, more) => this.act({ act: name, ...more }),
      add: (id) => this.choosing.add(id),
      row: (id) => this.tree.rows.get(id),
    });
    this.server.choices = () => this.preview.choices();
    this.preview.selected = this.selected;
    this.pasting = new Pasting(this, root);
  }

  listen() {
    root.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("keydown", (event) => event.key === "F8" && !root.contains(event.target) && this.nextNotice(event));
    root.querySelector("[data-carry]").addEventListener("submit", (event) => {
      event.preventDefault();
      this.carry(event.submitter.value);
    });
    root.querySelector("[data-add]")?.addEventListener("click", () => this.choosing.add(this.selected));
    root.querySelector("[data-find]")?.addEventListener("click", () => this.choosing.find());
    root.querySelectorAll("[data-view]").forEach((button) => button.addEventListener("click", () => this.filter(button)));
    root.querySelectorAll("[data-pane]").forEach((button) => button.addEventListener("click", () => this.showPane(button.dataset.pane)));
    root.querySelector("[data-notice-list]")?.addEventListener("click", (event) => {
      const link = event.target.closest("[data-go]");
      if (!link || !this.tree) return;
      event.preventDefault();
      this.select(link.dataset.go, { focus: true });
    });
    addEventListener("popstate", () => this.select(idOf(location.pathname), { push: false }));
    const ask = root.querySelector("[data-ask-dialog]");
    ask.querySelector("[data-no]").addEventListener("click", () => ask.close("no"));
    ask.querySelector("[data-yes]").addEventListener("click", () => ask.close("yes"));
  }

  key(event) {
    const command = event.ctrlKey || event.metaKey;
    const field = event.target.closest?.("input, textarea, select");
    if (root.querySelector("dialog[open]")) return;
    const letter = event.key.toLowerCase();
    if (event.key === "F6") this.round(event.shiftKey ? -1 : 1);
    else if (event.key === "F8") this.nextNotice(event);
    else if (event.key === "Escape" && this.panel.root.contains(event.target)) this.tree?.focusActive();
    else if (command && event.key === "Enter") this.choosing.add(this.selected);
    else if (command && letter === "k") this.choosing.find();
    else if (command && letter === "d") this.act({ act: "duplicate", at: this.selected });
    else if (command && event.shiftKey && letter === "m") this.choosing.moveTo(this.selected);
    else if (command && event.shiftKey && letter === "p") location.assign(root.querySelector("[data-publish]").href);
    else if (command && letter === "z" && !field) this.carry(event.shiftKey ? "redo" : "undo");
    else if (command && letter === "v" && this.tree?.cut && !field) this.act({ act: "move", at: this.tree.cut, to: this.selected }).then(() => (this.tree.cut = null));
    else if (event.altKey && event.key === "Enter") this.choosing.convert(this.selected);
    else return;
    event.preventDefault();
  }

  round(step) {
    const regions = REGIONS.map((name) => root.querySelector(`[data-region="${name}"]`)).filter(Boolean);
    const here = regions.findIndex((region) => region.contains(document.activeElement));
    const next = regions[(here + step + regions.length) % regions.length];
    if (next.dataset.region === "outline") this.tree.focusActive();
    else (next.querySelector("input:not([type=hidden]), textarea, button, select, a[href]") ?? next).focus();
  }

  announce(text) {
    root.querySelector("[data-say]").textContent = text;
  }

  alert(text) {
    root.querySelector("[data-alert]").textContent = text;
    this.ask({ title: text, no: say("close") });
  }

  ask({ title, body = [], yes = "", no = "" }) {
    const dialog = root.querySelector("[data-ask-dialog]");
    dialog.querySelector("[data-ask-title]").textContent = title;
    dialog.querySelector("[data-ask-body]").replaceChildren(...body);
    dialog.querySelector("[data-yes]").textContent = yes;
    dialog.querySelector("[data-yes]").hidden = !yes;
    dialog.querySelector("[data-no]").textContent = no;
    dialog.returnValue = "";
    const back = document.activeElement;
    if (!dialog.open) dialog.showModal();
    return new Promise((done) => {
      dialog.addEventListener(
        "close",
        () => {
          back?.focus?.();
          done(dialog.returnValue);
        },
        { once: true },
      );
    });
  }

  act(given, context = {}) {
    if (given.act && given.act !== "set") this.panel.flush();
    return this.server.act(given, { ...context, choices: this.choices });
  }

  carry(name) {
    this.panel.flush();
    return this.server.act({ act: name, at: this.selected }, { carried: true });
  }

  answered(answer, context) {
    const field = context.field;
    // A property that was still leaving when something else was selected does not take the selection back.
    const left = Boolean(field) && context.choices !== this.choices;
    if (answer.rows && this.tree) this.tree.update(answer);
    if (answer.notices) {
      this.notices = answer.notices;
      this.drawNotices();
    }
    this.drawHistory(answer);
    if (!left && answer.select && answer.select !== this.selected) {
      if (field && this.panel.at === this.selected) this.panel.moved(answer.select, addressOf(this.selected), addressOf(answer.select));
      this.selected = answer.select;
      history.replaceState(null, "", answer.address);
    }
    this.panel.root.querySelectorAll("[name=revision]").forEach((input) => (input.value = answer.revision));
    if (!left && answer.head && field) this.panel.drawHead(answer.head);
    else if (!left && answer.panel) this.panel.draw(answer.panel);
    if (!left && this.tree && answer.select) this.tree.mark(answer.select);
    if (this.preview) {
      this.preview.selected = this.selected;
      if (answer.question) this.preview.replace(answer.question, answer.html);
      else if (answer.draw) this.preview.open(left ? this.preview.page : answer.page);
    }
    if (answer.said) this.announce(answer.said);
    if (context.carried || context.focusTree) this.tree?.focusActive();
    this.count();
    if (!this.tree && field) this.redrawScreen();
    else if (!this.tree && (answer.order || answer.draw || context.carried)) location.assign(answer.address);
  }

  // The cards beside the panel, after one of them was set.
  async redrawScreen() {
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const drawn = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".screen");
    if (drawn) root.querySelector(".screen").replaceChildren(...[...drawn.childNodes].map((child) => document.adoptNode(child)));
  }

  drawHistory({ undo, redo }) {
    for (const [name, said] of [["undo", undo], ["redo", redo]]) {
      const button = root.querySelector(`[data-${name}]`);
      if (said === undefined) continue;
      button.toggleAttribute("aria-disabled", false);
      if (!said) button.setAttribute("aria-disabled", "true");
      button.querySelector("[data-what]").textContent = said;
    }
  }

  async refused(answer, { data: sent, context }) {
    if (answer.errors) {
      this.panel.errors(answer.errors);
      return;
    }
    if (answer.conflict) return this.conflict(answer, sent, context);
    if (answer.restore) {
      const chosen = await this.ask({ title: answer.refused, yes: say("restore"), no: say("close") });
      if (chosen === "yes") this.server.act({ act: "restore", revision: answer.restore, at: this.selected, number: answer.restore });
      return;
    }
    if (answer.overtaken) {
      const chosen = await this.ask({ title: answer.refused, yes: say("putMine"), no: say("see") });
      if (chosen === "yes") this.server.act({ ...sent, insist: "1" }, context);
      else this.select(answer.see, { focus: true });
      return;
    }
    if (answer.readers) {
      const links = answer.readers.map((reader) => element("li", {}, element("a", { href: reader.address }, reader.title)));
      await this.ask({ title: answer.refused, body: [element("p", {}, say("read")), element("ul", {}, ...links)], no: say("close") });
      return;
    }
    this.alert(answer.refused);
  }

  async conflict(answer, sent, context) {
    const { mine, theirs } = answer.conflict;
    root.querySelector("[data-alert]").textContent = answer.refused;
    const values = element("dl", {}, element("div", {}, element("dt", {}, say("mine")), element("dd", {}, mine)), element("div", {}, element("dt", {}, say("theirs")), element("dd", {}, theirs)));
    const chosen = await this.ask({ title: answer.refused, body: [values], yes: say("keepMine"), no: say("takeTheirs") });
    this.server.revision = answer.revision;
    if (chosen === "yes") {
      if (sent instanceof FormData) {
        sent.set("insist", "1");
        sent.set("revision", answer.revision);
        this.server.act(sent, context);
      } else this.server.act({ ...sent, insist: "1" }, context);
    } else location.reload();
  }

  async select(id, { focus = false, push = true } = {}) {
    if (!id) return;
    if (!this.tree) {
      location.assign(addressOf(id));
      return;
    }
    if (id === this.selected) {
      if (focus) this.showPane("panel") ?? this.panel.focusFirst();
      return;
    }
    this.panel.flush();
    this.choices += 1;
    this.selected = id;
    if (push) history.pushState(null, "", addressOf(id));
    this.tree.mark(id);
    this.preview.mark(id);
    clearTimeout(this.loading);
    const load = () => this.load(id, focus);
    if (focus) await load();
    else this.loading = setTimeout(load, this.lately && Date.now() - this.lately < FAST ? FAST : 0);
    this.lately = Date.now();
  }

  async load(id, focus) {
    this.asking?.abort();
    this.asking = new AbortController();
    try {
      const answer = await fetch(addressOf(id), { headers: { "X-Composer": "1" }, signal: this.asking.signal });
      if (!answer.ok || this.selected !== id) return;
      const { panel, page } = await answer.json();
      this.panel.draw(panel);
      if (page !== this.preview.page) this.preview.open(page);
      if (focus) {
        this.showPane("panel");
        this.panel.focusFirst();
      }
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  }

  showPane(name) {
    const panes = root.querySelector("[data-panes]");
    panes.dataset.shown = name;
    root.querySelectorAll("[data-pane]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.pane === name)));
    if (name === "outline") this.tree?.draw();
    if (name === "preview") this.preview?.fit();
  }

  // What is still leaving may give the question another identity, hence the rule another address.
  async openRule(link) {
    this.panel.flush();
    await this.server.last;
    this.rules.open(link.href);
  }

  filter(button) {
    root.querySelectorAll("[data-view]").forEach((each) => each.setAttribute("aria-pressed", String(each === button)));
    this.tree.show(button.dataset.view);
  }

  count() {
    if (!this.tree) return;
    root.querySelectorAll("[data-view]").forEach((button) => {
      const view = button.dataset.view;
      button.querySelector("span").textContent = view === "warnings" ? this.notices.length : this.tree.count(view);
    });
  }

  drawNotices() {
    const box = root.querySelector("[data-notices]");
    const count = this.notices.length;
    box.hidden = !count;
    box.querySelector("[data-notice-count]").textContent = count === 1 ? say("warning") : say("warnings", { count });
    box.querySelector("[data-notice-list]").replaceChildren(
      ...this.notices.map((notice) => element("li", {}, element("a", { href: addressOf(notice.target), "data-go": notice.target }, notice.title), ` ${notice.message}`)),
    );
  }

  nextNotice(event) {
    event.preventDefault();
    if (!this.notices.length) return;
    this.notice = ((this.notice ?? (event.shiftKey ? 0 : -1)) + (event.shiftKey ? -1 : 1) + this.notices.length) % this.notices.length;
    const found = this.notices[this.notice];
    this.select(found.target);
    this.tree?.focusActive();
    this.announce(`${this.notice + 1}/${this.notices.length} : ${found.title}. ${found.message}`);
  }
}

function addressOf(id) {
  return id === "d/demarche" ? root.dataset.base : `${root.dataset.base}${id.split("/").map(encodeURIComponent).join("/")}/`;
}

function idOf(path) {
  const rest = path.slice(root.dataset.base.length).split("/").filter(Boolean).map(decodeURIComponent);
  return rest.length === 2 ? rest.join("/") : "d/demarche";
}

if (root) new Composer();
