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

function body(input, file) {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  data.set("revision", document.getElementById("revision").value);
  data.set("question", input.dataset.path);
  if (input.name.startsWith("replace.")) data.set("replace", input.name.slice("replace.".length));
  data.set("file", file);
  return data;
}

function send(input, file) {
  return new Promise((done) => {
    const list = document.getElementById(`files-${input.dataset.path.replaceAll(".", "-")}`);
    const shown = line(list, file);
    const request = new XMLHttpRequest();
    request.open("POST", form.dataset.attach);
    request.setRequestHeader("HX-Request", "true");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) shown.bar.value = event.loaded / event.total;
    });
    request.addEventListener("load", () => {
      const redirection = request.getResponseHeader("HX-Redirect");
      if (redirection) location.assign(redirection);
      else if (request.status === 200 && request.responseURL.endsWith(form.dataset.attach)) {
        shown.item.remove();
        window.htmx.swap(document.body, request.responseText, { swapStyle: "none" });
      } else if (request.status === 422) {
        refuse(shown, request.responseText.trim() || form.dataset.sayRefused);
      } else refuse(shown, form.dataset.sayRefused);
      done();
    });
    request.addEventListener("error", () => { refuse(shown, form.dataset.sayOffline); done(); });
    request.send(body(input, file));
  });
}

// One after the other: each answer carries the revision the next one must send.
let queue = Promise.resolve();
function sendAll(input, files) {
  for (const file of files) queue = queue.then(() => send(input, file));
}

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

for (const name of ["dragover", "dragleave", "drop"]) {
  form.addEventListener(name, (event) => {
    const zone = event.target.closest("[data-drop]");
    if (!zone) return;
    event.preventDefault();
    zone.classList.toggle("drop--over", name === "dragover");
    if (name === "drop") sendAll(zone.querySelector("input[type=file]"), [...event.dataTransfer.files]);
  });
}
