// The text of a definition in CodeMirror: colours, folding, search, completion and help from the language itself.
// It stands over the textarea, which stays what is sent, and which alone is there without scripts.

import {
  EditorState, EditorView, HighlightStyle, autocompletion, bracketMatching, closeBrackets, closeBracketsKeymap, completionKeymap,
  defaultKeymap, drawSelection, foldGutter, foldKeymap, highlightActiveLine, highlightSelectionMatches, history, historyKeymap,
  hoverTooltip, indentUnit, json, keymap, lineNumbers, lintGutter, search, searchKeymap, setDiagnostics, syntaxHighlighting, syntaxTree, tags,
} from "./vendor/codemirror.js";

const language = JSON.parse(document.getElementById("langue")?.textContent ?? "null");
const QUESTION_KEYS = ["title", "description", "type", "x-field", "format", "enum", "oneOf", "items"];

const look = EditorView.theme({
  "&": { height: "100%", fontSize: "0.875rem", color: "var(--w-color-text-context)", backgroundColor: "var(--w-color-surface-field)" },
  ".cm-scroller": { fontFamily: "var(--w-font-mono, monospace)", lineHeight: "1.5rem" },
  ".cm-content": { caretColor: "var(--w-color-text-context)" },
  ".cm-cursor": { borderLeftColor: "var(--w-color-text-context)" },
  ".cm-gutters": { backgroundColor: "var(--w-color-surface-header)", color: "var(--w-color-text-meta)", border: "0" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--w-color-secondary) 10%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "color-mix(in srgb, var(--w-color-secondary) 30%, transparent)" },
  ".cm-tooltip, .cm-panels": { color: "var(--w-color-text-context)", backgroundColor: "var(--w-color-surface-page)", border: "1px solid var(--w-color-border-furniture)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { color: "#fff", backgroundColor: "hsl(181.9 100% 18.4%)" },
  ".cm-help": { padding: "0.4rem 0.6rem", maxWidth: "24rem" },
});

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--w-color-text-label)", fontWeight: "600" },
  { tag: tags.string, color: "light-dark(hsl(30 100% 22%), hsl(40 95% 78%))" },
  { tag: [tags.number, tags.bool, tags.null], color: "light-dark(hsl(194 66% 25%), hsl(194 70% 80%))" },
]);

// The path of keys and numbers that leads to a node, and the object that holds it.
function pathOf(state, node) {
  const path = [];
  for (let each = node; each; each = each.parent) {
    if (each.name === "Property") path.unshift(text(state, each.firstChild));
    else if (each.parent?.name === "Array") {
      let number = 0;
      for (let before = each.prevSibling; before; before = before.prevSibling) if (!/^[[\],]$/.test(before.name)) number += 1;
      path.unshift(number);
    }
  }
  return path;
}

function text(state, node) {
  const raw = state.sliceDoc(node.from, node.to);
  return raw.startsWith('"') ? raw.replace(/^"|"$/g, "") : raw;
}

function resolved(schema) {
  return schema?.$ref ? language.schema.$defs[schema.$ref.split("/").at(-1)] : schema;
}

// What may stand at a path: the meta-schema above the questions, the types' own options inside them.
function schemaAt(path, type) {
  const answers = path.indexOf("answers");
  if (answers < 0) {
    let here = language.schema;
    for (const step of path) {
      here = resolved(here);
      here = typeof step === "number" ? here?.items : (here?.properties?.[step] ?? here?.additionalProperties);
    }
    return resolved(here);
  }
  const inside = path.slice(answers + 1).filter((step) => step !== "items" || path.at(-1) === "items");
  const depth = inside.length - inside.lastIndexOf("properties");
  if (!inside.includes("properties")) return { properties: { type: {}, properties: {}, required: {} } };
  if (depth === 1) return {};
  const known = language.types[type] ?? { options: {}, keywords: [] };
  const own = { properties: { type: { enum: Object.keys(language.types) }, ...language.common, ...known.options } };
  if (inside.at(-1) === "x-field") return own;
  if (inside.at(-2) === "x-field") return inside.at(-1) === "type" ? own.properties.type : own.properties[inside.at(-1)];
  if (depth === 2) return { properties: Object.fromEntries([...QUESTION_KEYS, ...known.keywords].map((key) => [key, {}])) };
  return inside.at(-1) === "type" ? { enum: ["string", "integer", "boolean", "array", "object"] } : {};
}

