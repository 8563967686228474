// Draws highlights into an article: pieces of its text nodes are wrapped in <mark>, one inside another where they
// overlap. The text itself stays as it is, so that places keep counting the same.
import { all } from "../../../assets/js/dom.js";
import { isVisible, textNodes } from "./text.js";

// White space between these and their children belongs to the markup, not to the text.
const FRAMES = new Set(["TABLE", "TBODY", "THEAD", "TFOOT", "TR", "COLGROUP", "UL", "OL", "DL"]);

export function erase(article) {
  const marks = all("mark[data-highlight]", article);
  for (const mark of marks) mark.replaceWith(...mark.childNodes);
  if (marks.length) article.normalize();
}

// passages: {id, first, last, colour, note, state} with first < last; drawn in one walk over the text.
export function draw(article, passages) {
  erase(article);
  const starts = [...passages].sort((one, other) => one.first - other.first || other.last - one.last);
  const active = [];
  const pieces = [];
  let count = 0;
  let next = 0;
  for (const node of textNodes(article)) {
    if (next >= starts.length && !active.length) break;
    [count, next] = cut(node, count, next, starts, active, pieces);
  }
  const seen = new Set();
  for (const piece of pieces) for (const each of piece.of) if (!seen.has(each.id)) { seen.add(each.id); piece.begins = [...(piece.begins ?? []), each.id]; }
  for (const piece of pieces.reverse()) wrap(piece);
  return seen;
}

// The pieces of one text node between places where a passage begins or ends; a passage begins at its first visible
// character and ends behind its last.
function cut(node, count, next, starts, active, pieces) {
  const text = node.data;
  let from = 0;
  let at = 0;
  const close = (to) => {
    if (active.length && to > from) pieces.push({ node, from, to, of: [...active] });
    from = to;
  };
  for (const character of text) {
    if (isVisible(character)) {
      if (next < starts.length && starts[next].first <= count) close(at);
      while (next < starts.length && starts[next].first <= count) active.push(starts[next++]);
      count += 1;
      at += character.length;
      if (active.some((each) => each.last <= count)) {
        close(at);
        for (let place = active.length - 1; place >= 0; place -= 1) if (active[place].last <= count) active.splice(place, 1);
      }
    } else at += character.length;
  }
  close(text.length);
  return [count, next];
}

function wrap({ node, from, to, of, begins = [] }) {
  const parent = node.parentNode;
  if (!node.data.slice(from, to).trim() && FRAMES.has(parent.nodeName)) return;
  if (to < node.length) node.splitText(to);
  const piece = from > 0 ? node.splitText(from) : node;
  let outer = piece;
  for (const each of [...of].reverse()) {
    const mark = document.createElement("mark");
    mark.className = `hl hl-${each.colour}`;
    mark.dataset.highlight = each.id;
    if (each.state) mark.dataset.state = each.state;
    if (begins.includes(each.id)) {
      mark.tabIndex = 0;
      if (each.note) mark.dataset.noted = "";
    }
    outer.replaceWith(mark);
    mark.append(outer);
    outer = mark;
  }
}
