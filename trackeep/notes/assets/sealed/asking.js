// The requests of an encrypted note. What goes out is either sealed, or plain because somebody has said so.
import { ask } from "../../../assets/js/outliving.js";
import { problemOf, token } from "../../../assets/js/problems.js";

export async function read(url) {
  const response = await fetch(url, { credentials: "same-origin", cache: "no-store", headers: { Accept: "application/json" } });
  if (!response.ok) throw Object.assign(new Error("refused"), { problem: problemOf(response.status, await response.text()) });
  return response.json();
}

// Answers the note as it now is; a refusal is an error with its problem document.
export async function put(url, version, body) {
  let response;
  let text;
  try {
    ({ response, text } = await ask(url, {
      method: "PUT", body: JSON.stringify(body),
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": token(), "If-Match": `"${version}"` },
    }));
  } catch {
    throw Object.assign(new Error("offline"), { problem: problemOf(0, "") });
  }
  if (!response.ok) throw Object.assign(new Error("refused"), { problem: problemOf(response.status, text) });
  return JSON.parse(text);
}
