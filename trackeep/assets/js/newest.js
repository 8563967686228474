// Questions asked while somebody types: only the newest one is answered, an older one is dropped.
import { problemOf } from "./problems.js";

export function newest() {
  let asked = null;
  const drop = () => asked?.abort();

  // The answer's text, or null when a newer question took its place; what went wrong is thrown with words for it.
  async function ask(url) {
    drop();
    const { signal } = (asked = new AbortController());
    let status = 0;
    let text = "";
    try {
      const answer = await fetch(url, { signal, headers: { "HX-Request": "true" } });
      text = await answer.text();
      if (answer.ok) return text;
      status = answer.status;
    } catch {
      if (signal.aborted) return null;
    }
    throw new Error(problemOf(status, text).detail);
  }

  return { ask, drop };
}
