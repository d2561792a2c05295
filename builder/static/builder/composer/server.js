// Sends acts to the server one after the other, keeps those that could not leave, and tells what was answered.

import { say } from "./words.js";

const PAUSE = 3000;
const TRIES = 3;
const NAMED = ["at", "to", "each"];
const RENAMING = ["set", "retitle", "move"];

export class Server {
  constructor(root, { answered, refused, standing, signedOut }) {
    this.root = root;
    this.answered = answered;
    this.refused = refused;
    this.standing = standing;
    this.signedOut = signedOut;
    this.revision = Number(root.dataset.revision);
    this.saved = root.querySelector("[data-saved]").textContent;
    this.answers = 0;
    this.waiting = [];
    this.busy = false;
    this.held = false;
    this.paused = false;
    addEventListener("online", () => (this.waiting.length ? this.go() : this.reachable()));
    addEventListener("offline", () => this.offline());
  }

  get token() {
    return this.root.querySelector("[name=csrfmiddlewaretoken]").value;
  }

  // One act; it leaves once those before it were answered, so that each knows their revision.
  act(data, context = {}) {
    this.last = new Promise((done) => {
      this.waiting.push({ data, context, done, tries: 0 });
      if (this.held) this.offline();
      this.go();
    });
    return this.last;
  }

  // Nothing leaves just now: no network, or signed out.
  get stopped() {
    return this.held || this.paused;
  }

  // Whether the same act on the same parts waits already.
  waits({ act, at, each }) {
    return this.waiting.some(({ data }) => data.act === act && String(data.each ?? data.at) === String(each ?? at));
  }

  // All that waits was answered.
  async idle() {
    while (this.waiting.length) await this.last;
  }

  async go() {
    if (this.busy || this.paused || !this.waiting.length) return;
    clearTimeout(this.again);
    this.busy = true;
    if (!this.held) this.standing(say("saving"));
    try {
      await this.leave(this.waiting[0]);
    } finally {
      this.busy = false;
    }
    if (this.waiting.length && !this.held) this.go();
  }

  async leave(next) {
    const answered = await this.reached(next);
    if (!answered) return;
    const { answer, given } = answered;
    this.held = false;
    if (this.isOut(answer) && next.tries < TRIES) this.pause(next);
    else if (answer.status >= 500) this.failed(next);
    else {
      this.waiting.shift();
      next.done(this.read(answer, given, next));
    }
  }

  // The whole answer, null where it did not come: what was done without its answer is then sent again.
  async reached({ context, data }) {
    try {
      return await whole(await this.post(context.url ?? this.root.dataset.act, data));
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      this.offline();
      return null;
    }
  }

  isOut(answer) {
    return answer.redirected || answer.status === 403;
  }

  // What could not leave stays in the page, in its order.
  offline() {
    this.held = true;
    const count = this.waiting.length;
    this.standing(count > 1 ? say("offline", { count }) : say(count ? "offlineOne" : "offlineOnly"), true);
    this.later();
  }

  later() {
    clearTimeout(this.again);
    this.again = setTimeout(() => this.go(), PAUSE);
  }

  pause(next) {
    if (next) next.tries += 1;
    if (this.paused) return;
    this.paused = true;
    this.standing(say("signedOut"), true);
    this.signedOut(this.waiting.length);
  }

  // Signed in again: what waited leaves, with the token of the new session.
  resume(token) {
    document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((input) => (input.value = token));
    this.paused = false;
    this.go();
  }

  // The server itself failed: tried again, then left aside so that what follows may leave.
  failed(next) {
    next.tries += 1;
    this.held = true;
    this.standing(say("failed"), true);
    if (next.tries < TRIES) {
      this.later();
      return;
    }
    this.held = false;
    this.waiting.shift();
    next.done(this.drop(next));
  }

  drop(next) {
    this.standing(this.saved);
    this.refused({ refused: say("dropped") }, next);
    return null;
  }

