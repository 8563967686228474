// Moves a thing by pointer or finger within an area. A copy of it follows, and whoever asked shows where it would land. A mouse
// begins after a few pixels, a finger after it has rested for a moment: before that it scrolls and taps as ever. Escape and a
// second finger take it back.
import { all, one } from "./dom.js";

const SLACK = { mouse: 5, finger: 10 };
const REST = 250;
const EDGE = 48;
const SPEED = 0.9; // pixels a millisecond at the very edge
const LONGEST_TAP = 500;
const AFTERMATH = 50;
const BESIDE = { x: 16, y: 14, finger: 30 };
const CONTROLS = "button, input, select, textarea, summary, .menu-list";

// thing: selector of what moves; handle: what a mouse has to take hold of (a finger: the thing); boxes: what scrolls inside the
// area; aside: the copy is small and beside the pointer, where others are marked as its goal; over(thing, element below, point):
// once a frame; land(thing, home): home is null where it stands as before; cancelled(thing).
export function draggable(area, wanted) {
  const way = { cancelled: () => {}, ...wanted };
  let hold = null;
  let quiet = false;
  area.classList.add("is-live");

  area.addEventListener("pointerdown", (event) => {
    const lifted = hold || event.button !== 0 || !event.isPrimary ? null : taken(event, way);
    quiet = false;
    if (lifted) hold = new Hold(area, lifted, event, way, (was) => { hold = null; quiet = was; });
  });
  // A finger that has lifted something must not scroll; passive listeners could not say so.
  area.addEventListener("touchmove", (event) => { if (hold?.ghost && event.cancelable) event.preventDefault(); }, { passive: false });
  // The tap that ends a drag is none, however late a busy phone would tell of it.
  area.addEventListener("touchend", (event) => { if (quiet && event.cancelable) event.preventDefault(); }, { passive: false });
  area.addEventListener("contextmenu", (event) => { if (hold?.touch) event.preventDefault(); });
  area.addEventListener("dragstart", (event) => { if (hold) event.preventDefault(); });
}

const isTouch = (event) => event.pointerType !== "mouse";

function taken(event, { thing, handle }) {
  const grip = handle && event.target.closest(handle);
  if (!grip && ((handle && !isTouch(event)) || event.target.closest(CONTROLS))) return null;
  return event.target.closest(thing);
}

class Hold {
  constructor(area, lifted, event, way, gone) {
    Object.assign(this, { area, lifted, way, gone, pointer: event.pointerId, touch: isTouch(event), since: event.timeStamp });
    Object.assign(this, { x: event.clientX, y: event.clientY, moved: false, ghost: null });
    this.slack = this.touch ? SLACK.finger : SLACK.mouse;
    this.listen();
    if (this.touch) this.timer = setTimeout(() => this.lift(), REST);
  }

  // Only while something is held: an area that is drawn again leaves nothing behind.
  listen() {
    this.listening = new AbortController();
    const { signal } = this.listening;
    const mine = (act) => (event) => { if (event.pointerId === this.pointer) act(event); };
    addEventListener("pointermove", mine((event) => this.move(event)), { signal });
    addEventListener("pointerup", mine((event) => this.drop(event)), { signal });
    addEventListener("pointercancel", mine(() => this.end(false)), { signal });
    addEventListener("pointerdown", (event) => { if (event.pointerId !== this.pointer) this.end(false); }, { signal, capture: true });
    addEventListener("keydown", (event) => this.escape(event), { signal, capture: true });
  }

  lift() {
    const { lifted } = this;
    const box = lifted.getBoundingClientRect();
    this.home = { parent: lifted.parentElement, next: lifted.nextElementSibling };
    this.ghost = copied(lifted);
    this.ghost.classList.toggle("is-aside", Boolean(this.way.aside));
    if (!this.way.aside) this.ghost.style.width = `${box.width}px`;
    this.offset = { x: this.x - box.left, y: this.y - box.top };
    this.boxes = this.way.boxes ? all(this.way.boxes, this.area) : [];
    // What stands still while the page scrolls has no use for it.
    this.pinned = /fixed|sticky/.test(getComputedStyle(this.area).position);
    document.body.append(this.ghost);
    if (this.way.aside) this.offset = this.beside();
    lifted.classList.add("is-lifted");
    document.body.classList.add("is-dragging");
    this.follow();
    this.shown = performance.now();
    this.frame = requestAnimationFrame((now) => this.tick(now));
  }

  // A finger covers what is below it, and the copy stands above that.
  beside() {
    const { width, height } = this.ghost.getBoundingClientRect();
    return this.touch ? { x: width / 2, y: height + BESIDE.finger } : { x: -BESIDE.x, y: -BESIDE.y };
  }

  follow() {
    const x = this.x - this.offset.x;
    const within = this.way.aside ? Math.max(0, Math.min(x, innerWidth - this.ghost.offsetWidth)) : x;
    this.ghost.style.transform = `translate(${within}px, ${this.y - this.offset.y}px)`;
  }

