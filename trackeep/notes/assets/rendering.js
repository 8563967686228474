// What a text becomes, made in this browser for notes that no server may see: parsed in a worker that lives for this one text, then held
// to an allow list. What takes too long or is nested absurdly is shown as it was typed.
import DOMPurify from "dompurify";
import { all, element } from "../../assets/js/dom.js";

const PATIENCE = 5_000;
const LARGEST = 300_000;
const RULES = {
  ALLOWED_TAGS: "a blockquote br code em h1 h2 h3 h4 h5 h6 hr input li ol p pre s span strong table tbody td th thead tr ul".split(" "),
  ALLOWED_ATTR: ["align", "aria-label", "checked", "class", "data-line", "href", "id", "rel", "start", "tabindex", "target", "title", "type"],
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|[^a-z]|[a-z+.-]+(?:[^a-z+.\-:]|$))/i,
  ALLOW_ARIA_ATTR: false,
  ALLOW_DATA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
};

// Answers what makes nodes of a text. `place` stands below an element that names the worker and the words: data-parser, data-no-picture,
// data-cut. Boxes can be ticked only `withBoxes`.
export function renderer(place, { withBoxes = false } = {}) {
  const words = place.closest("[data-parser]").dataset;
  return async (text, signal) => {
    const html = await parsed(words.parser, text.slice(0, LARGEST), signal);
    const made = html ? DOMPurify.sanitize(html, RULES) : typed(text.slice(0, LARGEST));
    for (const box of all("input", made)) box.disabled = !withBoxes;
    for (const picture of all(".picture", made)) picture.title = words.noPicture;
    if (text.length > LARGEST) made.append(element("p", { class: "faint small" }, words.cut));
    return made;
  };
}

function typed(text) {
  const made = document.createDocumentFragment();
  made.append(element("pre", { tabindex: "0", class: "prose-typed" }, text));
  return made;
}

// "" for what is to be shown as it was typed.
function parsed(url, text, signal) {
  if (!text) return Promise.resolve("");
  const worker = new Worker(url, { type: "module" });
  return new Promise((done) => {
    const timer = setTimeout(done, PATIENCE, "");
    worker.onmessage = ({ data }) => done(data);
    worker.onerror = () => done("");
    signal?.addEventListener("abort", () => done(""));
    worker.postMessage(text);
    return timer;
  }).finally(() => worker.terminate());
}
