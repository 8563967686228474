// What the text becomes, beside it while it is written: made after a pause, the newest wins, the place is kept. The server is asked, or
// with data-renderer a module of the page's domain makes it here: its renderer(host) answers what makes nodes of a text.
import { one } from "./dom.js";
import { notice } from "./problems.js";
import { send } from "./send.js";

const PAUSE = 250;
const LARGE = 100_000;

export function preview(host, view) {
  const pane = one("[data-preview-pane]", host);
  const make = host.dataset.renderer ? here(host) : asked(host.dataset.preview);
  let running = null;
  let timer = 0;
  let shown = null;

  const visible = () => host.dataset.mode !== "write";

  async function load() {
    const text = view.state.doc;
    if (!visible() || shown?.eq(text)) return;
    running?.abort();
    const { signal } = (running = new AbortController());
    try {
      const draw = await make(text.toString(), signal);
      if (!signal.aborted) show(draw, text);
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  }

  function show(draw, text) {
    const { scrollTop } = pane;
    if (!draw(pane)) return;
    pane.scrollTop = scrollTop;
    shown = text;
    host.dispatchEvent(new CustomEvent("editor:previewed", { bubbles: true }));
  }

  // A long text takes longer to draw, so that it is asked for less often.
  function refresh() {
    clearTimeout(timer);
    timer = setTimeout(load, view.state.doc.length > LARGE ? 4 * PAUSE : PAUSE);
  }

  return { pane, refresh, load };
}

// Both answer what fills the pane, which tells whether that is the text.
function asked(url) {
  return async (text, signal) => {
    const body = new FormData();
    body.set("text", text);
    const answer = await send(url, body, { signal });
    return (pane) => {
      if (answer.ok) pane.innerHTML = answer.text;
      else pane.replaceChildren(notice(answer.problem.detail));
      return answer.ok;
    };
  };
}

function here(host) {
  const loading = import(host.dataset.renderer).then((module) => module.renderer(host, { withBoxes: !one("textarea", host).readOnly }));
  return async (text, signal) => {
    const made = await (await loading)(text, signal);
    return (pane) => {
      pane.replaceChildren(made);
      return true;
    };
  };
}
