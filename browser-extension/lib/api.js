// Requests to the person's own server, and what went wrong with one in words that help.
import { settings } from "./store.js";
import { t } from "./words.js";

const PATIENCE_MS = 10_000;

// `kind` is one of offline, elsewhere, token, rights, busy, exists, changed, invalid, other.
export class Problem extends Error {
  constructor(kind, words, body = {}) {
    super(words);
    this.kind = kind;
    this.body = body;
  }
}

export async function call(method, path, { query = {}, body, headers = {}, place } = {}) {
  const { server, token } = place ?? (await settings());
  const address = new URL(`${server}/api/v1${path}`);
  for (const [name, value] of Object.entries(query)) if (value !== null && value !== undefined) address.searchParams.set(name, value);
  const answer = await ask(address, {
    method,
    headers: { Accept: "application/json", Authorization: `Bearer ${token}`, ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const told = await read(answer, address);
  if (answer.ok) return told;
  throw problem(answer, told, address);
}

// Neither cookies nor the page before go along; a redirect would carry the token to who knows where.
async function ask(address, request) {
  const options = { credentials: "omit", redirect: "manual", cache: "no-store", referrerPolicy: "no-referrer", signal: AbortSignal.timeout(PATIENCE_MS) };
  let answer;
  try {
    answer = await fetch(address, { ...request, ...options });
  } catch {
    throw new Problem("offline", t("problemOffline", address.host));
  }
  if (answer.type === "opaqueredirect") throw new Problem("elsewhere", t("problemRedirect", address.host));
  return answer;
}

async function read(answer, address) {
  if (answer.status === 204) return null;
  if (!/^application\/(problem\+)?json\b/.test(answer.headers.get("Content-Type") ?? "")) {
    if ([502, 503, 504].includes(answer.status)) throw new Problem("offline", t("problemBusy"));
    throw new Problem("elsewhere", t(answer.status === 400 ? "problemName" : "problemElsewhere", address.host));
  }
  try {
    return await answer.json();
  } catch {
    throw new Problem("offline", t("problemOffline", address.host));
  }
}

function problem(answer, told, address) {
  const words = [told.detail, ...Object.values(told.errors ?? {}).flat()].filter(Boolean);
  if (answer.status === 401) return new Problem("token", t("problemToken"), told);
  if (answer.status === 403) return new Problem("rights", t("problemRights"), told);
  if (answer.status === 404 && !told.request_id) return new Problem("elsewhere", t("problemElsewhere", address.host), told);
  if (answer.status === 409 && told.existing_id) return new Problem("exists", t("alreadySaved"), told);
  if (answer.status === 409) return new Problem("changed", t("problemChanged"), told);
  if (answer.status === 429) return new Problem("busy", t("problemMany", answer.headers.get("Retry-After") ?? "60"), told);
  if (answer.status >= 500) return new Problem("offline", t("problemBusy"), told);
  return new Problem(answer.status === 422 ? "invalid" : "other", words.slice(-1)[0] ?? t("problemOther"), told);
}
