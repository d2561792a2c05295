// Sends each chosen or dropped file at once, and says how it goes. Without this file, files leave with the form.

const form = document.querySelector("form[data-autosave]");

function line(list, file) {
  const item = document.createElement("li");
  item.className = "file";
  const body = document.createElement("div");
  const name = document.createElement("span");
  name.className = "file__name";
  name.textContent = file.name;
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", form.dataset.saySending.replace("%(name)s", file.name));
  const state = document.createElement("p");
  state.className = "file__state";
  state.setAttribute("role", "status");
  body.append(name, bar, state);
  item.append(body);
  list.append(item);
  return { item, bar, state };
}

function refuse({ item, bar, state }, sentence) {
  bar.remove();
  item.classList.add("file--no");
  state.textContent = sentence;
}

function body(path, fields) {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
  data.set("question", path);
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

const say = (text, wrong = false) => form.dispatchEvent(new CustomEvent("say", { detail: { text, wrong } }));

const listOf = (path) => document.getElementById(`files-${path.replaceAll(".", "-")}`);

// A session that ended answers with the sign-in page, at another address; a new one refuses the old token.
const signedOut = (request) => request.status === 403 || !request.responseURL.endsWith(form.dataset.attach);

// Sends one act on a question's files and puts the answer's pieces in place; `refused` says why it could not be.
function post(path, fields, { progress = () => {}, refused }) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.dataset.attach);
    request.setRequestHeader("HX-Request", "true");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    });
    request.addEventListener("load", () => {
      const redirection = request.getResponseHeader("HX-Redirect");
      if (redirection) location.assign(redirection);
      else if (request.status === 200 && request.responseURL.endsWith(form.dataset.attach)) {
        window.htmx.swap(document.body, request.responseText, { swapStyle: "none" });
        done(true);
        return;
      } else if (request.status === 422) refused(request.responseText.trim() || form.dataset.sayRefused);
      else if (signedOut(request)) {
        refused(form.dataset.saySignedOutFile);
        // Which says it of the answers too, and takes the new session's token once there is one.
        window.htmx.trigger(form, "save");
      } else refused(form.dataset.sayRefused);
      done(false);
    });
    request.addEventListener("error", () => { refused(form.dataset.sayOffline); done(false); });
    request.send(body(path, fields));
  });
}

// One after the other: each answer draws the list that the next one adds to.
let queue = Promise.resolve();
let waiting = 0;
let refusals = 0;
function enqueue(act) {
  waiting += 1;
  queue = queue.then(act).finally(() => { waiting -= 1; });
  return queue;
}

async function send(input, file) {
  const path = input.dataset.path;
  const shown = line(listOf(path), file);
  const fields = { file };
  if (input.name.startsWith("replace.")) fields.replace = input.name.slice("replace.".length);
  const taken = await post(path, fields, {
    progress: (part) => { shown.bar.value = part; },
    refused: (sentence) => {
      refusals += 1;
      refuse(shown, sentence);
    },
  });
  if (taken) shown.item.remove();
}

function sendAll(input, files) {
  for (const old of listOf(input.dataset.path).querySelectorAll(".file--no")) old.remove();
  for (const file of files) enqueue(() => send(input, file));
}

async function remove(button) {
  const item = button.closest(".file");
  const list = button.closest(".files");
  const path = list.dataset.path;
  button.disabled = true;
  const gone = await post(path, { detach: button.value }, {
    refused: (sentence) => {
      refusals += 1;
      button.disabled = false;
      item.querySelector(".file__state").textContent = sentence;
    },
  });
  if (!gone) return;
  say(form.dataset.sayRemoved);
  document.querySelector(`input[type=file][name="${CSS.escape(path)}"]`).focus();
}

form.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=detach]");
  if (!button) return;
  event.preventDefault();
  enqueue(() => remove(button));
});

// What was refused stays said while the answers about other files draw the list again.
let kept = [];
document.body.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
  if (detail.target?.matches?.(".files")) kept = [...detail.target.querySelectorAll(".file--no")];
});
document.body.addEventListener("htmx:oobAfterSwap", ({ detail }) => {
  if (detail.target?.matches?.(".files")) detail.target.append(...kept.splice(0));
});

// What leaves the page waits for the files that are still leaving, and stays where one of them was refused.
let leaving = false;
async function go(submitter) {
  const before = refusals;
  leaving = true;
  while (waiting) await queue;
  leaving = false;
  if (refusals === before) {
    form.requestSubmit(submitter);
    return;
  }
  say(form.dataset.sayStayed, true);
  const refused = form.querySelector(".file--no");
  refused?.scrollIntoView({ block: "center" });
  refused?.closest(".field")?.querySelector("input[type=file]")?.focus({ preventScroll: true });
}

form.addEventListener("submit", (event) => {
  if (!waiting) return;
  event.preventDefault();
  say(form.dataset.sayWaiting);
  if (!leaving) go(event.submitter);
});

window.addEventListener("beforeunload", (event) => { if (waiting) event.preventDefault(); });

// Neither event may reach autosave: a file is no answer to save, and leaves from here.
for (const name of ["input", "change"]) {
  form.addEventListener(name, (event) => {
    const input = event.target.closest("input[type=file][data-path]");
    if (!input) return;
    event.stopImmediatePropagation();
    if (name === "input") return;
    const files = [...input.files];
    input.value = "";
    sendAll(input, files);
  }, { capture: true });
}

// What was chosen before this file arrived leaves as well.
for (const input of form.querySelectorAll("input[type=file][data-path]")) {
  const files = [...input.files];
  input.value = "";
  if (files.length) sendAll(input, files);
}

for (const name of ["dragover", "dragleave", "drop"]) {
  form.addEventListener(name, (event) => {
    const zone = event.target.closest("[data-drop]");
    if (!zone) return;
    event.preventDefault();
    zone.classList.toggle("drop--over", name === "dragover");
    if (name === "drop") sendAll(zone.querySelector("input[type=file]"), [...event.dataTransfer.files]);
  });
}
