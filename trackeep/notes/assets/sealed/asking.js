// The requests of an encrypted note. What goes out is either sealed, or plain because somebody has said so.
import { problemOf, token } from "../../../assets/js/problems.js";

export async function read(url) {
  const response = await fetch(url, { credentials: "same-origin", cache: "no-store", headers: { Accept: "application/json" } });
  if (!response.ok) throw Object.assign(new Error("refused"), { problem: problemOf(response.status, await response.text()) });
  return response.json();
}

// Answers the note as it now is; a refusal is an error with its problem document.
export async function put(url, version, body) {
  let response;
  try {
    response = await fetch(url, {
      method: "PUT", credentials: "same-origin", body: JSON.stringify(body),
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": token(), "If-Match": `"${version}"` },
    });
  } catch {
    throw Object.assign(new Error("offline"), { problem: problemOf(0, "") });
  }
  const text = await response.text();
  if (!response.ok) throw Object.assign(new Error("refused"), { problem: problemOf(response.status, text) });
  return JSON.parse(text);
}
