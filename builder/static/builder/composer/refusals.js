// What the server would not do: why, and what may be done about it.

import { addressOf } from "./addresses.js";
import { element, say } from "./words.js";

export class Refusals {
  constructor(composer, asking) {
    this.composer = composer;
    this.asking = asking;
  }

  async show(answer, { data: sent, context }) {
    const at = sent instanceof FormData ? sent.get("at") : sent.at;
    if (answer.errors) await this.mistyped(answer.errors, at);
    else if (answer.conflict) await this.conflict(answer, sent, context);
    else if (answer.gone && at === this.composer.panel.at) this.composer.presence.gone(answer.gone);
    else if (answer.overtaken) await this.overtaken(answer, sent, context);
    else if (answer.readers) await this.readers(answer);
    else if (sent.act === "move") this.composer.header.refuse(answer.refused);
    else await this.asking.ask({ title: answer.refused, no: say("close"), urgent: true });
  }

  // Where another part is shown since, what was typed waits in its own.
  async mistyped(errors, at) {
    const { panel, tree } = this.composer;
    if (at === panel.at) {
      panel.errors(errors);
      return;
    }
    panel.refusedAside(at, errors);
    const title = say("notKept", { title: tree?.rows.get(at)?.title ?? "" });
    const chosen = await this.asking.ask({ title, body: Object.values(errors).map((each) => element("p", {}, each)), yes: say("see"), no: say("close"), urgent: true });
    if (chosen === "yes") this.composer.select(at, { focus: true });
  }

  async overtaken(answer, sent, context) {
    const chosen = await this.asking.ask({ title: answer.refused, yes: say("putMine"), no: say("see"), urgent: true });
    if (chosen === "yes") this.composer.act({ ...sent, insist: "1" }, context);
    else if (chosen === "no") this.composer.select(answer.see, { focus: true });
  }

  async readers(answer) {
    const links = answer.readers.map((reader) => element("li", {}, element("a", { href: addressOf(reader.target) }, reader.title)));
    await this.asking.ask({ title: answer.refused, body: [element("p", {}, say("read")), element("ul", {}, ...links)], no: say("close"), urgent: true });
  }

  async conflict(answer, sent, context) {
    const { mine, theirs } = answer.conflict;
    const line = (name, value) => element("div", {}, element("dt", {}, say(name)), element("dd", {}, value));
    const chosen = await this.asking.ask({
      title: answer.refused,
      body: [element("dl", {}, line("mine", mine), line("theirs", theirs))],
      yes: say("keepMine"),
      no: say("takeTheirs"),
      urgent: true,
    });
    if (chosen === "yes") await this.insist(sent, context);
    else if (chosen === "no") this.composer.leaving.after(() => location.reload());
  }

  // The page keeps the revision that it knows: what else the other did comes with the answer.
  async insist(sent, context) {
    if (sent instanceof FormData) sent.set("insist", "1");
    const answer = await this.composer.act(sent instanceof FormData ? sent : { ...sent, insist: "1" }, context);
    context.insisted?.(answer);
    if (context.field && answer && !answer.refused && !answer.errors) this.composer.panel.insisted(context.field, sent.get("at"));
  }
}