// The type that the question around a node says it is of.
function typeAround(state, node) {
  for (let each = node; each; each = each.parent) {
    if (each.name !== "Object") continue;
    const found = state.sliceDoc(each.from, each.to).match(/"x-field"\s*:\s*\{[^{}]*"type"\s*:\s*"([a-z_]+)"/) ?? (each.parent?.name === "Property" && text(state, each.parent.firstChild) === "x-field" ? state.sliceDoc(each.from, each.to).match(/"type"\s*:\s*"([a-z_]+)"/) : null);
    if (found) return found[1];
  }
  return "text";
}

function said(schema) {
  return [schema?.title, schema?.description].filter(Boolean).join(" : ");
}

function values(schema) {
  const listed = schema?.enum ?? schema?.oneOf?.map((each) => each.const) ?? (schema?.const !== undefined ? [schema.const] : schema?.type === "boolean" ? [true, false] : []);
  return listed.map((value) => ({ label: JSON.stringify(value), type: "constant", detail: language.types[value]?.title ?? schema?.oneOf?.find((each) => each.const === value)?.title }));
}

function complete(context) {
  const node = syntaxTree(context.state).resolveInner(context.pos, -1);
  const word = context.matchBefore(/"[\w-]*/);
  if (!word && !context.explicit) return null;
  const type = typeAround(context.state, node);
  const before = context.state.sliceDoc(0, word?.from ?? context.pos).trimEnd();
  if (before.endsWith(":")) {
    const options = values(schemaAt(pathOf(context.state, node), type));
    return options.length ? { from: word?.from ?? context.pos, options, validFor: /^"?[\w-]*"?$/ } : null;
  }
  let holder = node;
  while (holder && holder.name !== "Object") holder = holder.parent;
  const schema = schemaAt(holder ? pathOf(context.state, holder) : [], type);
  const options = Object.entries(schema?.properties ?? {}).map(([key, each]) => ({ label: `"${key}"`, apply: `"${key}": `, type: "property", info: said(resolved(each)) || undefined }));
  return options.length ? { from: word?.from ?? context.pos, options, validFor: /^"?[\w-]*"?$/ } : null;
}

const help = hoverTooltip((view, place) => {
  const node = syntaxTree(view.state).resolveInner(place, 1);
  if (node.name !== "PropertyName") return null;
  const found = said(resolved(schemaAt(pathOf(view.state, node), typeAround(view.state, node))));
  if (!found) return null;
  return {
    pos: node.from,
    create: () => {
      const dom = document.createElement("div");
      dom.className = "cm-help";
      dom.textContent = found;
      return { dom };
    },
  };
});

class Expert {
  constructor(area) {
    this.area = area;
    this.frame = area.closest(".definition__frame");
    const host = document.createElement("div");
    host.className = "definition__code";
    // Inside a shadow tree CodeMirror's styles are adopted sheets, which the content security policy allows.
    const shadow = host.attachShadow({ mode: "open" });
    this.view = new EditorView({ root: shadow, parent: shadow, state: this.state() });
    const [written, { selectionStart: anchor, selectionEnd: head }] = [document.activeElement === area, area];
    this.frame.after(host);
    this.frame.classList.add("definition__frame--behind");
    area.tabIndex = -1;
    area.setAttribute("aria-hidden", "true");
    // Who was already writing goes on where they were.
    if (written) {
      this.view.dispatch({ selection: { anchor, head } });
      this.view.focus();
    }
    area.addEventListener("input", () => this.follow());
    area.addEventListener("definition:problems", (event) => this.problems(event.detail));
    area.addEventListener("definition:line", (event) => this.jump(event.detail));
    area.labels[0]?.addEventListener("click", (event) => {
      event.preventDefault();
      this.view.focus();
    });
  }

  state() {
    return EditorState.create({
      doc: this.area.value,
      extensions: [
        lineNumbers(), foldGutter(), lintGutter(), history(), drawSelection(), bracketMatching(), closeBrackets(), highlightActiveLine(),
        highlightSelectionMatches(), search({ top: true }), indentUnit.of("  "), json(), syntaxHighlighting(colours), look, help,
        autocompletion({ override: [complete], icons: false }),
        // Tab leaves the text, as everywhere.
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap, ...completionKeymap]),
        EditorView.contentAttributes.of({ "aria-label": this.area.labels[0]?.textContent.trim() ?? "", spellcheck: "false", tabindex: "0" }),
        EditorView.updateListener.of((update) => update.docChanged && this.changed()),
      ],
    });
  }

  changed() {
    this.area.value = this.view.state.doc.toString();
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // The textarea may be written by something else than this.
  follow() {
    const { doc } = this.view.state;
    if (this.area.value !== doc.toString()) this.view.dispatch({ changes: { from: 0, to: doc.length, insert: this.area.value } });
  }

  problems(found) {
    const { doc } = this.view.state;
    const diagnostics = found
      .filter(({ line }) => line && line <= doc.lines)
      .map(({ line, message }) => {
        const { from, to } = doc.line(line);
        return { from: from + (doc.line(line).text.length - doc.line(line).text.trimStart().length), to, severity: "error", message };
      });
    this.view.dispatch(setDiagnostics(this.view.state, diagnostics));
  }

  jump(line) {
    const { doc } = this.view.state;
    const { from } = doc.line(Math.min(line, doc.lines));
    this.view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
    this.view.focus();
  }
}

if (language) document.querySelectorAll("textarea[data-definition]").forEach((area) => new Expert(area));
