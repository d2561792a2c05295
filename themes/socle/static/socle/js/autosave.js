// Says how saving goes, and tries again until it does. htmx sends; the server's answer carries its own pieces.

const form = document.querySelector("form[data-autosave]");
const address = new URL(form.getAttribute("action"), location.href).pathname;
const RETRY = 5000;
// What a browser lets leave with a page, less a margin.
const LAST_WORD = 60_000;
let again;
// Whether something was typed since a save left, whether one that left was not taken, and why.
let typed = false;
let unanswered = false;
let late = false;
let unreachable = false;
let outdated = false;

// The button that leaves the page with the form acts once: what is saved meanwhile does not press it too.
form.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.elt !== form) return;
  for (const button of form.querySelectorAll("button[name]")) event.detail.formData.delete(button.name);
});

// What goes wrong is also said where one is on the page.
const say = (text, wrong = false) => {
  const region = document.getElementById("saved");
  region.textContent = text;
  region.dataset.state = wrong ? "late" : "";
  const beside = document.getElementById("late");
  if (late && !wrong) return;
  beside.hidden = !wrong;
  beside.textContent = text;
};

const failed = (text, without = false) => {
  late = true;
  unreachable = without;
  say(text, true);
};

// What leaves is counted: where an answer is late, the server knows which of two was typed last.
const place = form.querySelector("[name=wizard-window]");
const shownAs = place.value;
let turn = 0;
form.addEventListener("formdata", ({ formData }) => {
  turn += 1;
  formData.set(place.name, `${shownAs}.${turn}`);
});

// Signing in again, in another tab, changed the form's token: take the new one from a fresh copy of the page.
const renew = async () => {
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok || new URL(answer.url).pathname !== location.pathname) return false;
  const [, token] = /name="csrfmiddlewaretoken" value="(\w+)"/.exec(await answer.text()) ?? [];
  if (!token) return false;
  form.querySelector("[name=csrfmiddlewaretoken]").value = token;
  outdated = false;
  return true;
};

const retry = (signedOut = false) => {
  clearTimeout(again);
  again = setTimeout(async () => {
    if (!signedOut || (await renew())) window.htmx.trigger(form, "save");
    else retry(true);
  }, RETRY);
};

const refused = (status) => status === 401 || status === 403;

// A session that ended answers with the sign-in page, at another address.
const elsewhere = (xhr) => xhr.responseURL && new URL(xhr.responseURL).pathname !== address;

const ours = (event) => event.detail.elt === form;

form.addEventListener("htmx:beforeRequest", (event) => {
  if (ours(event) && navigator.onLine) say(form.dataset.saySaving);
});

form.addEventListener("htmx:beforeSwap", (event) => {
  if (!ours(event) || !elsewhere(event.detail.xhr)) return;
  event.detail.shouldSwap = false;
  failed(form.dataset.saySignedOut);
  retry(true);
});

form.addEventListener("htmx:responseError", (event) => {
  if (!ours(event)) return;
  const signedOut = refused(event.detail.xhr.status);
  outdated = event.detail.xhr.status === 403;
  failed(signedOut ? form.dataset.saySignedOut : form.dataset.sayFailed);
  retry(signedOut);
});

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  form.addEventListener(name, (event) => {
    if (!ours(event)) return;
    failed(form.dataset.sayOffline, true);
    retry();
  });
}

form.addEventListener("htmx:afterRequest", (event) => {
  if (!ours(event)) return;
  const { successful, xhr } = event.detail;
  // The dossier can no longer be changed: the page that the answer leads to says so.
  if (xhr.getResponseHeader("HX-Redirect")) typed = unanswered = false;
  if (!successful || elsewhere(xhr)) return;
  clearTimeout(again);
  unanswered = late = unreachable = false;
  document.getElementById("saved").dataset.state = "";
  document.getElementById("late").hidden = true;
  if (document.getElementById("saved").textContent === form.dataset.saySaving) say("");
});

