// Says how saving goes, and tries again until it does. htmx sends; the server's answer carries its own pieces.

const form = document.querySelector("form[data-autosave]");
const RETRY = 5000;
let again;

const say = (text, late = false) => {
  const region = document.getElementById("saved");
  region.textContent = text;
  region.dataset.state = late ? "late" : "";
};

const retry = () => {
  clearTimeout(again);
  again = setTimeout(() => window.htmx.trigger(form, "save"), RETRY);
};

const reason = (status) => {
  if (status === 401 || status === 403) return form.dataset.saySignedOut;
  return form.dataset.sayFailed;
};

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
  retry();
});

form.addEventListener("htmx:responseError", (event) => {
  if (!ours(event)) return;
  say(reason(event.detail.xhr.status), true);
  retry();
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

// An error that came or went by itself changes what its control announces.
document.body.addEventListener("htmx:oobAfterSwap", () => {
  for (const place of form.querySelectorAll(".field__error")) {
    const field = place.closest("[data-question]");
    const wrong = place.childElementCount > 0;
    for (const control of field.querySelectorAll(".input, .choice input")) {
      if (control.closest("[data-question]") !== field) continue;
      if (wrong) control.setAttribute("aria-invalid", "true");
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
