// One unsafe request by script: token in the header, problem documents as errors, redirects told instead of followed. It outlives the page.
import { ask } from "./outliving.js";
import { problemOf, token } from "./problems.js";

// The server turns a redirect into 204 with X-Location for requests that carry X-Form, so that the page is loaded once.
export async function send(url, body = null, { method = "POST", signal } = {}) {
  let response;
  let text;
  try {
    ({ response, text } = await ask(url, {
      method, body, signal,
      headers: { "X-CSRF-Token": token(), "X-Form": "1", Accept: "application/json, text/html;q=0.5" },
    }));
  } catch (error) {
    if (error.name === "AbortError") throw error;
    return { ok: false, problem: problemOf(0, "") };
  }
  // A page that refuses draws its form again, with the words for it; an error page or a document only tells what is wrong.
  const html = (response.headers.get("Content-Type") ?? "").startsWith("text/html") && (response.ok || !text.includes("data-problem="));
  if (!response.ok && !html) return { ok: false, status: response.status, problem: problemOf(response.status, text) };
  return {
    ok: response.ok, status: response.status, text, html,
    redirect: response.headers.get("X-Location") ?? response.headers.get("HX-Redirect") ?? (response.redirected ? response.url : ""),
    toasted: trigger(response.headers.get("HX-Trigger")),
    problem: response.ok ? null : problemOf(response.status, text),
  };
}

function trigger(header) {
  if (!header) return false;
  const named = header.trim().startsWith("{") ? JSON.parse(header) : Object.fromEntries(header.split(",").map((name) => [name.trim(), {}]));
  for (const [name, detail] of Object.entries(named)) {
    (name === "toast" ? document : document.body).dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }
  return "toast" in named;
}
