// What the editor says to a screen reader: one polite region, which stands in the dialog that is open.

const region = document.querySelector("[data-say]");
const home = region?.parentElement;
const HEARD = 60;
const LATELY = 1000;
let waiting;
let said = { until: 0 };

// Behind a modal dialog nothing is heard; a region that has just moved needs a moment to be.
export function announce(text) {
  said = { text, until: Date.now() + LATELY };
  const holder = [...document.querySelectorAll("dialog[open]")].at(-1) ?? home;
  clearTimeout(waiting);
  if (region.parentElement === holder) {
    region.textContent = text;
    return;
  }
  region.textContent = "";
  holder.append(region);
  waiting = setTimeout(() => (region.textContent = text), HEARD);
}

// What was just said in a dialog that closes is said again where it may be heard.
document.addEventListener("close", ({ target }) => region && target.contains(region) && Date.now() < said.until && announce(said.text), true);
