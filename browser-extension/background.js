// Without a window: context menu, keyboard, and the badge that tells whether a page is saved.
import { pageOf } from "./lib/page.js";
import { change, check, forgetPages, isPage, isSaved, newDraft, remember, saveOrWait, sendWaiting } from "./lib/saving.js";
import { browser, isConnected, settings } from "./lib/store.js";
import { t } from "./lib/words.js";

const MENU = { "save-page": ["page"], "save-link": ["link"], "selection-description": ["selection"], "selection-note": ["selection"] };
const WORDS = { "save-page": "menuPage", "save-link": "menuLink", "selection-description": "menuDescription", "selection-note": "menuNote" };
const COLOURS = { good: "#18794e", warn: "#8a5a00", bad: "#c02530" };
const FLASH_MS = 2_500;
let silentUntil = 0;

browser.runtime.onInstalled.addListener(async ({ reason }) => {
  await browser.contextMenus.removeAll();
  for (const [id, contexts] of Object.entries(MENU)) browser.contextMenus.create({ id, contexts, title: t(WORDS[id]), documentUrlPatterns: ["http://*/*", "https://*/*"] });
  if (reason === "install" && !isConnected(await settings())) browser.runtime.openOptionsPage();
});
browser.storage.local.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });
browser.runtime.onStartup.addListener(() => sendWaiting());
browser.contextMenus.onClicked.addListener((info, tab) => chosen(info, tab));
browser.commands.onCommand.addListener(async (command, tab) => {
  if (command !== "save-now") return;
  const [shown] = tab ? [tab] : await browser.tabs.query({ active: true, lastFocusedWindow: true });
  await act(shown, async () => saveShown(await pageOf(shown)));
});
browser.tabs.onUpdated.addListener((_id, changed, tab) => { if (changed.url || changed.status === "complete") mark(tab); });
browser.tabs.onActivated.addListener(async ({ tabId }) => mark(await browser.tabs.get(tabId)));
browser.runtime.onMessage.addListener((message, sender) => { if (sender.id === browser.runtime.id) heard(message); });

// What the popup and the settings tell: a page was saved, or the badge was switched.
async function heard(message) {
  if (message.badge === false) await forgetPages();
  if (message.saved) await remember(message.saved, true);
  const shown = await browser.tabs.query({ active: true });
  await Promise.all((message.badge === false ? await browser.tabs.query({}) : shown).map(mark));
}

function chosen(info, tab) {
  const selection = (info.selectionText ?? "").trim();
  const verbs = {
    "save-page": () => saveShown({ url: info.pageUrl, title: tab?.title ?? "" }),
    "save-link": () => saveShown({ url: info.linkUrl, title: "" }),
    "selection-description": () => saveShown({ url: info.pageUrl, title: tab?.title ?? "", description: selection }),
    "selection-note": () => saveShown({ url: info.pageUrl, title: tab?.title ?? "", notes: quoted(selection) }),
  };
  return act(tab, verbs[info.menuItemId]);
}

const quoted = (text) => text.split("\n").map((line) => `> ${line}`).join("\n");

async function saveShown({ url, title = "", description = "", notes = "" }) {
  if (!isPage(url)) return ["bad", t("notAPage")];
  const found = await saveOrWait(newDraft({ url, title, description, notes }));
  if (found.outcome === "waiting") return ["warn", t("waits")];
  if (found.outcome === "saved" || !(description || notes)) return ["good", t(found.outcome === "saved" ? "saved" : "alreadySaved")];
  await addTo(await check(url), { description, notes });
  return ["good", t("savedChanges")];
}

// To a page that is saved already a selection is added; nothing that is there is replaced.
async function addTo(bookmark, given) {
  if (!bookmark) return;
  const joined = Object.entries(given).filter(([name, text]) => text && !bookmark[name].includes(text));
  const changes = Object.fromEntries(joined.map(([name, text]) => [name, [bookmark[name], text].filter(Boolean).join("\n\n")]));
  if (joined.length) await change(bookmark, changes);
}

// The icon tells for a moment how it went.
async function act(tab, verb) {
  if (!isConnected(await settings())) return browser.runtime.openOptionsPage();
  let told;
  try {
    told = await verb();
  } catch (problem) {
    told = ["bad", problem.message];
  }
  await flash(tab, ...told);
}

async function flash(tab, kind, text) {
  const tabId = tab?.id;
  await browser.action.setBadgeBackgroundColor({ color: COLOURS[kind], tabId });
  await browser.action.setBadgeText({ text: kind === "good" ? "✓" : kind === "warn" ? "…" : "!", tabId });
  await browser.action.setTitle({ title: `${t("name")}: ${text}`, tabId });
  if (kind !== "bad") setTimeout(() => (tab ? mark(tab) : null), FLASH_MS);
}

// Off unless the person has switched it on, since it tells the server which pages are visited; never for private windows.
async function mark(tab) {
  const { badge, server, token } = await settings();
  let saved = false;
  if (badge && isConnected({ server, token }) && isPage(tab.url) && !tab.incognito && !tab.url.startsWith(`${server}/`)) saved = await known(tab.url);
  try {
    await browser.action.setBadgeBackgroundColor({ color: COLOURS.good, tabId: tab.id });
    await browser.action.setBadgeText({ text: saved ? "✓" : "", tabId: tab.id });
    await browser.action.setTitle({ title: saved ? `${t("name")}: ${t("alreadySaved")}` : t("name"), tabId: tab.id });
  } catch {
    // The tab was closed meanwhile.
  }
}

// A server that is away or says that it is asked too often is left alone for a minute.
async function known(url) {
  if (Date.now() < silentUntil) return false;
  try {
    return await isSaved(url);
  } catch {
    silentUntil = Date.now() + 60_000;
    return false;
  }
}
