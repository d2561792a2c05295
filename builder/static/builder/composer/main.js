// The editor of a démarche: one selection shared by outline, preview and properties; every act leaves by itself.

import { addressOf, idOf } from "./addresses.js";
import { Asking } from "./asking.js";
import { Choosing } from "./choosing.js";
import { Header } from "./header.js";
import { Keys } from "./keys.js";
import { Leaving } from "./leaving.js";
import { Notices } from "./notices.js";
import { Panel } from "./panel.js";
import { Pasting } from "./pasting.js";
import { Picker } from "./picker.js";
import { Presence } from "./presence.js";
import { pressOnce } from "./presses.js";
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
import { written } from "./written.js";

const root = document.querySelector("[data-composer]");
const data = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "null");
const FAST = 400;

class Composer {
  constructor() {
    pressOnce(document);
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
      refresh: () => this.presence.refresh(),
    });
    this.picker = new Picker(root.querySelector("[data-picker]"), { announce: (text) => announce(text) });
    this.rules = new RuleDialog(root.querySelector("[data-rule-dialog]"), {
      server: this.server,
      act: (given, context) => this.act(given, context),
      kept: () => this.panel.root.querySelector("[data-rule-open]")?.focus(),
    });
    if (root.querySelector("[data-workbook]")) this.sheet = new Sheet(this, root.querySelector("[data-workbook]"));
    this.places = data("lieux") ?? [];
    this.choosing = new Choosing(this, this.picker);
    if (root.querySelector("[data-tree]")) this.startPanes();
    this.keys = new Keys(this, root);
    this.presence = new Presence(this, root);
    this.leaving = new Leaving(this);
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
      ask: (url, more) => this.server.ask(url, more),
    });
    this.server.renamed = (before, now) => this.tree.rename(before, now);
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

  // What is being deleted is not deleted again.
  act(given, context = {}) {
    if (given.act === "delete" && this.server.waits(given)) return Promise.resolve(null);
    if (given.act && given.act !== "set") this.panel.flush();
    return this.server.act(given, { ...context, ...this.place, still: this.hand() });
  }

  carry(name) {
    if (this.header.ended(name) && !this.server.waiting.length) return null;
    return this.act({ act: name, at: this.selected }, { carried: true });
  }

  // What an act knows of where one was when it left.
  get place() {
    return { choices: this.choices, typings: this.panel.typings };
  }

  // Tells, later, whether the person is still where they are now: nothing else chosen, written or taken in hand.
  hand() {
    const [{ choices, typings }, focused] = [this.place, document.activeElement];
    return () => {
      const now = document.activeElement;
      const home = this.tree?.root ?? this.sheet?.table;
      const stayed = now === focused || now === document.body || (home?.contains(now) && !now.matches("input"));
      return Boolean(stayed) && choices === this.choices && typings === this.panel.typings;
    };
  }

  // Whether the person went on meanwhile, to another part that still stands or to writing in this one: they stay there.
  wentOn(answer, { field, choices, typings }) {
    if (!answer.select || (this.tree && !this.tree.rows.has(this.selected))) return false;
    if (choices !== this.choices) return true;
    return !field && answer.select !== this.selected && typings !== this.panel.typings;
  }

  answered(answer, context) {
    const field = context.field;
    if (answer.rows && this.tree) this.tree.update(answer);
    const left = this.wentOn(answer, context);
    if (answer.notices) this.notices.update(answer.notices);
    this.header.drawHistory(answer);
    if (!left && answer.select && answer.select !== this.selected) {
      if (field && this.panel.at === this.selected) this.panel.moved(answer.select, addressOf(this.selected), addressOf(answer.select));
      this.selected = answer.select;
      history.replaceState(null, "", answer.address);
      if (field && this.panel.busy) this.load(this.selected);
    }
    // What somebody else changed meanwhile is not in this panel: it keeps the revision that it knows.
    if (!answer.others) this.panel.root.querySelectorAll("[name=revision]").forEach((input) => (input.value = answer.revision));
    if (!left) this.drawPanel(answer, field);
    if (!left && this.tree && answer.select) this.tree.mark(answer.select);
    if (this.preview) {
      this.preview.selected = this.selected;
      if (answer.question) this.preview.replace(answer.question, answer.html);
      else if (answer.draw) this.preview.open(left ? this.preview.page : answer.page);
    }
    if (answer.said) announce(answer.said);
    this.presence.soon();
    if ((context.carried || context.focusTree) && context.still()) this.tree?.focusActive();
    this.count();
    if (this.sheet) this.sheet.answered(answer, context, left);
    else if (!this.tree && (field || (context.carried && answer.address === location.pathname))) this.redrawScreen();
    else if (!this.tree && (answer.order || answer.draw || context.carried)) this.leaving.to(answer.address);
  }

  // Somebody else gave the part another identity: what is shown and what waits goes on under it.
  follow(before, now) {
    this.server.rename(before, now);
    if (this.panel.at === before) this.panel.moved(now, addressOf(before), addressOf(now));
    if (this.selected !== before) return;
    this.selected = now;
    history.replaceState(null, "", addressOf(now));
    this.tree?.mark(now);
    if (this.panel.busy) this.load(now);
  }

  // A panel that was asked for before the act was done would show what was before it.
  drawPanel(answer, field) {
    if (answer.head && field && !this.panel.busy) this.panel.drawHead(answer.head);
    else if (answer.panel) {
      this.stopLoading();
      this.panel.draw(answer.panel);
    }
  }

  // The cards beside the panel, after one of them was set; what is being written among them stays.
  async redrawScreen() {
    this.redrawing?.abort();
    this.redrawing = new AbortController();
    const found = await this.server.ask(location.href, { signal: this.redrawing.signal, headers: {} });
    const drawn = found && new DOMParser().parseFromString(String(found.given), "text/html").querySelector(".screen");
    if (!drawn) return;
    const screen = root.querySelector(".screen");
    const putBack = written([screen]);
    screen.replaceChildren(...[...drawn.childNodes].map((child) => document.adoptNode(child)));
    putBack([screen]);
  }

  async select(id, { focus = false, push = true } = {}) {
    if (!id) return;
    if (this.sheet?.select(id, { push })) return;
    // What the outline does not show has a screen of its own.
    if (!this.tree?.rows.has(id)) {
      this.leaving.to(addressOf(id));
      return;
    }
    if (id === this.selected) {
      if (focus) this.goToPanel();
      return;
    }
    this.panel.flush();
    this.choices += 1;
    this.selected = id;
    if (push) history.pushState(null, "", addressOf(id));
    this.tree.mark(id);
    this.preview.mark(id);
    this.panel.wait();
    this.stopLoading();
    if (focus) this.goToPanel();
    else this.loading = setTimeout(() => this.load(id), this.lately && Date.now() - this.lately < FAST ? FAST : 0);
    this.lately = Date.now();
    this.presence.soon();
  }

  // The first field of what is selected, once it is there; until then the hand waits on the panel.
  goToPanel() {
    this.showPane("panel");
    if (!this.panel.busy) {
      this.panel.focusFirst();
      return;
    }
    this.panel.root.focus();
    this.load(this.selected);
  }

  stopLoading() {
    clearTimeout(this.loading);
    this.asking?.abort();
  }

  // Asked for again where an act was answered meanwhile: what comes may be from before it.
  async load(id) {
    this.stopLoading();
    const { signal } = (this.asking = new AbortController());
    const known = this.server.answers;
    const found = await this.server.ask(addressOf(id), { signal });
    if (!found || this.selected !== id) return;
    if (this.server.answers !== known) {
      this.load(id);
      return;
    }
    const { panel, page, gone, became } = found.given;
    if (became) this.follow(id, became);
    if (gone) this.presence.gone(gone);
    if (!panel) return;
    const waits = document.activeElement === this.panel.root;
    this.panel.draw(panel);
    if (page !== this.preview?.page) this.preview?.open(page);
    if (waits) this.panel.focusFirst();
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
    const [choices, place] = [this.choices, this.panel.ruleLinks.indexOf(link)];
    this.panel.flush();
    await this.server.idle();
    if (choices === this.choices) this.rules.open((this.panel.ruleLinks[place] ?? link).href);
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
