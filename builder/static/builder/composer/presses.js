// A double-click presses once: its second click counts only over the same dialog or page, and repeats no act.

const REPEATED = '[value=up], [value=down], [data-builder-act=up], [data-builder-act=down], [data-cell-act=up], [data-cell-act=down], [data-carry] button';
let first = null;

const above = () => [...document.querySelectorAll("dialog[open]")].at(-1) ?? null;

// In the page, and in the frame of the preview.
export function pressOnce(page) {
  for (const name of ["mousedown", "click", "dblclick"]) page.addEventListener(name, judge, true);
}

function judge(event) {
  if (event.type === "mousedown" && event.detail < 2) first = above();
  if (event.detail < 2 || (above() === first && !repeats(event))) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

function repeats({ type, target }) {
  const pressed = type === "click" && target.closest?.("button, summary, a[href]");
  return pressed && !pressed.matches(REPEATED);
}
