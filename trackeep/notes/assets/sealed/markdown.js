// Markdown to HTML without a document, for the worker: the rules of core/markdown, for texts that no server may see. Raw HTML is words,
// no picture is loaded (its address would tell what the note says), [[names]] stay as they are typed.
import MarkdownIt from "markdown-it";

const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const ALLOWED = /^(?:https?|mailto):/i;
const BOX = /^\[([ xX])\](?=\s)/;
const MARKS = /[*_`~[\]]+/g;
const NESTING = /<(\/?)(?:blockquote|ul|ol|em|strong|s|a)\b/g;
const LONGEST_NAME = 120;
const LONGEST_ID = 80;
const MOST_HEADINGS = 2_000;
const DEEPEST = 40;
const GROWTH = 3;
// More than these keep a browser busy for seconds.
const MOST_TAGS = 60_000;

const parser = MarkdownIt({ html: false, linkify: true, typographer: false, breaks: false });
parser.linkify.set({ fuzzyLink: false, fuzzyIP: false });
parser.validateLink = (url) => !SCHEME.test(url) || ALLOWED.test(url);
parser.core.ruler.after("inline", "tasks", tasks);
parser.core.ruler.push("headings", headings);
const { escapeHtml } = parser.utils;

// Each task of a list gets a box that names its line, from 1, and its words.
function tasks(state) {
  const made = [];
  for (const [at, token] of state.tokens.entries()) {
    const inline = state.tokens[at + 1];
    const item = made.at(-1);
    const found = token.type === "paragraph_open" && item?.type === "list_item_open" ? BOX.exec(inline.content) : null;
    const words = inline?.children?.[0];
    if (found && words?.type === "text" && words.content.startsWith(found[0])) {
      words.content = words.content.slice(found[0].length).trimStart();
      item.attrSet("class", "task");
      const box = new state.Token("task_box", "input", 0);
      const name = inline.content.slice(found[0].length).split("\n", 1)[0].replace(MARKS, "").trim().slice(0, LONGEST_NAME);
      box.meta = { line: inline.map[0] + 1, checked: found[1] !== " ", name: name || found[0] };
      made.push(box);
    }
    made.push(token);
  }
  state.tokens = made;
}

// What a link to a heading of the note names after the #.
function headings(state) {
  const seen = new Map();
  let count = 0;
  for (const [at, token] of state.tokens.entries()) {
    if (token.type !== "heading_open" || (count += 1) > MOST_HEADINGS) continue;
    const title = state.tokens[at + 1].children.map((part) => part.content).join("");
    const id = `h-${title.toLowerCase().replace(/[^\p{L}\p{N}_]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, LONGEST_ID)}`;
    const number = (seen.get(id) ?? 0) + 1;
    seen.set(id, number);
    token.attrSet("id", number === 1 ? id : `${id}-${number}`);
  }
}

// The page's policy takes no style from an element.
function cell(tokens, at, options, _env, self) {
  const align = /center|right|left/.exec(tokens[at].attrGet("style") ?? "");
  tokens[at].attrs = align ? [["align", align[0]]] : null;
  return self.renderToken(tokens, at, options);
}

// Long lines are scrolled, which wants a place for the keyboard.
const code = (tokens, at) => `<pre tabindex="0"><code>${escapeHtml(tokens[at].content)}</code></pre>\n`;

Object.assign(parser.renderer.rules, {
  fence: code,
  code_block: code,
  th_open: cell,
  td_open: cell,
  task_box: (tokens, at) => {
    const { line, checked, name } = tokens[at].meta;
    return `<input type="checkbox" data-line="${line}" aria-label="${escapeHtml(name)}"${checked ? " checked" : ""}>`;
  },
  image: (tokens, at, options, env, self) => {
    const words = self.renderInlineAsText(tokens[at].children, options, env) || tokens[at].attrGet("src");
    return `<span class="picture">${escapeHtml(words)}</span>`;
  },
  link_open: (tokens, at, options, _env, self) => {
    const inside = tokens[at].attrGet("href").startsWith("#");
    if (!inside) tokens[at].attrSet("target", "_blank");
    tokens[at].attrSet("rel", "nofollow noopener noreferrer ugc");
    return self.renderToken(tokens, at, options);
  },
});

// The HTML, or "" for what grows or nests beyond all that people write: such a text is shown as it was typed.
export function toHtml(text) {
  const html = parser.render(text);
  const lines = text.split("\n").length;
  return html.length > GROWTH * text.length + 60 * lines + 1_000 || tooMuch(html) ? "" : html;
}

function tooMuch(html) {
  let depth = 0;
  for (const [, closing] of html.matchAll(NESTING)) {
    depth += closing ? -1 : 1;
    if (depth > DEEPEST) return true;
  }
  let count = 0;
  for (let at = html.indexOf("<"); at >= 0; at = html.indexOf("<", at + 1)) if ((count += 1) > MOST_TAGS) return true;
  return false;
}
