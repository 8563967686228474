// Counting in an article's text. Places are told in visible characters (code points without white space and invisible
// ones), which is the same here and on the server however the text is broken into lines; the server's anchoring.py says
// which characters those are.
const HIDDEN = /[\s\u0000\u001c-\u001f\u0085\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/;

export function isVisible(character) {
  const code = character.charCodeAt(0);
  return code > 32 && code < 127 ? true : !HIDDEN.test(character);
}

export function visibleLength(text) {
  let length = 0;
  for (const character of text) if (isVisible(character)) length += 1;
  return length;
}

export const points = (text) => { let count = 0; for (const _each of text) count += 1; return count; };
export const firstPoints = (text, count) => Array.from(text.slice(0, count * 2)).slice(0, count).join("");
export const lastPoints = (text, count) => Array.from(text.slice(-count * 2)).slice(-count).join("");

export function textNodes(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
}

// The text's beginning and end without characters that nobody sees, as offsets.
export function trimmed(text) {
  let start = 0;
  let end = text.length;
  while (start < end && !isVisible(text[start])) start += 1;
  while (end > start && !isVisible(text[end - 1])) end -= 1;
  return [start, end];
}
