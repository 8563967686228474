// How Markdown looks while it is written: its grammar with [[links]] and #tags, and the colours and sizes of our tokens.
import { markdown, markdownLanguage } from "@codemirror/lang-markdown";
import { HighlightStyle, indentUnit } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { Tag, tags } from "@lezer/highlight";

const wikilink = Tag.define(tags.link);
const hashtag = Tag.define(tags.labelName);
const LINK = /^\[\[(?:\\[^\n]|[^[\]\n\\]){1,500}\]\]/;
const TAG = /^#[\p{L}\p{N}_][\p{L}\p{N}_/-]{0,99}/u;
const OPEN = 91, HASH = 35;

const ours = {
  defineNodes: [{ name: "Wikilink", style: wikilink }, { name: "Hashtag", style: hashtag }],
  parseInline: [
    { name: "Wikilink", before: "Link", parse: (inline, next, at) => (next === OPEN ? take(inline, at, LINK, "Wikilink") : -1) },
    { name: "Hashtag", parse: (inline, next, at) => (next === HASH && startsWord(inline, at) ? take(inline, at, TAG, "Hashtag") : -1) },
  ],
};

function take(inline, at, pattern, name) {
  const found = pattern.exec(inline.slice(at, Math.min(inline.end, at + 510)));
  return found ? inline.addElement(inline.elt(name, at, at + found[0].length)) : -1;
}

const startsWord = (inline, at) => at === inline.offset || /[\s(]/.test(inline.slice(at - 1, at));

export const language = () => [
  markdown({ base: markdownLanguage, extensions: ours, completeHTMLTags: false }),
  markdownLanguage.data.of({ closeBrackets: { brackets: ["(", "[", "{", "`"] } }),
  indentUnit.of("  "),
];

export const colours = HighlightStyle.define([
  { tag: tags.heading1, fontSize: "1.5em", fontWeight: "var(--weight-strong)", lineHeight: "var(--line-tight)" },
  { tag: tags.heading2, fontSize: "1.25em", fontWeight: "var(--weight-strong)" },
  { tag: tags.heading3, fontSize: "1.1em", fontWeight: "var(--weight-strong)" },
  { tag: tags.heading, fontWeight: "var(--weight-strong)" },
  { tag: tags.strong, fontWeight: "var(--weight-strong)" },
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: tags.strikethrough, textDecoration: "line-through", color: "var(--text-soft)" },
  { tag: [tags.link, wikilink], color: "var(--accent-text)" },
  { tag: hashtag, color: "var(--code-name)" },
  { tag: tags.url, color: "var(--text-faint)" },
  { tag: tags.quote, color: "var(--text-soft)" },
  { tag: tags.monospace, fontFamily: "var(--font-mono)", fontSize: ".9em", color: "var(--code-string)" },
  { tag: [tags.processingInstruction, tags.contentSeparator, tags.labelName, tags.comment], color: "var(--text-faint)" },
  { tag: [tags.atom, tags.bool, tags.escape, tags.character], color: "var(--code-number)" },
  { tag: [tags.tagName, tags.angleBracket, tags.attributeName, tags.attributeValue], color: "var(--text-faint)" },
]);

export const theme = EditorView.theme({
  "&": { color: "var(--text)", backgroundColor: "transparent", fontSize: "var(--size-16)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--font)", lineHeight: "1.65" },
  ".cm-content": { padding: "var(--space-3) 0", caretColor: "var(--text)", overflowWrap: "anywhere" },
  ".cm-line": { padding: "0 var(--space-3)" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--text)", borderLeftWidth: "2px" },
  "& > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": { background: "var(--accent-soft)" },
  ".cm-placeholder": { color: "var(--text-faint)" },
  ".cm-selectionMatch, .cm-searchMatch": { backgroundColor: "var(--mark)" },
  ".cm-searchMatch.cm-searchMatch-selected": { outline: "var(--focus-width) solid var(--focus)", backgroundColor: "var(--mark)" },
  ".cm-panels": { backgroundColor: "var(--sunken)", color: "var(--text)" },
  ".cm-panels.cm-panels-top": { borderBottom: "var(--hairline) solid var(--border)" },
  ".cm-panel.cm-search": { padding: "var(--space-2) var(--space-8) var(--space-2) var(--space-3)", fontSize: "var(--size-13)", fontFamily: "var(--font)" },
  ".cm-panel.cm-search label": { fontSize: "var(--size-13)", color: "var(--text-soft)" },
  ".cm-textfield": { background: "var(--surface)", border: "var(--hairline) solid var(--border-control)", borderRadius: "var(--radius-small)", fontSize: "var(--size-13)", padding: "var(--space-1) var(--space-2)" },
  ".cm-button": { background: "var(--surface)", border: "var(--hairline) solid var(--border-strong)", borderRadius: "var(--radius-small)", fontSize: "var(--size-13)", padding: "var(--space-1) var(--space-2)" },
  ".cm-panel.cm-search [name=close]": { color: "var(--text-soft)", fontSize: "var(--size-20)", top: "var(--space-1)", right: "var(--space-2)" },
  ".cm-tooltip": { background: "var(--raised)", border: "0", borderRadius: "var(--radius)", boxShadow: "var(--float)", overflow: "hidden" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--font)", fontSize: "var(--size-14)", padding: "var(--space-1)", maxWidth: "min(26rem, 90vw)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "var(--space-1) var(--space-2)", borderRadius: "var(--radius-small)", color: "var(--text)", overflow: "hidden", textOverflow: "ellipsis" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { background: "var(--accent-soft)", color: "var(--text)" },
  ".cm-completionDetail": { fontStyle: "normal", color: "var(--text-faint)" },
});
