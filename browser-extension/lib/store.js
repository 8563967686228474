// What the extension keeps on this device: where the server is, the token, what was typed and not saved yet.
export const browser = globalThis.browser ?? globalThis.chrome;

const EMPTY = { server: "", token: "", spaceId: null, spaces: [], badge: false };
const MOST_DRAFTS = 20;
const MOST_WAITING = 200;

export async function settings() {
  const { settings: kept } = await browser.storage.local.get("settings");
  return { ...EMPTY, ...kept };
}

export async function changeSettings(changes) {
  const changed = { ...(await settings()), ...changes };
  await browser.storage.local.set({ settings: changed });
  return changed;
}

export const isConnected = ({ server, token }) => Boolean(server && token);

export async function cached(name, otherwise) {
  const found = await browser.storage.local.get(name);
  return found[name] ?? otherwise;
}

export const keep = (name, value) => browser.storage.local.set({ [name]: value });

// What was typed about a page, by its address, until it is saved.
export const draftOf = async (url) => (await cached("drafts", {}))[url] ?? null;

export async function keepDraft(url, draft) {
  const { [url]: _old, ...others } = await cached("drafts", {});
  const newest = Object.entries(others).slice(1 - MOST_DRAFTS);
  await keep("drafts", Object.fromEntries([...newest, [url, draft]]));
}

export async function dropDraft(url) {
  const { [url]: _old, ...others } = await cached("drafts", {});
  await keep("drafts", others);
}

// Pages that could not be saved because the server did not answer.
export const waiting = () => cached("waiting", []);

export async function addWaiting(draft) {
  const others = (await waiting()).filter((each) => each.url !== draft.url);
  await keep("waiting", [...others, draft].slice(-MOST_WAITING));
}

export const forgetEverything = () => browser.storage.local.clear();
