// What the editor says to a screen reader: one polite region, which stands in the dialog that is open.

const region = document.querySelector("[data-say]");
const home = region?.parentElement;
const HEARD = 60;
let waiting;

// Behind a modal dialog nothing is heard; a region that has just moved needs a moment to be.
export function announce(text) {
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
