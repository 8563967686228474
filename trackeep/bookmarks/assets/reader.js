// The reader: remembers the place, draws the progress line, answers j and k, and shows choices of looks at once.
import { all, later, one, typing } from "../../assets/js/dom.js";
import { ask } from "../../assets/js/outliving.js";
import { token } from "../../assets/js/problems.js";

const PAUSE = 1500;
const LEAST = 0.004;
const DWELL = 5000;

export function mount(reader) {
  looks(reader);
  keys(reader);
  const text = () => one("[data-article]", reader);
  if (text()) follow(reader, text());
  else document.addEventListener("htmx:afterSettle", function arrived() {
    if (!text()) return;
    document.removeEventListener("htmx:afterSettle", arrived);
    follow(reader, text());
  });
}

function looks(reader) {
  reader.addEventListener("change", ({ target }) => {
    if (target.type !== "radio" || !target.form?.matches("[data-autosave]")) return;
    const before = place(one("[data-article]", reader));
    reader.dataset[target.name === "theme" ? "look" : target.name] = target.value;
    if (before) go(one("[data-article]", reader), before);
  });
}

function keys(reader) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || one("dialog[open]")) return;
    const link = all("[data-reader-key]", reader).find((each) => each.dataset.readerKey === event.key);
    if (!link) return;
    event.preventDefault();
    link.click();
  });
}

// Where the text begins on the page, and how far one can scroll in it until its end is seen.
function measures(text) {
  const box = text.getBoundingClientRect();
  return { start: box.top + scrollY, way: Math.max(0, box.height + 96 - innerHeight) };
}

function place(text) {
  if (!text) return 0;
  const { start, way } = measures(text);
  if (!way) return 1;
  return Math.min(1, Math.max(0, (scrollY - start + 96) / way));
}

function go(text, fraction) {
  const { start, way } = measures(text);
  if (way) scrollTo({ top: start - 96 + way * fraction, behavior: "instant" });
}

function follow(reader, text) {
  const line = one("[data-reader-line]", reader);
  const percent = one("[data-reader-percent]", reader);
  let saved = Number(reader.dataset.fraction) || 0;
  let moved = false;
  let here = saved;
  let width = innerWidth;
  if (saved > 0.01 && !location.hash) go(text, saved);

  function save() {
    const fraction = place(text);
    if (!moved || Math.abs(fraction - saved) < LEAST) return;
    saved = fraction;
    ask(reader.dataset.progress, {
      method: "PUT",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": token() },
      body: JSON.stringify({ fraction: Number(fraction.toFixed(4)) }),
    }).catch(() => { saved = -1; }); // the next move tries again
  }

  function show() {
    here = place(text);
    line.value = here;
    percent.textContent = here > 0.005 ? `${Math.round(here * 100)} %` : "";
  }

  const soon = later(save, PAUSE);
  let drawing = 0;
  addEventListener("scroll", () => {
    if (innerWidth !== width) return;
    moved = true;
    cancelAnimationFrame(drawing);
    drawing = requestAnimationFrame(show);
    soon();
  }, { passive: true });
  // A window of another width, such as a phone that was turned, breaks the lines elsewhere: the place stays.
  addEventListener("resize", () => {
    if (innerWidth === width) return;
    width = innerWidth;
    go(text, here);
  });
  addEventListener("pagehide", save);
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
  // A text that fits into the window is read without scrolling.
  if (!measures(text).way) setTimeout(() => { moved = true; if (!document.hidden) save(); }, DWELL);
  show();
}
