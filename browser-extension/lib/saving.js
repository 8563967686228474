// Saving a page, and what is known of pages that are saved: shared by the popup and the background.
import { call } from "./api.js";
import { addWaiting, browser, cached, keep, settings, waiting } from "./store.js";

const KNOWN = "known";
const MOST_KNOWN = 500;
const FRESH_MS = { true: 3_600_000, false: 600_000 };

export const isPage = (url) => /^https?:\/\//i.test(url ?? "");

export const newDraft = (given) => ({
  key: crypto.randomUUID(), title: "", description: "", notes: "", tags: [], collection_ids: [], unread: false, favourite: false, ...given,
});

// The key makes a repeated request harmless: however often it is sent, the page is saved once.
export async function save({ key, ...draft }) {
  const { spaceId } = await settings();
  const body = { ...draft, ...(spaceId ? { space_id: spaceId } : {}) };
  const saved = await call("POST", "/bookmarks", { body, headers: { "Idempotency-Key": key } });
  await remember(draft.url, true);
  return saved;
}

export const change = (bookmark, changes) =>
  call("PATCH", `/bookmarks/${bookmark.id}`, { body: changes, headers: { "If-Match": `"${bookmark.version}"` } });

export async function check(url) {
  const { spaceId } = await settings();
  const { bookmark } = await call("GET", "/bookmarks/check", { query: { url, space: spaceId } });
  await remember(url, Boolean(bookmark));
  return bookmark;
}

// For the badge: answered from memory while fresh, so that looking at a page again tells the server nothing.
export async function isSaved(url) {
  const known = (await knownPages())[url];
  if (known && Date.now() - known.at < FRESH_MS[known.saved]) return known.saved;
  return Boolean(await check(url));
}

async function knownPages() {
  const found = await browser.storage.session.get(KNOWN);
  return found[KNOWN] ?? {};
}

export async function remember(url, saved) {
  const { [url]: _old, ...others } = await knownPages();
  const newest = Object.entries(others).slice(1 - MOST_KNOWN);
  await browser.storage.session.set({ [KNOWN]: Object.fromEntries([...newest, [url, { saved, at: Date.now() }]]) });
}

export const forgetPages = () => browser.storage.session.remove(KNOWN);

// Save it now, or put it aside until the server answers again. Returns saved, exists or waiting.
export async function saveOrWait(draft) {
  try {
    return { outcome: "saved", bookmark: await save(draft) };
  } catch (problem) {
    if (problem.kind === "exists") return { outcome: "exists", id: problem.body.existing_id };
    if (problem.kind !== "offline" && problem.kind !== "busy") throw problem;
    await addWaiting(draft);
    return { outcome: "waiting" };
  }
}

// What waits is sent one after another; what the server refuses for a reason of its own stays with that reason.
export async function sendWaiting() {
  const left = [];
  let away = false;
  for (const draft of await waiting()) {
    const { reason: _reason, ...fresh } = draft;
    try {
      if (away) left.push(draft);
      else await save(fresh);
    } catch (problem) {
      away = problem.kind === "offline" || problem.kind === "busy" || problem.kind === "token";
      if (problem.kind !== "exists") left.push({ ...fresh, reason: problem.message });
    }
  }
  await keep("waiting", left);
  return left;
}

// Collections change rarely: the last answer is shown at once, the fresh one replaces it.
export async function collections(show) {
  const { spaceId } = await settings();
  const mine = (items) => items.filter((each) => !spaceId || each.space_id === spaceId);
  show(mine(await cached("collections", [])));
  const { items } = await call("GET", "/bookmarks/collections");
  const shown = items.map(({ id, space_id, path }) => ({ id, space_id, path }));
  await keep("collections", shown);
  show(mine(shown));
}

export async function suggestTags(text) {
  const { spaceId } = await settings();
  const { items } = await call("GET", "/tags/suggestions", { query: { text, space: spaceId, limit: 8 } });
  return items.map(({ name, uses }) => ({ value: name, label: name, hint: String(uses) }));
}
