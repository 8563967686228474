// What went wrong with a request, in words, and how such words look.
import { element, icon, meta, one, word } from "./dom.js";

export const token = () => meta("csrf-token");

// Title, detail and field errors of a failed answer, whether it is a problem document or a page.
export function problemOf(status, text) {
  try {
    const told = JSON.parse(text);
    return { ...told, status, detail: told.detail || told.title || word("failed"), errors: told.errors ?? {} };
  } catch {
    const page = new DOMParser().parseFromString(text ?? "", "text/html");
    const detail = one("[data-problem-detail]", page)?.textContent.trim();
    return { status, detail: detail || word(status ? "failed" : "offline"), errors: {} };
  }
}

export function notice(text, kind = "bad") {
  const box = element("div", { class: `notice notice-${kind}`, role: "alert" }, icon("alert-circle"));
  box.append(element("div", { class: "notice-body" }, text));
  return box;
}