window.addEventListener("online", () => window.htmx.trigger(form, "save"));

for (const name of ["input", "change"]) {
  form.addEventListener(name, ({ target }) => { typed ||= target.type !== "file"; }, { capture: true });
}
form.addEventListener("htmx:configRequest", (event) => {
  if (!ours(event)) return;
  typed = false;
  unanswered = true;
});

// What was typed a moment ago leaves before the page goes to the background.
document.addEventListener("visibilitychange", () => {
  if (document.hidden && typed) window.htmx.trigger(form, "save");
});

const answers = () => {
  const sent = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") sent.append(name, value);
  return sent;
};

// Nor is it lost when the page is left for another: nothing then waits for the answer.
function leave() {
  if (!typed && !unanswered) return;
  typed = unanswered = false;
  const lost = () => { unanswered = true; };
  fetch(address, { method: "POST", body: answers(), headers: { "HX-Request": "true" }, keepalive: true })
    .then((answer) => { if (!answer.ok) lost(); }, lost);
}

window.addEventListener("beforeunload", (event) => {
  if (!typed && !unanswered) return;
  if (late || !navigator.onLine || answers().toString().length > LAST_WORD) event.preventDefault();
  else leave();
});
window.addEventListener("pagehide", leave);

// A button of the form takes along all that was typed; without a network, or with the token of a session that is
// over, it would lead to a page that keeps none of it.
document.addEventListener("submit", (event) => {
  if (event.target !== form || event.defaultPrevented) return;
  if (navigator.onLine && !unreachable && !outdated) {
    typed = unanswered = false;
    return;
  }
  event.preventDefault();
  const { submitter } = event;
  if (outdated) {
    renew().then((renewed) => { if (renewed) form.requestSubmit(submitter); });
    return;
  }
  failed(form.dataset.sayOffline, true);
  window.htmx.trigger(form, "save");
});

form.addEventListener("say", ({ detail }) => say(detail.text, detail.wrong));

// An error that came or went by itself changes how its field looks and what its control announces.
document.body.addEventListener("htmx:oobAfterSwap", () => {
  for (const place of form.querySelectorAll(".field__error")) {
    const field = place.closest("[data-question]");
    const problem = place.firstElementChild;
    const parts = problem?.dataset.part?.split(" ");
    field.classList.toggle("field--error", Boolean(problem));
    for (const control of field.querySelectorAll(".input, .choice input, .drop input")) {
      if (control.closest("[data-question]") !== field) continue;
      // Of an answer in several parts, only those that the problem is about.
      if (problem && (!parts || parts.includes(control.dataset.part))) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    }
  }
});

// Where something was typed since the last save left; and the revision that the page had before its answer.
const since = new Set();
let before;
form.addEventListener("input", ({ target }) => { since.add(target); }, { capture: true });
form.addEventListener("htmx:configRequest", (event) => { if (ours(event)) since.clear(); });

// An answer whose two values are on the page already is not drawn again under the person who types. Nor is one
// that was typed further meanwhile: the page is then as if it had not been answered, so that what is in the
// field is what the next save sets aside.
document.body.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
  const { target } = detail;
  if (target.id === "revision") before = target.value;
  const [here, coming] = [target, detail.fragment].map((each) => each?.querySelector?.(".conflict"));
  if (!coming) return;
  if ([...since].some((control) => target.contains(control))) {
    detail.shouldSwap = false;
    document.getElementById("revision").value = before;
  } else if (here?.textContent === coming.textContent) detail.shouldSwap = false;
});

// The outline keeps its open sections when it is drawn anew.
let opened = [];
document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
  if (event.detail.target?.id !== "outline") return;
  opened = [...event.detail.target.querySelectorAll("details")].map((one) => one.open);
});
document.body.addEventListener("htmx:oobAfterSwap", (event) => {
  if (event.detail.target?.id !== "outline") return;
  document.querySelectorAll("#outline details").forEach((one, index) => {
    if (index in opened) one.open = opened[index];
  });
});
