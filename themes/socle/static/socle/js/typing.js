// Spaces numbers and dates out once they are left, and ticks « Autre » when its text is written. Nothing is ever blocked.

const form = document.querySelector("form[data-autosave]");

// "3 3 3 5": groups of these sizes, where that makes the whole number; "4": groups of four, whatever its length.
const spaced = (text, mask) => {
  const bare = text.replace(/[\s.\-/]/g, "");
  const sizes = mask.split(" ").map(Number);
  if (sizes.length === 1) return bare.match(new RegExp(`.{1,${sizes[0]}}`, "g"))?.join(" ") ?? text;
  if (bare.length !== sizes.reduce((sum, size) => sum + size, 0)) return text;
  let place = 0;
  return sizes.map((size) => bare.slice(place, (place += size))).join(" ");
};

// The keyboard of a telephone gives figures and no bar.
const day = (text) => text.replace(/^\s*(\d{2})(\d{2})([12]\d{3})\s*$/, "$1/$2/$3");

form.addEventListener("focusout", ({ target }) => {
  if ("day" in target.dataset) target.value = day(target.value);
  if (!target.dataset.mask || !/^[\w\s.\-/]+$/.test(target.value)) return;
  target.value = spaced(target.value, target.dataset.mask);
});

form.addEventListener("input", ({ target }) => {
  const name = target.dataset.other;
  if (!name || !target.value) return;
  for (const control of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
    if (control.matches("select")) control.value = "__other__";
    else if (control.value === "__other__") control.checked = true;
  }
});
