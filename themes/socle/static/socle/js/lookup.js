// Searches a long list while one types (ARIA combobox). Without this file, « Chercher » lists what is found as buttons.

const form = document.querySelector("form[data-autosave]");
const WAIT = 200;

function enhance(box) {
  if (box.dataset.ready) return;
  box.dataset.ready = "true";
  const [input, button, list, status] = ["input", "button", "ul", "[role=status]"].map((part) => box.querySelector(part));
  const matches = box.parentElement.querySelector(".lookup__matches");
  let pause;
  let asked = 0;
  let current = -1;

  button.hidden = true;
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);

  const close = () => {
    list.hidden = true;
    current = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const point = (index) => {
    const options = [...list.children];
    current = (index + options.length) % options.length;
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place === current)));
    input.setAttribute("aria-activedescendant", options[current].id);
    options[current].scrollIntoView({ block: "nearest" });
  };

  const choose = (option) => {
    input.value = option.textContent;
    matches?.remove();
    close();
    status.textContent = "";
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const show = (results) => {
    list.replaceChildren(...results.map(({ label }, place) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${place}`;
      option.role = "option";
      option.ariaSelected = "false";
      option.textContent = label;
      return option;
    }));
    current = -1;
    list.hidden = !results.length;
    input.setAttribute("aria-expanded", String(results.length > 0));
    input.removeAttribute("aria-activedescendant");
    const { sayNone, sayOne, sayMany } = box.dataset;
    status.textContent = results.length > 1
      ? sayMany.replace("%(count)s", results.length)
      : results.length ? sayOne : sayNone;
  };

  const search = async () => {
    const typed = input.value.trim();
    const turn = ++asked;
    if (!typed) { close(); return; }
    const answer = await fetch(`${box.dataset.lookup}?q=${encodeURIComponent(typed)}`).catch(() => null);
    const found = answer?.ok && !answer.redirected ? await answer.json() : null;
    // A slower answer to an earlier search, or one that comes when the person is elsewhere, is not shown.
    if (turn !== asked || document.activeElement !== input) return;
    if (found) show(found.results);
    else { close(); status.textContent = box.dataset.sayFailed; }
  };

  // What is being looked for is no answer yet: it is saved when the input is left, or an option chosen.
  input.addEventListener("input", (event) => {
    event.stopPropagation();
    clearTimeout(pause);
    pause = setTimeout(search, WAIT);
  });

  input.addEventListener("keydown", (event) => {
    const open = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (open) point(event.key === "ArrowDown" ? current + 1 : current < 0 ? -1 : current - 1);
      else search();
    } else if (event.key === "Enter" && open && current >= 0) {
      event.preventDefault();
      choose(list.children[current]);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      close();
    }
  });

  input.addEventListener("blur", close);
  // Pressing on an option must not take the focus from the input, which would close the list.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
  // One may have begun before this file arrived.
  if (document.activeElement === input && input.value !== input.defaultValue) search();
}

const enhanceAll = () => form.querySelectorAll("[data-lookup]").forEach(enhance);
enhanceAll();
document.body.addEventListener("htmx:oobAfterSwap", enhanceAll);
