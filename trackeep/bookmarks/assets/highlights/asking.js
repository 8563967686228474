// One request that changes something, in JSON.
import { ask as send } from "../../../assets/js/outliving.js";
import { problemOf, token } from "../../../assets/js/problems.js";

export async function ask(method, url, body = undefined, headers = {}) {
  let answer;
  let text;
  try {
    ({ response: answer, text } = await send(url, {
      method, body: body === undefined ? undefined : JSON.stringify(body),
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": token(), ...headers },
    }));
  } catch {
    return { ok: false, status: 0, problem: problemOf(0, "") };
  }
  if (answer.ok) return { ok: true, status: answer.status, data: text ? JSON.parse(text) : null };
  const problem = problemOf(answer.status, text);
  const lines = Object.values(problem.errors).flat();
  return { ok: false, status: answer.status, problem: lines.length ? { ...problem, detail: lines.join(" ") } : problem };
}
