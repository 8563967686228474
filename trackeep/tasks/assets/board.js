// A board: cards move by pointer, finger or Shift with the arrow keys. What moved stays where it was put while the
// server is told, and goes back with a message when the server refuses.
import { all, one } from "../../assets/js/dom.js";
import { draggable, dropAt } from "../../assets/js/drag.js";
import { problemOf } from "../../assets/js/problems.js";
import { send } from "../../assets/js/send.js";
import { tell } from "../../assets/js/tell.js";
import { form, say } from "./dragging/telling.js";

const CARD = "[data-card]";
const laneOf = (card) => card.closest("[data-lane]");

// One after the other, so that a quick second move finds the first one done.
let waiting = Promise.resolve();

function count(lane, step) {
  const place = one("[data-count]", lane);
  const number = Number(place.dataset.count) + step;
  place.dataset.count = number;
  if (number <= 1000) place.textContent = number;
}

function moved(board, from, to) {
  if (from === to) return;
  count(from, -1);
  count(to, 1);
}

function fields(board, card, home) {
  const wanted = {};
  const lane = laneOf(card).dataset.lane;
  if (laneOf(home.parent) !== laneOf(card)) {
    if (board.dataset.by === "status") wanted.status = lane;
    else wanted.section_id = lane === "0" ? "" : lane;
  }
  if (board.dataset.ordered === undefined) return wanted;
  const before = card.previousElementSibling;
  const next = card.nextElementSibling;
  if (before?.matches(CARD)) wanted.after_id = before.dataset.card;
  else if (next?.matches(CARD)) wanted.before_id = next.dataset.card;
  return wanted;
}

function land(board, card, home) {
  if (!home) return;
  const wanted = fields(board, card, home);
  const lane = laneOf(card);
  moved(board, laneOf(home.parent), lane);
  if (lane.dataset.lane === "done" || laneOf(home.parent).dataset.lane === "done") card.classList.toggle("is-done", lane.dataset.lane === "done");
  report(board, card, home, wanted);
  const place = all(CARD, lane).indexOf(card) + 1;
  say(board, board.dataset.wordMoved.replace("{title}", one("[data-open]", card).textContent).replace("{column}", one("h2", lane).textContent).replace("{place}", place));
}

function report(board, card, home, wanted) {
  waiting = waiting.then(async () => {
    const answer = await send(`${board.dataset.tasks}/${card.dataset.card}/place`, form(wanted));
    if (answer.ok) return;
    const asks = answer.status === 409 && answer.problem.open_subtasks && !wanted.children;
    const children = asks ? await chosen() : "";
    if (children) return report(board, card, home, { ...wanted, children });
    back(board, card, home);
    if (!asks) tell({ text: answer.problem.detail, kind: "error" });
  });
}

function back(board, card, home) {
  if (!card.isConnected) return;
  moved(board, laneOf(card), laneOf(home.parent));
  home.parent.insertBefore(card, home.next?.parentElement === home.parent ? home.next : null);
  card.classList.toggle("is-done", laneOf(card).dataset.lane === "done");
}

// What becomes of the open tasks below one that is finished; nothing when the question is put away.
function chosen() {
  const dialog = one("#board-children");
  return new Promise((answer) => {
    const choose = ({ target }) => {
      const word = target.closest("[data-children]")?.dataset.children;
      if (word) dialog.close(word);
    };
    dialog.returnValue = "";
    dialog.addEventListener("click", choose);
    dialog.addEventListener("close", () => { dialog.removeEventListener("click", choose); answer(dialog.returnValue); }, { once: true });
    dialog.showModal();
  });
}

function key(board, event) {
  const card = event.target.closest(CARD);
  if (!card || !/^Arrow/.test(event.key) || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const lanes = all("[data-lane]", board);
  const forth = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const step = event.key === "ArrowDown" || event.key === forth ? 1 : -1;
  const upright = event.key === "ArrowUp" || event.key === "ArrowDown";
  const cards = all(CARD, laneOf(card));
  const at = cards.indexOf(card);
  const lane = upright ? laneOf(card) : lanes[lanes.indexOf(laneOf(card)) + step];
  if (!lane) return;
  if (!event.shiftKey) {
    const there = all(CARD, lane);
    one("[data-open]", (upright ? there[at + step] : there[Math.min(at, there.length - 1)]) ?? card).focus();
    return;
  }
  const home = { parent: card.parentElement, next: card.nextElementSibling };
  if (upright && (board.dataset.ordered === undefined || !cards[at + step])) return;
  const list = one("[data-cards]", lane);
  const there = all(CARD, lane);
  const next = upright ? (step > 0 ? cards[at + 1].nextElementSibling : cards[at - 1]) : there[at] ?? one(".load-more", list);
  list.insertBefore(card, next ?? null);
  one("[data-open]", card).focus();
  card.scrollIntoView({ block: "nearest", inline: "nearest" });
  land(board, card, home);
}

async function add(add) {
  const input = one("[name=title]", add);
  if (!input.value.trim()) return;
  const data = new FormData(add);
  input.value = "";
  const answer = await send(add.action, data);
  if (!answer.ok) {
    input.value = data.get("title");
    tell({ text: answer.problem?.detail ?? problemOf(0, "").detail, kind: "error" });
    return;
  }
  // The line may name another project: then the board draws itself again.
  if (!answer.text.trim()) return;
  const list = one("[data-cards]", laneOf(add));
  list.insertAdjacentHTML("beforeend", answer.text);
  list.scrollTop = list.scrollHeight;
  count(laneOf(add), 1);
}

// A board that is drawn again stays where it was scrolled to.
let place = null;
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const board = detail.target.id === "board" && one("[data-by]", detail.target);
  if (!board) return;
  const lanes = all("[data-lane]", board).map((lane) => [lane.dataset.lane, one("[data-cards]", lane).scrollTop]);
  place = { left: board.scrollLeft, lanes: new Map(lanes) };
});

function restore(board) {
  if (!place) return;
  board.scrollLeft = place.left;
  for (const lane of all("[data-lane]", board)) one("[data-cards]", lane).scrollTop = place.lanes.get(lane.dataset.lane) ?? 0;
  place = null;
}

export function mount(board) {
  restore(board);
  draggable(board, {
    thing: CARD,
    boxes: "[data-cards]",
    over: (card, under, { y }) => {
      const lane = under?.closest("[data-lane]");
      if (lane && board.contains(lane)) dropAt(one("[data-cards]", lane), card, y, CARD);
    },
    land: (card, home) => land(board, card, home),
  });
  board.addEventListener("keydown", (event) => key(board, event));
  board.addEventListener("submit", (event) => {
    const target = event.target.closest("[data-add]");
    if (!target) return;
    event.preventDefault();
    add(target);
  });
}
