// On a draft that cannot be read, Ctrl . mends the problem where the hand is, else the first that surely can be.

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key !== ".") return;
  const button = event.target.closest?.("li")?.querySelector("[data-mend]") ?? document.querySelector("[data-mend]");
  if (!button) return;
  event.preventDefault();
  button.click();
});
