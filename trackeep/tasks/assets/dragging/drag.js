// Moves a thing by pointer or finger between the lists of an area. The thing itself shows where it would land while a
// copy follows the pointer. A mouse begins after a few pixels, a finger after it has rested for a moment.
import { all } from "../../../assets/js/dom.js";

const SLACK = 5;
const REST = 260;
const EDGE = 48;
const SPEED = 14;

export function draggable(area, { thing, over, land, cancelled = () => {} }) {
  let hold = null;
  area.classList.add("is-live");

  area.addEventListener("pointerdown", (event) => {
    const lifted = event.target.closest(thing);
    if (!lifted || hold || event.button !== 0 || event.target.closest("button, input, summary, .menu-list")) return;
    hold = { lifted, x: event.clientX, y: event.clientY, pointer: event.pointerId, touch: event.pointerType !== "mouse", listening: new AbortController() };
    listen(hold.listening.signal);
    if (hold.touch) hold.timer = setTimeout(() => lift(), REST);
  });
  // A finger that has lifted something must not scroll; passive listeners could not say so.
  area.addEventListener("touchmove", (event) => { if (hold?.ghost) event.preventDefault(); }, { passive: false });
  area.addEventListener("contextmenu", (event) => { if (hold?.touch) event.preventDefault(); });
  area.addEventListener("dragstart", (event) => event.preventDefault());

  function lift() {
    const { lifted } = hold;
    const box = lifted.getBoundingClientRect();
    hold.home = { parent: lifted.parentElement, next: lifted.nextElementSibling };
    hold.ghost = lifted.cloneNode(true);
    for (const name of ["id", "data-row", "data-card"]) hold.ghost.removeAttribute(name);
    hold.ghost.classList.add("is-ghost");
    hold.ghost.style.width = `${box.width}px`;
    hold.ghost.setAttribute("aria-hidden", "true");
    hold.offset = { x: hold.x - box.left, y: hold.y - box.top };
    document.body.append(hold.ghost);
    lifted.classList.add("is-lifted");
    document.body.classList.add("is-dragging");
    follow();
    hold.frame = requestAnimationFrame(tick);
  }

  function follow() {
    hold.ghost.style.transform = `translate(${hold.x - hold.offset.x}px, ${hold.y - hold.offset.y}px)`;
  }

  // Once a frame, however often the pointer reports.
  function tick() {
    if (!hold?.ghost) return;
    follow();
    scrollNear(hold.x, hold.y);
    over(hold.lifted, document.elementFromPoint(hold.x, hold.y), hold);
    hold.frame = requestAnimationFrame(tick);
  }

  function scrollNear(x, y) {
    for (const box of all("[data-cards]", area).filter((each) => each.scrollHeight > each.clientHeight)) {
      const { left, right, top, bottom } = box.getBoundingClientRect();
      if (x < left || x > right) continue;
      if (y < top + EDGE && y > top - EDGE) box.scrollTop -= SPEED;
      else if (y > bottom - EDGE && y < bottom + EDGE) box.scrollTop += SPEED;
    }
    const { left, right } = area.getBoundingClientRect();
    if (x < left + EDGE) area.scrollLeft -= SPEED;
    else if (x > right - EDGE) area.scrollLeft += SPEED;
    if (area.scrollHeight > innerHeight && y < EDGE * 2) scrollBy(0, -SPEED);
    else if (area.scrollHeight > innerHeight && y > innerHeight - EDGE) scrollBy(0, SPEED);
  }

  function end(dropped) {
    if (!hold) return;
    const { lifted, ghost, home, listening } = hold;
    listening.abort();
    clearTimeout(hold.timer);
    cancelAnimationFrame(hold.frame);
    hold = null;
    if (!ghost) return;
    ghost.remove();
    lifted.classList.remove("is-lifted");
    document.body.classList.remove("is-dragging");
    // The click that ends a drag opens nothing.
    addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => removeEventListener("click", swallow, { capture: true }), 50);
    if (!dropped) {
      home.parent.insertBefore(lifted, home.next);
      cancelled(lifted);
    } else if (home.parent !== lifted.parentElement || home.next !== lifted.nextElementSibling) land(lifted, home);
    else land(lifted, null);
  }

  // Only while something is held: an area that is drawn again leaves nothing behind.
  function listen(signal) {
    const mine = (act) => (event) => { if (event.pointerId === hold?.pointer) act(event); };
    addEventListener("pointermove", mine(move), { signal });
    addEventListener("pointerup", mine(drop), { signal });
    addEventListener("pointercancel", mine(() => end(false)), { signal });
    addEventListener("keydown", escape, { signal, capture: true });
  }

  function move(event) {
    const far = Math.hypot(event.clientX - hold.x, event.clientY - hold.y) > SLACK;
    if (!hold.ghost && hold.touch && far) return end(false);
    if (!hold.ghost && far) lift();
    if (!hold.ghost) return;
    hold.x = event.clientX;
    hold.y = event.clientY;
  }

  function drop({ clientX: x, clientY: y }) {
    if (hold.ghost) over(hold.lifted, document.elementFromPoint(x, y), { x, y });
    end(true);
  }

  function escape(event) {
    if (event.key !== "Escape" || !hold?.ghost) return;
    event.stopPropagation();
    end(false);
  }
}

function swallow(event) {
  event.preventDefault();
  event.stopPropagation();
}

// Puts the thing before the first one whose middle is below the pointer, else behind all.
export function dropAt(list, lifted, y, thing) {
  const others = all(`:scope > ${thing}`, list).filter((each) => each !== lifted);
  const next = others.find((each) => { const box = each.getBoundingClientRect(); return y < box.top + box.height / 2; });
  const before = next ?? list.querySelector(":scope > .load-more");
  if (lifted.parentElement !== list || lifted.nextElementSibling !== before) list.insertBefore(lifted, before ?? null);
}

export const form = (fields) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
};

// A sentence for screen readers.
export function say(area, text) {
  const place = area.parentElement?.querySelector("[data-board-says]");
  if (place) place.textContent = text;
}

