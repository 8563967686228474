// Writing alone, the preview beside it, or the preview alone; both sides show the same part of the text.
import { all } from "./dom.js";

export function modes(host, view, shown) {
  const buttons = all("[data-editor-mode]", host);

  function choose(mode) {
    const part = scrolled(host.dataset.mode === "read" ? shown?.pane : view.scrollDOM);
    host.dataset.mode = mode;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.editorMode === mode));
    if (mode !== "read") view.requestMeasure();
    shown?.load();
    requestAnimationFrame(() => {
      for (const side of [view.scrollDOM, shown?.pane]) if (side) scrollTo(side, part);
    });
    host.dispatchEvent(new CustomEvent("editor:mode", { bubbles: true, detail: { mode } }));
  }

  for (const button of buttons) button.addEventListener("click", () => {
    choose(button.dataset.editorMode);
    if (host.dataset.mode !== "read") view.focus();
  });
  view.scrollDOM.addEventListener("scroll", () => {
    if (shown && host.dataset.mode === "split") scrollTo(shown.pane, scrolled(view.scrollDOM));
  }, { passive: true });
  choose(host.dataset.mode || "write");
}

const room = (side) => side.scrollHeight - side.clientHeight;
const scrolled = (side) => (side && room(side) > 0 ? side.scrollTop / room(side) : 0);

function scrollTo(side, part) {
  side.scrollTop = part * room(side);
}
