// Small comforts of every page. Nothing here is needed to use it.

const all = (selector, root = document) => [...root.querySelectorAll(selector)];

function menus() {
  for (const button of all("[data-menu]")) {
    const menu = document.getElementById(button.getAttribute("aria-controls"));
    button.addEventListener("click", () => {
      button.setAttribute("aria-expanded", String(menu.toggleAttribute("data-open")));
    });
  }
  const drawers = all("details.whoami");
  document.addEventListener("click", (event) => {
    for (const drawer of drawers) if (!drawer.contains(event.target)) drawer.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const drawer of drawers.filter((one) => one.open)) {
      drawer.open = false;
      drawer.querySelector("summary").focus();
    }
  });
}

const CONTROLS = "input:not([type=hidden]), select, textarea, fieldset";

// A link of the error summary lands on the control itself, not above it.
function focusTargets() {
  document.querySelector("[data-focus]")?.focus();
  document.addEventListener("click", (event) => {
    const link = event.target.closest('.errors a[href^="#"], .outline a[href*="#"], .notice a[href^="#"]');
    if (!link || link.pathname !== location.pathname) return;
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!target) return;
    const control = target.matches(".field")
      ? target.querySelector("[aria-invalid=true]") ?? target.querySelector(CONTROLS)
      : target;
    event.preventDefault();
    history.replaceState(null, "", link.hash);
    target.scrollIntoView();
    control?.focus({ preventScroll: true });
  });
}

function counts() {
  let pause;
  document.addEventListener("input", ({ target }) => {
    if (!target.matches("textarea[data-max]")) return;
    clearTimeout(pause);
    pause = setTimeout(() => {
      const line = target.parentElement.querySelector("[data-count]");
      const say = (number) => Number(number).toLocaleString(document.documentElement.lang);
      line.textContent = line.dataset.count
        .replace("%(count)s", say([...target.value].length))
        .replace("%(max)s", say(target.dataset.max));
    }, 400);
  });
}

function reveals() {
  for (const button of all("[data-reveal]")) {
    const input = document.getElementById(button.dataset.reveal);
    button.hidden = false;
    button.addEventListener("click", () => {
      const shown = input.type === "text";
      input.type = shown ? "password" : "text";
      button.setAttribute("aria-pressed", String(!shown));
    });
  }
}

function printing() {
  for (const button of all("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = all("main details:not([open])");
    for (const one of folded) one.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const one of folded) one.open = false;
  });
}

const TWICE = 3000;

// A button pressed twice acts once; a form that saves by itself sees to it alone.
function once() {
  const sent = new WeakMap();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.matches("[data-autosave]")) return;
    if (event.timeStamp - sent.get(form) < TWICE) event.preventDefault();
    else sent.set(form, event.timeStamp);
  });
}

for (const start of [menus, focusTargets, counts, reveals, printing, once]) start();
