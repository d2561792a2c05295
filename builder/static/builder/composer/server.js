// Sends acts to the server one after the other, keeps those that could not leave, and tells what was answered.

import { say } from "./words.js";

const PAUSE = 3000;

export class Server {
  constructor(root, { answered, refused, standing }) {
    this.root = root;
    this.answered = answered;
    this.refused = refused;
    this.standing = standing;
    this.revision = Number(root.dataset.revision);
    this.waiting = [];
    this.busy = false;
    addEventListener("online", () => this.go());
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
      this.waiting.push({ data, context, done });
      this.go();
    });
    return this.last;
  }

  async go() {
    if (this.busy || !this.waiting.length) return;
    this.busy = true;
    this.standing(say("saving"));
    const next = this.waiting[0];
    try {
      const answer = await this.post(next.context.url ?? this.root.dataset.act, next.data);
      this.waiting.shift();
      next.done(await this.read(answer, next));
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      this.standing(say("offline", { count: this.waiting.length }));
      setTimeout(() => this.go(), PAUSE);
    } finally {
      this.busy = false;
    }
    if (this.waiting.length && navigator.onLine) this.go();
  }

  post(url, data) {
    const body = data instanceof FormData ? data : new FormData();
    if (!(data instanceof FormData)) for (const [name, value] of Object.entries(data)) for (const each of [value].flat()) body.append(name, each);
    body.set("csrfmiddlewaretoken", this.token);
    body.set("revision", data instanceof FormData && body.get("act") === "set" ? body.get("revision") || this.revision : this.revision);
    for (const [name, value] of Object.entries(this.choices?.() ?? {})) body.set(name, value);
    return fetch(url, { method: "POST", body, headers: { "X-Composer": "1", "X-Requested-With": "XMLHttpRequest" } });
  }

  // What is asked aside, besides the acts; null where nothing could be answered.
  async tell(url, data) {
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...data, csrfmiddlewaretoken: this.token })) body.set(name, value);
    try {
      const answer = await fetch(url, { method: "POST", body, headers: { "X-Composer": "1", "X-Requested-With": "XMLHttpRequest" } });
      return answer.ok && !answer.redirected ? await answer.json() : null;
    } catch (error) {
      if (error instanceof TypeError) return null;
      throw error;
    }
  }

  async read(answer, { data, context }) {
    if (answer.redirected || answer.status === 403) {
      this.standing(say("signedOut"));
      return null;
    }
    const type = answer.headers.get("Content-Type") ?? "";
    if (!type.includes("json")) {
      if (answer.ok) return answer.text();
      if (answer.status === 422) return answer.text();
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
    if (given.errors || given.refused) this.refused(given, { data, context });
    else this.answered(given, context);
    return given;
  }
}
