// A month: a task moves to another day by pointer, finger or Shift with the arrow keys.
import { all, one } from "../../assets/js/dom.js";
import { draggable } from "../../assets/js/drag.js";
import { send } from "../../assets/js/send.js";
import { tell } from "../../assets/js/tell.js";
import { form, say } from "./dragging/telling.js";

const TASK = "[data-card]";
const WEEK = 7;
const dayOf = (task) => task.closest("[data-day]");

function look(day) {
  day.classList.toggle("is-empty", !one("li", day) && !one(".month-more", day));
}

async function land(month, task, home) {
  if (!home || dayOf(home.parent) === dayOf(task)) return;
  const days = [dayOf(home.parent), dayOf(task)];
  days.forEach(look);
  say(month, `${one(".month-title", task).textContent}: ${days[1].getAttribute("aria-label")}`);
  const answer = await send(`${month.dataset.tasks}/${task.dataset.card}/day`, form({ day: days[1].dataset.day }));
  if (answer.ok) return;
  tell({ text: answer.problem.detail, kind: "error" });
  if (task.isConnected) home.parent.insertBefore(task, home.next?.parentElement === home.parent ? home.next : null);
  days.forEach(look);
}

function key(month, event) {
  const task = event.target.closest(TASK);
  if (!task || !event.shiftKey || !/^Arrow/.test(event.key)) return;
  event.preventDefault();
  const days = all("[data-day]", month);
  const forth = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const step = { ArrowUp: -WEEK, ArrowDown: WEEK }[event.key] ?? (event.key === forth ? 1 : -1);
  const to = days[days.indexOf(dayOf(task)) + step];
  if (!to) return;
  const home = { parent: task.parentElement, next: task.nextElementSibling };
  one("[data-cards]", to).prepend(task);
  one("[data-open]", task).focus();
  land(month, task, home);
}

export function mount(month) {
  draggable(month, {
    thing: TASK,
    over: (task, under) => {
      const day = under?.closest("[data-day]");
      if (day && month.contains(day) && dayOf(task) !== day) one("[data-cards]", day).prepend(task);
    },
    land: (task, home) => land(month, task, home),
  });
  month.addEventListener("keydown", (event) => key(month, event));
}
