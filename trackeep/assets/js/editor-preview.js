// What the text becomes, beside it while it is written: asked after a pause, the newest answer wins, the place is kept.
import { one } from "./dom.js";
import { notice } from "./problems.js";
import { send } from "./send.js";

const PAUSE = 250;
const LARGE = 100_000;

export function preview(host, view) {
  const pane = one("[data-preview-pane]", host);
  let asked = null;
  let timer = 0;
  let shown = null;

  const visible = () => host.dataset.mode !== "write";

  async function load() {
    const text = view.state.doc;
    if (!visible() || shown?.eq(text)) return;
    asked?.abort();
    const { signal } = (asked = new AbortController());
    const body = new FormData();
    body.set("text", text.toString());
    try {
      const answer = await send(host.dataset.preview, body, { signal });
      if (!signal.aborted) show(answer, text);
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  }

  function show(answer, text) {
    const { scrollTop } = pane;
    if (!answer.ok) return pane.replaceChildren(notice(answer.problem.detail));
    pane.innerHTML = answer.text;
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
