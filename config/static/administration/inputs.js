// Starts the inputs of the administration whose templates Wagtail ends with a script of their own.
(() => {
  const choosers = { date: "initDateChooser", time: "initTimeChooser", datetime: "initDateTimeChooser" };
  const panels = { inline: "InlinePanel", multiple: "MultipleChooserPanel" };

  addEventListener("DOMContentLoaded", () => {
    for (const mark of document.querySelectorAll("[data-starts-chooser]")) {
      window[choosers[mark.dataset.startsChooser]](mark.dataset.for, JSON.parse(mark.dataset.config));
    }
    for (const mark of document.querySelectorAll("[data-starts-widget]")) {
      new window[mark.dataset.startsWidget](mark.dataset.for, JSON.parse(mark.dataset.options));
    }
    for (const mark of document.querySelectorAll("[data-starts-panel]")) {
      new window[panels[mark.dataset.startsPanel]](JSON.parse(mark.dataset.options));
    }
  });
})();
