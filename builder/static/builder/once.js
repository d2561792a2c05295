// A form that leads to another page is sent once, however often its button is pressed meanwhile.

const PATIENCE = 10000;

export function once(page) {
  page.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.leaving) {
      event.preventDefault();
      return;
    }
    form.dataset.leaving = "1";
    setTimeout(() => delete form.dataset.leaving, PATIENCE);
  });
  addEventListener("pageshow", () => page.querySelectorAll("[data-leaving]").forEach((form) => delete form.dataset.leaving));
}
