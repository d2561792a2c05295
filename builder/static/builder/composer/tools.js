// The small bar on what is selected in the preview, and the line under it where a question is added.

import { element, say } from "./words.js";

const SIGNS = [["up", "▲"], ["down", "▼"], ["duplicate", "×2"], ["delete", "✕"]];

export function lay(found, row) {
  const bar = element("div", { class: "builder-tools", role: "group", "aria-label": say("tools", { title: row?.title ?? "" }), "data-builder-tools": "" });
  for (const [act, sign] of SIGNS) {
    bar.append(element("button", { type: "button", "data-builder-act": act, title: say(act), "aria-label": say(act) }, sign));
  }
  const add = element("p", { class: "builder-add", "data-builder-tools": "" }, element("button", { type: "button", "data-builder-act": "add" }, `+ ${say("addHere")}`));
  found.prepend(bar);
  found.after(add);
}
