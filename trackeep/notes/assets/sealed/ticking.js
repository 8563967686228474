// Reading an open note: its boxes are ticked in the text, and links to its own headings are walked.
const BOX = /^((?:[\s>]|[-*+]\s|\d{1,9}[.)]\s)*)\[[ xX]\](?=\s)/;

// The text with this box in line `line`, from 1, ticked or not; null where there is none.
export function ticked(text, line, isTicked) {
  const lines = text.split("\n");
  const found = BOX.exec(lines[line - 1] ?? "");
  if (!found) return null;
  lines[line - 1] = `${found[1]}[${isTicked ? "x" : " "}]${lines[line - 1].slice(found[0].length)}`;
  return lines.join("\n");
}

// In the address the words of such a link would stay in the history.
export function walkInside(pane, event) {
  const link = event.target.closest("a[href^='#']");
  if (!link || !pane.contains(link)) return;
  event.preventDefault();
  const id = decoded(link.getAttribute("href").slice(1));
  [...pane.querySelectorAll("[id]")].find((each) => each.id === id || each.id === `h-${id}`)?.scrollIntoView({ block: "start" });
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
