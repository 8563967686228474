// The Markdown editor over a plain textarea; loaded only where a page has one, and without scripts the textarea stays.
//
// The macro `editor` in templates/macros/editor.html writes what this expects:
//   <div class="editor" data-module="{{ asset('editor.js') }}">      the element that mount() gets
//     data-links="ADDRESS"     asked with ?text= while [[ is typed; answers {"items": [{"title", "detail"?}]}
//     data-tags="ADDRESS"      asked with ?text= while # is typed; answers {"items": [{"name"}]}
//     data-preview="ADDRESS"   POST with the field `text`; answers a part of a page that is safe to show
//     data-renderer="MODULE"   makes the preview in the browser instead: see js/editor-preview.js
//     data-phrases="JSON"      CodeMirror's English words, each with ours
//     data-mode="write"        or "split" or "read"; buttons [data-editor-mode] inside change it
//     <textarea>               its name, value, placeholder, maxlength, label and aria-describedby are taken over
//     <div data-preview-pane>  where the preview goes, when there is one
//
// The textarea tells every change by an `input` event, as if typed in, so that forms that save by themselves do. Its value
// follows a moment later, and at once when the form's data is collected; Ctrl-Enter or Ctrl-S sends the form.
// An `editor:set` event on the element, with detail.text, replaces the text as one step that can be undone. The element
// tells a changed mode by `editor:mode`, and by `editor:previewed` that the pane has new content.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { syntaxHighlighting } from "@codemirror/language";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, keymap, placeholder } from "@codemirror/view";
import { later, one } from "./js/dom.js";
import { linkSource, tagSource } from "./js/editor-asking.js";
import { markdownKeys } from "./js/editor-keys.js";
import { colours, language, theme } from "./js/editor-looks.js";
import { modes } from "./js/editor-modes.js";
import { preview } from "./js/editor-preview.js";
import { typingOver } from "./js/editor-typing.js";

const SETTLED = 400;

export function mount(host) {
  const area = one("textarea", host);
  let changed = () => {};
  const listener = EditorView.updateListener.of((update) => { if (update.docChanged) changed(); });
  const view = new EditorView({ state: EditorState.create({ doc: area.value, extensions: [listener, extensions(host, area)] }) });
  area.before(view.dom);
  area.hidden = true;
  area.focus = () => view.focus();
  changed = tie(host, area, view);
  host.dataset.ready = "";
  if (area.autofocus) view.focus();
}

function extensions(host, area) {
  const { links, tags } = host.dataset;
  const sources = [links && linkSource(links), tags && tagSource(tags)].filter(Boolean);
  return [
    history(), drawSelection(), closeBrackets(), search({ top: true }), highlightSelectionMatches({ minSelectionLength: 2 }),
    EditorState.allowMultipleSelections.of(true), EditorView.lineWrapping, EditorView.perLineTextDirection.of(true),
    EditorView.cspNonce.of(one("script[nonce]")?.nonce ?? ""), EditorState.phrases.of(JSON.parse(host.dataset.phrases || "{}")),
    EditorView.contentAttributes.of(named(area)), area.placeholder ? placeholder(area.placeholder) : [],
    EditorState.changeFilter.of(fits(area)), EditorState.readOnly.of(area.readOnly),
    language(), syntaxHighlighting(colours), theme, typingOver,
    sources.length ? autocompletion({ override: sources, icons: false }) : [],
    markdownKeys(() => area.form?.requestSubmit()),
    keymap.of([...closeBracketsKeymap, ...completionKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap]),
  ];
}

// The name that a screen reader says, and what the browser's own help with writing may do.
function named(area) {
  const label = area.getAttribute("aria-label") ?? area.labels[0]?.textContent.trim() ?? "";
  const described = area.getAttribute("aria-describedby");
  return { "aria-label": label, spellcheck: "true", autocapitalize: "sentences", dir: "auto", ...(described ? { "aria-describedby": described } : {}) };
}

// What a textarea does by itself: no more letters than it takes, though fewer always.
const fits = (area) => (change) => area.maxLength < 0 || !change.docChanged || change.newDoc.length <= Math.max(area.maxLength, change.startState.doc.length);

// Ties the two together; answers what is to be done after each change.
function tie(host, area, view) {
  const shown = host.dataset.preview || host.dataset.renderer ? preview(host, view) : null;
  const write = () => { area.value = view.state.doc.toString(); };
  const writeSoon = later(write, SETTLED);
  area.form?.addEventListener("formdata", (event) => {
    write();
    if (area.name) event.formData.set(area.name, area.value);
  });
  for (const label of area.labels) label.addEventListener("click", () => view.focus());
  host.addEventListener("editor:set", (event) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: event.detail.text } }));
  modes(host, view, shown);
  return () => {
    area.dispatchEvent(new Event("input", { bubbles: true }));
    writeSoon();
    shown?.refresh();
  };
}
