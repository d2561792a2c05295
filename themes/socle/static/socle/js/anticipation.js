// Shows, hides and computes at once what the answers being typed will change. The server's answer has the last word.

const form = document.querySelector("form[data-autosave]");
const source = document.getElementById("rules");

const idOf = (path) => `f-${path.replaceAll(".", "-")}`;
const pathOf = (element) => element.dataset.question.replaceAll("-", ".");
const template = (place, path) => place.querySelector(`template[data-part="${path}"]`);

// Where a question stands within a place: on the page, or waiting to be shown.
const standing = (place, path) => place.querySelector(`#${idOf(path)}`) ?? template(place, path)?.content;

// -- Reading what is typed ---------------------------------------------------------------------------

const several = (place, selector) => [...place.querySelectorAll(selector)].map((each) => each.value);

const READERS = {
  document: (place) => several(place, "button[name=detach]"),
  checkboxes: (place, path) => several(place, `[name="${path}"]:checked`),
  checkbox: (place, path) => Boolean(place.querySelector(`[name="${path}"]:checked`)),
  radio: (place, path) => place.querySelector(`[name="${path}"]:checked`)?.value ?? null,
  entity_statuses: (place, path) => {
    const found = {};
    for (const each of place.querySelectorAll(`[name^="${path}."]`)) {
      if (each.value) found[each.name.slice(path.length + 1)] = each.value;
    }
    return found;
  },
};
READERS.yesno = READERS.radio;

function typed(question, place, path) {
  if (!place || question.compute) return null;
  if (question.rows) {
    return several(place, `input[name="${path}#"]`).map((row) => ({ _row: row, ...all(question.rows, [place], `${path}.${row}.`) }));
  }
  return READERS[question.control]?.(place, path) ?? place.querySelector(`[name="${path}"]`)?.value ?? null;
}

function all(questions, places, prefix = "") {
  const raw = {};
  for (const question of questions) {
    const path = prefix + question.name;
    const place = places.map((each) => standing(each, path)).find(Boolean);
    raw[question.name] = typed(question, place, path);
  }
  return raw;
}

// -- Saying what is computed -------------------------------------------------------------------------

function figure(value, places) {
  const digits = String(Math.abs(value)).padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places).replace(/\B(?=(\d{3})+$)/g, "\u202f");
  return (value < 0 ? "−" : "") + whole + (places ? `,${digits.slice(-places)}` : "");
}

function day(iso) {
  const [year, month, date] = iso.split("-").map(Number);
  const named = new Date(Date.UTC(2000, month - 1)).toLocaleDateString("fr", { month: "long", timeZone: "UTC" });
  return [date === 1 ? "1er" : date, named, String(year).padStart(4, "0")].join("\u00a0");
}

function said(question, value) {
  if (value === null || value === undefined) return "–";
  if (question.kind === "number") {
    const unit = question.money ? "€" : question.unit;
    return figure(value, question.places) + (unit ? `\u00a0${unit}` : "");
  }
  if (question.kind === "boolean") return value ? "Oui" : "Non";
  return question.kind === "date" ? day(value) : question.choices?.[value] ?? value;
}

// -- Parts of the page -------------------------------------------------------------------------------

// The questions of the program with their paths, rows included.
function* placed(questions, raw, prefix = "") {
  for (const question of questions) {
    const path = prefix + question.name;
    yield [question, path];
    if (!question.rows) continue;
    for (const row of raw[question.name] ?? []) yield* placed(question.rows, row, `${path}.${row._row}.`);
  }
}

// What is shown is in what the page sends, with all that came with it.
function send(element, groups) {
  const shown = document.getElementById("shown");
  const paths = new Set(shown.value.split(" ").filter(Boolean));
  for (const each of [element, ...element.querySelectorAll("[data-question]")]) {
    if (each.dataset.question) paths.add(groups.has(pathOf(each)) ? `${pathOf(each)}#` : pathOf(each));
  }
  shown.value = [...paths].join(" ");
}

