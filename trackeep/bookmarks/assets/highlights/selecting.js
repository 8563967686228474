// What of an article is selected, as the server takes it: the words, what stands around them, and their place.
import { firstPoints, lastPoints, points, trimmed, visibleLength } from "./text.js";

const CONTEXT = 40;

// The part of the selection that lies in the article, or null.
export function rangeIn(article) {
  const selection = document.getSelection();
  if (!selection?.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0).cloneRange();
  if (!range.intersectsNode(article)) return null;
  const whole = document.createRange();
  whole.selectNodeContents(article);
  if (range.compareBoundaryPoints(Range.START_TO_START, whole) < 0) range.setStart(whole.startContainer, whole.startOffset);
  if (range.compareBoundaryPoints(Range.END_TO_END, whole) > 0) range.setEnd(whole.endContainer, whole.endOffset);
  return range.collapsed || !visibleLength(range.toString()) ? null : range;
}

export function passageOf(article, range) {
  const before = textBetween(article, (cut) => cut.setEnd(range.startContainer, range.startOffset));
  const after = textBetween(article, (cut) => cut.setStart(range.endContainer, range.endOffset));
  const raw = range.toString();
  const [from, to] = trimmed(raw);
  const words = raw.slice(from, to);
  const start = points(before) + points(raw.slice(0, from));
  const first = visibleLength(before);
  return {
    sent: {
      quote: shown(range).trim() || words,
      prefix: lastPoints(before + raw.slice(0, from), CONTEXT),
      suffix: firstPoints(raw.slice(to) + after, CONTEXT),
      start,
      end: start + points(words),
    },
    first,
    last: first + visibleLength(words),
  };
}

// As the browser would copy it, with line ends between paragraphs, where the selection is still this one.
function shown(range) {
  const selection = document.getSelection();
  if (!selection?.rangeCount) return "";
  const now = selection.getRangeAt(0);
  const same = now.compareBoundaryPoints(Range.START_TO_START, range) === 0 && now.compareBoundaryPoints(Range.END_TO_END, range) === 0;
  return same ? selection.toString() : "";
}

function textBetween(article, narrow) {
  const range = document.createRange();
  range.selectNodeContents(article);
  narrow(range);
  return range.toString();
}
