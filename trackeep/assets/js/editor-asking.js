// What the editor offers while one types: titles of pages after [[, tags after #.
import { newest } from "./newest.js";

const PAUSE = 120;
const OPEN_LINK = /\[\[([^[\]|#\n]{0,200})$/;
const OPEN_TAG = /(?:^|[\s(])#([\p{L}\p{N}_][\p{L}\p{N}_/-]{0,99})$/u;
const pause = (delay) => new Promise((done) => setTimeout(done, delay));

// A source for the editor's list: the server finds and ranks, and the newest question is the only one answered.
function source(address, pattern, optionOf) {
  const asked = newest();
  return async (context) => {
    const line = context.state.doc.lineAt(context.pos);
    const found = pattern.exec(context.state.sliceDoc(Math.max(line.from, context.pos - 300), context.pos));
    if (!found) return null;
    await pause(PAUSE);
    if (context.aborted) return null;
    const asking = new URL(address, location.href);
    asking.searchParams.set("text", found[1]);
    // Without offers one may still write any name, so a failed answer is not worth a message.
    const answer = await asked.ask(asking).catch(() => null);
    if (answer === null || context.aborted) return null;
    return { from: context.pos - found[1].length, options: JSON.parse(answer).items.map(optionOf), filter: false };
  };
}

// A title as a link writes it: what would end or part the link gets a sign before it, or stands as an entity.
const escaped = (title) => title.replace(/[[\]#\\]/g, "\\$&").replaceAll("|", "&#124;");

// Brackets that stand there already, because the editor closed them, are not doubled.
function completeLink(title) {
  return (view, _option, from, to) => {
    const written = escaped(title);
    const closed = view.state.sliceDoc(to, to + 2) === "]]";
    view.dispatch({
      changes: { from, to: closed ? to + 2 : to, insert: `${written}]]` },
      selection: { anchor: from + written.length + 2 },
      userEvent: "input.complete",
    });
  };
}

export const linkSource = (address) => source(address, OPEN_LINK, ({ title, detail }) => ({ label: title, detail: detail ?? "", apply: completeLink(title) }));

// A tag's name may hold blanks, which end a tag in the text: they are written as hyphens.
export const tagSource = (address) => source(address, OPEN_TAG, ({ name }) => ({ label: name, apply: `${name.replace(/\s+/g, "-")} ` }));
