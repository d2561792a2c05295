// Says how saving goes, and tries again until it does. htmx sends; the server's answer carries its own pieces.

const form = document.querySelector("form[data-autosave]");
const RETRY = 5000;
let again;

// The button that leaves the page with the form acts once: what is saved meanwhile does not press it too.
form.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.elt !== form) return;
  for (const button of form.querySelectorAll("button[name]")) event.detail.formData.delete(button.name);
});

const say = (text, late = false) => {
  const region = document.getElementById("saved");
  region.textContent = text;
  region.dataset.state = late ? "late" : "";
};

// Signing in again, in another tab, changed the form's token: take the new one from a fresh copy of the page.
const renew = async () => {
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok || new URL(answer.url).pathname !== location.pathname) return false;
  const [, token] = /name="csrfmiddlewaretoken" value="(\w+)"/.exec(await answer.text()) ?? [];
  if (token) form.elements.csrfmiddlewaretoken.value = token;
  return Boolean(token);
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
const elsewhere = (xhr) => xhr.responseURL && new URL(xhr.responseURL).pathname !== new URL(form.action).pathname;

const ours = (event) => event.detail.elt === form;

form.addEventListener("htmx:beforeRequest", (event) => {
  if (ours(event) && navigator.onLine) say(form.dataset.saySaving);
});

form.addEventListener("htmx:beforeSwap", (event) => {
  if (!ours(event) || !elsewhere(event.detail.xhr)) return;
  event.detail.shouldSwap = false;
  say(form.dataset.saySignedOut, true);
  retry(true);
});

form.addEventListener("htmx:responseError", (event) => {
  if (!ours(event)) return;
  const signedOut = refused(event.detail.xhr.status);
  say(signedOut ? form.dataset.saySignedOut : form.dataset.sayFailed, true);
  retry(signedOut);
});

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  form.addEventListener(name, (event) => {
    if (!ours(event)) return;
    say(form.dataset.sayOffline, true);
    retry();
  });
}

form.addEventListener("htmx:afterRequest", (event) => {
  if (!ours(event) || !event.detail.successful || elsewhere(event.detail.xhr)) return;
  clearTimeout(again);
  document.getElementById("saved").dataset.state = "";
  if (document.getElementById("saved").textContent === form.dataset.saySaving) say("");
});

window.addEventListener("online", () => window.htmx.trigger(form, "save"));

// What was typed a moment ago leaves before the page goes to the background.
let dirty = false;
form.addEventListener("input", () => { dirty = true; });
form.addEventListener("htmx:configRequest", () => { dirty = false; });
document.addEventListener("visibilitychange", () => {
  if (document.hidden && dirty) window.htmx.trigger(form, "save");
});

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
