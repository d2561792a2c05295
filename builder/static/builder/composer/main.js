// The editor of a démarche: one selection shared by outline, preview and properties; every act leaves by itself.

import { addressOf, idOf } from "./addresses.js";
import { Asking } from "./asking.js";
import { Choosing } from "./choosing.js";
import { Header } from "./header.js";
import { Keys } from "./keys.js";
import { Notices } from "./notices.js";
import { Panel } from "./panel.js";
import { Pasting } from "./pasting.js";
import { Picker } from "./picker.js";
import { Presence } from "./presence.js";
import { Preview } from "./preview.js";
import { Refusals } from "./refusals.js";
import { rename } from "./renaming.js";
import { RuleDialog } from "./rule.js";
import { Sheet } from "./sheet.js";
import { Server } from "./server.js";
import { Session } from "./session.js";
import { Several } from "./several.js";
import { announce } from "./speaking.js";
import { Tree } from "./tree.js";

const root = document.querySelector("[data-composer]");
const data = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "null");
const FAST = 400;

class Composer {
  constructor() {
    this.selected = root.dataset.selected;
    this.choices = 0;
    this.notices = new Notices(this, root.querySelector("[data-notices]"), data("avertissements") ?? []);
    this.refusals = new Refusals(this, new Asking(root.querySelector("[data-ask-dialog]"), { alert: root.querySelector("[data-alert]") }));
    this.header = new Header(root, { carry: (name) => this.carry(name) });
    this.server = new Server(root, {
      answered: (answer, context) => this.answered(answer, context),
      refused: (answer, sent) => this.refusals.show(answer, sent),
      standing: (text, held) => this.header.stand(text, held),
      signedOut: (count) => this.session.lost(count),
    });
    this.session = new Session(this, root);
    this.panel = new Panel(root.querySelector("[data-panel]"), {
      act: (given, context) => this.act(given, context),
      convert: (id) => this.choosing.convert(id),
      moveTo: (id) => this.choosing.moveTo([id]),
      openRule: (link) => this.openRule(link),
      go: (id) => this.select(id, { focus: true }),
    });
    this.picker = new Picker(root.querySelector("[data-picker]"), { announce: (text) => announce(text) });
    this.rules = new RuleDialog(root.querySelector("[data-rule-dialog]"), {
      server: this.server,
      kept: () => this.panel.root.querySelector("[data-rule-open]")?.focus(),
    });
    if (root.querySelector("[data-workbook]")) this.sheet = new Sheet(this, root.querySelector("[data-workbook]"));
    this.places = data("lieux") ?? [];
    this.choosing = new Choosing(this, this.picker);
    if (root.querySelector("[data-tree]")) this.startPanes();
    this.keys = new Keys(this, root);
    this.presence = new Presence(this, root);
    this.listen();
    this.count();
    // A setting that was searched for by its name is where one comes.
    if (location.hash.startsWith("#q-")) document.getElementById(location.hash.slice(1))?.focus();
    root.dataset.ready = "1";
  }

  startPanes() {
    this.choosing.kinds = data("palette");
    this.several = new Several(this, root);
    this.tree = new Tree(root.querySelector("[data-tree]"), {
      rows: data("plan"),
      selected: this.selected,
      select: (id, options) => this.select(id, options),
      act: (name, ids, more) => this.several.act(name, ids, more),
      add: (id) => this.choosing.add(id),
      rename: (id, title) => this.act({ act: "retitle", at: id, title }),
      convert: (id) => this.choosing.convert(id),
      say: (text) => announce(text),
      chosen: (text) => this.several.show(text),
    });
    this.preview = new Preview(root.querySelector("[data-region=preview]"), {
      base: `${root.dataset.base.replace(/composer\/$/, "apercu/")}`,
      select: (id, options) => this.select(id, options),
      act: (name, more) => this.act({ act: name, ...more }),
      add: (id) => this.choosing.add(id),
      row: (id) => this.tree.rows.get(id),
      parent: (id) => this.tree.parents.get(id),
      rename: (id) => rename(this.tree, id),
      say: (text) => announce(text),
    });
    this.server.choices = () => this.preview.choices();
    this.preview.selected = this.selected;
    this.pasting = new Pasting(this, root);
  }

  listen() {
    root.querySelector("[data-add]")?.addEventListener("click", () => this.choosing.add(this.selected));
    root.querySelector("[data-find]")?.addEventListener("click", () => this.choosing.find());
    root.querySelectorAll("[data-view]").forEach((button) => button.addEventListener("click", () => this.filter(button)));
    root.querySelectorAll("[data-pane]").forEach((button) => button.addEventListener("click", () => this.showPane(button.dataset.pane)));
    addEventListener("popstate", () => this.select(idOf(location.pathname), { push: false }));
  }

  // The parts that a command is about.
  get targets() {
    return this.tree?.selection.several ? this.tree.selection.ids : [this.selected];
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
    if (answer.notices) this.notices.update(answer.notices);
    this.header.drawHistory(answer);
    if (!left && answer.select && answer.select !== this.selected) {
      if (field && this.panel.at === this.selected) this.panel.moved(answer.select, addressOf(this.selected), addressOf(answer.select));
      this.selected = answer.select;
      history.replaceState(null, "", answer.address);
    }
    // What somebody else changed meanwhile is not in this panel: it keeps the revision that it knows.
    if (!answer.others) this.panel.root.querySelectorAll("[name=revision]").forEach((input) => (input.value = answer.revision));
    else if (field) this.presence.refresh();
    if (!left && answer.head && field) this.panel.drawHead(answer.head);
    else if (!left && answer.panel) this.panel.draw(answer.panel);
    if (!left && this.tree && answer.select) this.tree.mark(answer.select);
    if (this.preview) {
      this.preview.selected = this.selected;
      if (answer.question) this.preview.replace(answer.question, answer.html);
      else if (answer.draw) this.preview.open(left ? this.preview.page : answer.page);
    }
    if (answer.said) announce(answer.said);
    this.presence.soon();
    if (context.carried || context.focusTree) this.tree?.focusActive();
    this.count();
    if (this.sheet) this.sheet.answered(answer, context);
    else if (!this.tree && field) this.redrawScreen();
    else if (!this.tree && (answer.order || answer.draw || context.carried)) location.assign(answer.address);
  }

  // The cards beside the panel, after one of them was set.
  async redrawScreen() {
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const drawn = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".screen");
    if (drawn) root.querySelector(".screen").replaceChildren(...[...drawn.childNodes].map((child) => document.adoptNode(child)));
  }

  async select(id, { focus = false, push = true } = {}) {
    if (!id) return;
    if (this.sheet?.select(id, { push })) return;
    // What the outline does not show has a screen of its own.
    if (!this.tree?.rows.has(id)) {
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
    this.presence.soon();
  }

  async load(id, focus) {
    this.asking?.abort();
    this.asking = new AbortController();
    try {
      const answer = await fetch(addressOf(id), { headers: { "X-Composer": "1" }, signal: this.asking.signal });
      if (this.selected !== id) return;
      const { panel, page, gone } = await answer.json();
      if (gone) this.presence.gone(gone);
      if (!answer.ok) return;
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
      button.querySelector("span").textContent = view === "warnings" ? this.notices.count : this.tree.count(view);
    });
  }
}

if (root) new Composer();
