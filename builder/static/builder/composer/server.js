// Sends acts to the server one after the other, keeps those that could not leave, and tells what was answered.

import { say } from "./words.js";

const PAUSE = 3000;
const TRIES = 3;
const NAMED = ["at", "to", "each"];
const RENAMING = ["set", "retitle"];

export class Server {
  constructor(root, { answered, refused, standing, signedOut }) {
    this.root = root;
    this.answered = answered;
    this.refused = refused;
    this.standing = standing;
    this.signedOut = signedOut;
    this.revision = Number(root.dataset.revision);
    this.waiting = [];
    this.busy = false;
    this.paused = false;
    addEventListener("online", () => this.go());
    addEventListener("offline", () => this.offline());
    addEventListener("beforeunload", (event) => {
      if (this.waiting.length) event.preventDefault();
    });
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

  async go() {
    if (this.busy || this.paused || !this.waiting.length) return;
    clearTimeout(this.again);
    this.busy = true;
    if (!this.held) this.standing(say("saving"));
    const next = this.waiting[0];
    try {
      const answer = await this.post(next.context.url ?? this.root.dataset.act, next.data);
      this.held = false;
      if (this.isOut(answer)) this.pause();
      else if (answer.status >= 500) this.failed(next);
      else {
        this.waiting.shift();
        next.done(await this.read(answer, next));
      }
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      this.offline();
    } finally {
      this.busy = false;
    }
    if (this.waiting.length && !this.held) this.go();
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

  pause() {
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
    this.refused({ refused: say("dropped") }, next);
    next.done(null);
  }

  post(url, data) {
    const body = data instanceof FormData ? data : new FormData();
    if (!(data instanceof FormData)) for (const [name, value] of Object.entries(data)) for (const each of [value].flat()) body.append(name, each);
    body.set("csrfmiddlewaretoken", this.token);
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

  async read(answer, { data, context }) {
    const type = answer.headers.get("Content-Type") ?? "";
    if (!type.includes("json")) {
      if (answer.ok || answer.status === 422) return answer.text();
      this.standing(say("failed"));
      return null;
    }
    const given = await answer.json();
    if (given.reload) {
      location.reload();
      return null;
    }
    if (given.revision && !given.refused) this.revision = given.revision;
    if (given.saved) this.standing(given.saved);
    if (given.select) this.follow(data, given.select);
    if (given.errors || given.refused) this.refused(given, { data, context });
    else this.answered(given, context);
    return given;
  }

  // A title may give its question another identity: the acts that wait behind it follow.
  follow(sent, now) {
    const [act, before] = sent instanceof FormData ? [sent.get("act"), sent.get("at")] : [sent.act, sent.at];
    if (!RENAMING.includes(act) || before === now) return;
    for (const { data } of this.waiting) {
      for (const name of NAMED) {
        if (data instanceof FormData) data.get(name) === before && data.set(name, now);
        else if (Array.isArray(data[name])) data[name] = data[name].map((each) => (each === before ? now : each));
        else if (data[name] === before) data[name] = now;
      }
    }
  }
}