  // Once a frame, however often the pointer reports.
  tick(now) {
    this.follow();
    if (this.moved) this.scroll(Math.min(now - this.shown, AFTERMATH));
    this.shown = now;
    this.look(this.x, this.y);
    this.frame = requestAnimationFrame((next) => this.tick(next));
  }

  look(x, y) {
    this.way.over(this.lifted, document.elementFromPoint(x, y), { x, y });
  }

  scroll(time) {
    const { area, x, y } = this;
    for (const box of this.boxes) {
      const { left, right, top, bottom } = box.getBoundingClientRect();
      if (x > left && x < right && y > top - EDGE && y < bottom + EDGE) scrolled(box, 0, pull(y, top, bottom), time);
    }
    const { left, right, top, bottom } = area.getBoundingClientRect();
    scrolled(area, pull(x, left, right), 0, time);
    const room = visible();
    const up = pull(y, room.top, room.bottom);
    if (!this.pinned && (up < 0 ? top < room.top + EDGE : bottom > room.bottom - EDGE)) scrolled(window, 0, up, time);
  }

  move(event) {
    const far = Math.hypot(event.clientX - this.x, event.clientY - this.y) > this.slack;
    if (!this.ghost && this.touch && far) return this.end(false);
    if (!this.ghost && far) this.lift();
    if (!this.ghost) return;
    this.moved ||= far;
    if (!this.moved) return;
    this.x = event.clientX;
    this.y = event.clientY;
  }

  drop({ clientX, clientY }) {
    if (this.moved) this.look(clientX, clientY);
    this.end(true);
  }

  escape(event) {
    if (event.key !== "Escape" || !this.ghost) return;
    event.stopPropagation();
    this.end(false);
  }

  end(dropped) {
    const { lifted, home, way } = this;
    this.listening.abort();
    clearTimeout(this.timer);
    cancelAnimationFrame(this.frame);
    const dragged = Boolean(this.ghost) && (this.moved || performance.now() - this.since > LONGEST_TAP);
    this.gone(dragged);
    if (!this.ghost) return;
    this.ghost.remove();
    lifted.classList.remove("is-lifted");
    document.body.classList.remove("is-dragging");
    if (dragged) hush();
    const stays = lifted.parentElement === home.parent && lifted.nextElementSibling === home.next;
    if (dropped && lifted.isConnected) return way.land(lifted, stays ? null : home);
    if (!stays) home.parent.insertBefore(lifted, home.next?.parentElement === home.parent ? home.next : null);
    way.cancelled(lifted);
  }
}

// Only looks like it: nothing else finds the copy for the thing, or a part of it.
function copied(thing) {
  const copy = thing.cloneNode(true);
  for (const part of [copy, ...all("*", copy)]) {
    for (const name of part.getAttributeNames()) if (name === "id" || name.startsWith("data-")) part.removeAttribute(name);
  }
  copy.classList.add("is-ghost");
  copy.setAttribute("aria-hidden", "true");
  return copy;
}

// The click, or the menu, that ends a drag opens nothing.
function hush() {
  const over = new AbortController();
  const swallow = (event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  for (const name of ["click", "contextmenu"]) addEventListener(name, swallow, { capture: true, signal: over.signal });
  setTimeout(() => over.abort(), AFTERMATH);
}

// What of the page is seen between the bars.
function visible() {
  const below = one(".bottom-bar")?.getBoundingClientRect();
  return { top: Math.max(0, one(".topbar")?.getBoundingClientRect().bottom ?? 0), bottom: below?.height ? below.top : innerHeight };
}

// How strongly an edge pulls: -1 at the beginning, 1 at the end, 0 between.
function pull(at, from, to) {
  const edge = Math.min(EDGE, (to - from) / 4);
  if (at < from + edge) return -Math.min(1, (from + edge - at) / edge);
  return at > to - edge ? Math.min(1, (at - to + edge) / edge) : 0;
}

function scrolled(box, x, y, time) {
  const far = (strength) => Math.sign(strength) * Math.ceil(Math.abs(strength) * SPEED * time);
  if (x || y) box.scrollBy({ left: far(x), top: far(y), behavior: "instant" });
}

// Puts the thing before the first one whose middle is not above the pointer, else behind all.
export function dropAt(list, lifted, y, thing) {
  const others = all(`:scope > ${thing}`, list).filter((each) => each !== lifted);
  const next = others.find((each) => { const box = each.getBoundingClientRect(); return y <= box.top + box.height / 2; });
  const before = next ?? list.querySelector(":scope > .load-more");
  if (lifted.parentElement !== list || lifted.nextElementSibling !== before) list.insertBefore(lifted, before ?? null);
}

// Where in a thing the pointer is: nearer to an edge, or inside.
export function zone(thing, y, edge = 0.3) {
  const { top, height } = thing.getBoundingClientRect();
  const part = (y - top) / height;
  return part < edge ? "before" : part > 1 - edge ? "after" : "inside";
}
