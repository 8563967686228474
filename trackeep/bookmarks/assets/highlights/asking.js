// One request that changes something, in JSON.
import { problemOf, token } from "../../../assets/js/problems.js";

export async function ask(method, url, body = undefined, headers = {}) {
  let answer;
  try {
    answer = await fetch(url, {
      method, credentials: "same-origin", body: body === undefined ? undefined : JSON.stringify(body),
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": token(), ...headers },
    });
  } catch {
    return { ok: false, status: 0, problem: problemOf(0, "") };
  }
  const text = await answer.text();
  if (answer.ok) return { ok: true, status: answer.status, data: text ? JSON.parse(text) : null };
  const problem = problemOf(answer.status, text);
  const lines = Object.values(problem.errors).flat();
  return { ok: false, status: answer.status, problem: lines.length ? { ...problem, detail: lines.join(" ") } : problem };
}
