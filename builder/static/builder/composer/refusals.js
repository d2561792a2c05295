// What the server would not do: why, and what may be done about it.

import { addressOf } from "./addresses.js";
import { element, say } from "./words.js";

export class Refusals {
  constructor(composer, asking) {
    this.composer = composer;
    this.asking = asking;
  }

  async show(answer, { data: sent, context }) {
    if (answer.errors) this.composer.panel.errors(answer.errors);
    else if (answer.conflict) await this.conflict(answer, sent, context);
    else if (answer.gone) this.composer.presence.gone(answer.gone);
    else if (answer.overtaken) await this.overtaken(answer, sent, context);
    else if (answer.readers) await this.readers(answer);
    else if (sent.act === "move") this.composer.header.refuse(answer.refused);
    else await this.asking.ask({ title: answer.refused, no: say("close"), urgent: true });
  }

  async overtaken(answer, sent, context) {
    const chosen = await this.asking.ask({ title: answer.refused, yes: say("putMine"), no: say("see"), urgent: true });
    if (chosen === "yes") this.composer.server.act({ ...sent, insist: "1" }, context);
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
    this.composer.server.revision = answer.revision;
    if (chosen !== "yes") {
      location.reload();
      return;
    }
    if (sent instanceof FormData) {
      sent.set("insist", "1");
      sent.set("revision", answer.revision);
      this.composer.server.act(sent, context);
    } else this.composer.server.act({ ...sent, insist: "1" }, context);
  }
}
