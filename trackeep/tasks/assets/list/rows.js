// Which row is meant, which rows are its neighbours, and how a change of one is sent.
import { all, one } from "../../../assets/js/dom.js";
import { send } from "../../../assets/js/send.js";
import { tell } from "../../../assets/js/tell.js";

export const currentRow = () => one("[data-task].is-current") ?? document.activeElement?.closest?.("[data-task]") ?? one("[data-task].is-open");
export const hrefOf = (row) => one("[data-open]", row)?.getAttribute("href") ?? "";
export const isSorted = (row) => row.closest("[data-sortable]") !== null && row.dataset.writable !== undefined;

// The rows with the same parent, in their order.
export const siblings = (row) => all("[data-task]", row.parentElement).filter((each) => each.dataset.parent === row.dataset.parent);

export const say = (text, kind = "error") => tell({ text, kind });

export async function change(address, fields) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  const answer = await send(address, body);
  if (!answer.ok && answer.status !== 409) say(Object.values(answer.problem.errors ?? {}).flat().join(" ") || answer.problem.detail);
  return answer;
}
