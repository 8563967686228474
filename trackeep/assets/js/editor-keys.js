// The editor's keys for Markdown: marks around words, lists that go on and move in and out, and saving.
import { indentLess, indentMore } from "@codemirror/commands";
import { EditorSelection, Prec } from "@codemirror/state";
import { keymap } from "@codemirror/view";

const ITEM = /^\s*(?:[-*+]|\d{1,9}[.)])\s/;
const ADDRESS = /^(?:https?:\/\/|mailto:)\S+$/;

// Puts the mark around each selection or the word at the cursor, or takes it away where it already is.
function toggle(mark) {
  return (view) => {
    const { state } = view;
    const size = mark.length;
    view.dispatch(state.update(state.changeByRange((range) => {
      const word = range.empty ? state.wordAt(range.head) ?? range : range;
      const before = state.sliceDoc(Math.max(0, word.from - size), word.from);
      const after = state.sliceDoc(word.to, word.to + size);
      if (before === mark && after === mark && !longer(state, word, mark)) {
        const changes = [{ from: word.from - size, to: word.from }, { from: word.to, to: word.to + size }];
        return { changes, range: EditorSelection.range(range.anchor - size, range.head - size) };
      }
      const changes = [{ from: word.from, insert: mark }, { from: word.to, insert: mark }];
      return { changes, range: EditorSelection.range(range.anchor + size, range.head + size) };
    }), { scrollIntoView: true, userEvent: "input" }));
    return true;
  };
}

// One star beside another belongs to a bold word, not to an italic one.
function longer(state, { from, to }, mark) {
  return mark === "*" && state.sliceDoc(Math.max(0, from - 3), from) !== "***" && state.sliceDoc(Math.max(0, from - 2), from) === "**" && state.sliceDoc(to, to + 2) === "**";
}

// [words](|), or [|](address) when an address is selected.
function link(view) {
  const { state } = view;
  view.dispatch(state.update(state.changeByRange((range) => {
    const text = state.sliceDoc(range.from, range.to);
    const isAddress = ADDRESS.test(text);
    const insert = isAddress ? `[](${text})` : `[${text}]()`;
    const cursor = range.from + (isAddress || !text ? 1 : text.length + 3);
    return { changes: { from: range.from, to: range.to, insert }, range: EditorSelection.cursor(cursor) };
  }), { scrollIntoView: true, userEvent: "input" }));
  return true;
}

// Elsewhere than in lists Tab goes on to the next field, so that nobody is caught in the editor.
const inList = (command) => (view) => {
  const { state } = view;
  const items = state.selection.ranges.every(({ from }) => ITEM.test(state.doc.lineAt(from).text));
  return items && command(view);
};

export function markdownKeys(save) {
  const saving = () => { save(); return true; };
  return Prec.high(keymap.of([
    { key: "Mod-b", run: toggle("**"), stopPropagation: true },
    { key: "Mod-i", run: toggle("*"), stopPropagation: true },
    { key: "Mod-e", run: toggle("`"), stopPropagation: true },
    { key: "Mod-k", run: link, stopPropagation: true },
    { key: "Tab", run: inList(indentMore), shift: inList(indentLess) },
    { key: "Mod-Enter", run: saving, stopPropagation: true },
    { key: "Mod-s", run: saving, stopPropagation: true },
  ]));
}