  post(url, data) {
    const body = data instanceof FormData ? data : new FormData();
    if (!(data instanceof FormData)) for (const [name, value] of Object.entries(data)) for (const each of [value].flat()) body.append(name, each);
    body.set("csrfmiddlewaretoken", this.token);
    body.set("tab", this.root.dataset.tab);
    // A panel may have been asked for later than the outline was told: what the page knows is said apart.
    body.set("known", this.revision);
    body.set("revision", data instanceof FormData && body.get("act") === "set" ? body.get("revision") || this.revision : this.revision);
    for (const [name, value] of Object.entries(this.choices?.() ?? {})) body.set(name, value);
    return this.send(url, body);
  }

  send(url, body) {
    return fetch(url, { method: "POST", body, headers: { "X-Composer": "1", "X-Requested-With": "XMLHttpRequest" } });
  }

  // What is asked aside, besides the acts; null where nothing could be answered.
  async tell(url, data) {
    if (this.paused) return null;
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...data, csrfmiddlewaretoken: this.token })) body.set(name, value);
    try {
      const answer = await this.send(url, body);
      if (this.isOut(answer)) this.pause();
      else if (answer.ok) return await answer.json();
      return null;
    } catch (error) {
      if (error instanceof TypeError) return null;
      throw error;
    }
  }

  // A part of the page, asked for until the server can answer; null once it is wanted no longer.
  async ask(url, { signal, ...more }) {
    while (!signal.aborted) {
      more.body?.set("csrfmiddlewaretoken", this.token);
      try {
        const answered = await whole(await fetch(url, { headers: { "X-Composer": "1" }, signal, ...more }));
        if (this.isOut(answered.answer)) this.pause();
        else if (answered.answer.status >= 500) this.standing(say("failed"), true);
        else {
          this.reachable();
          return signal.aborted ? null : answered;
        }
      } catch (error) {
        if (error.name === "AbortError") return null;
        if (!(error instanceof TypeError)) throw error;
        this.offline();
      }
      await new Promise((done) => setTimeout(done, PAUSE));
    }
    return null;
  }

  // The server answered something else than an act: nothing waits, and that is said again.
  reachable() {
    if (this.waiting.length || this.paused) return;
    this.held = false;
    this.standing(this.saved);
  }

  stand(saved) {
    this.saved = saved;
    this.standing(saved);
  }

  read(answer, given, next) {
    if (typeof given === "string") {
      if (this.isOut(answer) || (!answer.ok && answer.status !== 422)) return this.drop(next);
      this.standing(this.saved);
      return given;
    }
    if (given.reload) {
      location.reload();
      return null;
    }
    const { data, context } = next;
    this.answers += 1;
    if (given.revision && !given.refused) this.revision = given.revision;
    this.stand(given.saved ?? this.saved);
    if (given.select) this.follow(data, given.select);
    if (given.errors || given.refused) this.refused(given, { data, context });
    else this.answered(given, context);
    return given;
  }

  // A title may give its question another identity: the acts that wait behind it follow.
  follow(sent, now) {
    const [act, before] = sent instanceof FormData ? [sent.get("act"), sent.get("at")] : [sent.act, sent.at];
    if (RENAMING.includes(act) && before !== now) this.rename(before, now);
  }

  rename(before, now) {
    this.renamed?.(before, now);
    for (const { data } of this.waiting) {
      for (const name of NAMED) {
        if (data instanceof FormData) data.get(name) === before && data.set(name, now);
        else if (Array.isArray(data[name])) data[name] = data[name].map((each) => (each === before ? now : each));
        else if (data[name] === before) data[name] = now;
      }
    }
  }
}

// An answer with all that it says.
async function whole(answer) {
  const json = (answer.headers.get("Content-Type") ?? "").includes("json");
  return { answer, given: await (json ? answer.json() : answer.text()) };
}