// Brings a part or puts it aside; gives whether it was brought, since others may be waiting in it.
function stand(path, id, visible, groups) {
  const element = document.getElementById(id);
  if (element) {
    element.hidden = !visible;
    return false;
  }
  const waiting = visible && template(form, path);
  if (!waiting) return false;
  const part = waiting.content.firstElementChild;
  waiting.replaceWith(waiting.content);
  send(part, groups);
  return true;
}

const stands = (path) =>
  Boolean(document.getElementById(path.startsWith("section:") ? `s-${path.slice(8)}` : idOf(path)));

function anticipate({ program, given }, judge) {
  let brought = true;
  while (brought) {
    const aside = [...form.querySelectorAll('template[data-part^="section:"]')].map((each) => each.content);
    const raw = all(program.questions, [form, ...aside]);
    const found = judge(program, raw, given, stands);
    const questions = [...placed(program.questions, raw)];
    const groups = new Set(questions.filter(([question]) => question.rows).map(([, path]) => path));
    brought = false;
    for (const { id, left } of program.sections) {
      if (left) continue;
      brought = stand(`section:${id}`, `s-${id}`, found.sections.has(id), groups) || brought;
    }
    for (const [question, path] of questions) {
      if (question.left) continue;
      brought = stand(path, idOf(path), found.visible.has(path), groups) || brought;
      const line = question.compute && document.getElementById(`c-${path.replaceAll(".", "-")}`);
      if (line) line.textContent = said(question, found.computed.get(path));
    }
  }
}

// -- The server's answer -----------------------------------------------------------------------------

const isPart = (element) => element.matches?.("[data-question], section[id^='s-']");
const partOf = (element) => (element.dataset.question ? pathOf(element) : `section:${element.id.slice(2)}`);

// What the server takes away waits where it stood, with what was typed in it.
function keep(event) {
  const { target, fragment } = event.detail;
  if (!isPart(target) || fragment.childElementCount) return;
  event.detail.shouldSwap = false;
  const aside = document.createElement("template");
  aside.dataset.part = partOf(target);
  target.replaceWith(aside);
  target.hidden = false;
  aside.content.append(target);
}

// What the server brings takes the place of what was waiting for it.
function place() {
  for (const aside of form.querySelectorAll("template[data-part]")) {
    const { part } = aside.dataset;
    const element = document.getElementById(part.startsWith("section:") ? `s-${part.slice(8)}` : idOf(part));
    if (element) aside.replaceWith(element);
  }
}

// What was brought while the server answered is not in what it says the page shows.
function rejoin() {
  const shown = document.getElementById("shown");
  const paths = new Set(shown.value.split(" ").filter(Boolean));
  for (const each of form.querySelectorAll("[data-question]")) {
    const rows = document.getElementById(`rows-${each.dataset.question}`);
    if (!each.closest("[hidden]")) paths.add(rows ? `${pathOf(each)}#` : pathOf(each));
  }
  shown.value = [...paths].join(" ");
}

// Everything that the server left on the page is visible.
function settle() {
  for (const element of form.querySelectorAll("[data-question][hidden], section[hidden]")) element.hidden = false;
}

async function start() {
  const known = JSON.parse(source.textContent);
  let judge;
  const run = () => judge && anticipate(known, judge);
  let changes = 0;
  let sent = 0;
  for (const name of ["input", "change"]) {
    form.addEventListener(name, () => {
      changes += 1;
      run();
    });
  }
  form.addEventListener("htmx:configRequest", () => { sent = changes; });
  document.body.addEventListener("htmx:oobBeforeSwap", keep);
  document.body.addEventListener("htmx:oobAfterSwap", ({ detail }) => {
    place();
    if (detail.target.matches?.(".files")) run();
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt !== form || !event.detail.successful) return;
    if (sent === changes) settle();
    else {
      run();
      rejoin();
    }
  });
  // What is typed and answered before the rules have arrived counts as well.
  ({ judge } = await import(form.dataset.rules));
  if (changes) run();
}

if (source) start();
