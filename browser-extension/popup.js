// The popup: what the page is, whether it is saved already, and the form that saves or changes it.
import { Picker } from "./lib/picker.js";
import { currentPage } from "./lib/page.js";
import { change, check, collections, isPage, newDraft, save, sendWaiting, suggestTags } from "./lib/saving.js";
import { addWaiting, browser, draftOf, dropDraft, isConnected, keep, keepDraft, settings, waiting } from "./lib/store.js";
import { fillWords, t } from "./lib/words.js";

const TEXTS = ["title", "url", "description", "notes"];
const MARKS = ["unread", "favourite"];
const REST_MS = 150;
const byId = (id) => document.getElementById(id);
const form = byId("form");

// `page` is what the form was opened about, `draft` what a save would send, `bookmark` what the server has of it.
const state = { page: null, draft: null, bookmark: null, touched: false, busy: false, timer: 0 };
const known = { collections: [] };

const tags = new Picker(byId("tags"), { suggest: suggestTags, free: true, changed: touch });
const places = new Picker(byId("collections"), { suggest: matchingCollections, changed: touch });

async function matchingCollections(text) {
  const wanted = text.toLowerCase();
  return known.collections
    .map(({ id, path }) => ({ value: id, label: path.join(" / "), hint: "" }))
    .filter(({ label }) => label.toLowerCase().includes(wanted));
}

async function start() {
  fillWords(document);
  if (navigator.platform.startsWith("Mac")) form.querySelector("kbd").textContent = "⌘ ⏎";
  const chosen = await settings();
  byId("head").hidden = !isConnected(chosen);
  byId("welcome").hidden = isConnected(chosen);
  if (!isConnected(chosen)) return byId("connect").focus();
  showWaiting(await waiting());
  state.page = await currentPage();
  const kept = await draftOf(state.page.url);
  state.touched = kept !== null;
  state.draft = kept ?? newDraft({ url: isPage(state.page.url) ? state.page.url : "", title: state.page.title, description: state.page.selection });
  showDraft(state.draft);
  form.hidden = false;
  tags.input.focus();
  if (!isPage(state.page.url)) tell("warn", t("notAPage"));
  await Promise.all([loadCollections(), look()]);
}

async function loadCollections() {
  try {
    await collections((found) => {
      known.collections = found;
      byId("collections").hidden = !found.length;
      places.set(places.values, found.map(({ id, path }) => [id, path.join(" / ")]));
    });
  } catch {
    // The names of the last time are shown; the check tells what is wrong.
  }
}

// Whether the page is saved already. What was typed before the answer stays.
async function look() {
  if (!isPage(state.page.url)) return;
  try {
    const found = await check(state.page.url);
    if (found) showBookmark(found);
  } catch (problem) {
    tellProblem(problem, look);
  }
}

function showBookmark(bookmark) {
  state.bookmark = bookmark;
  if (!state.touched) showDraft({ ...bookmark, tags: bookmark.tags.map(({ name }) => name) });
  else if (bookmark.tags.length) tags.set([...new Set([...bookmark.tags.map(({ name }) => name), ...tags.values])]);
  showState("saved", t("alreadySaved"));
  showLink(bookmark.id);
  label();
}

async function showLink(id) {
  const { server } = await settings();
  Object.assign(byId("open"), { href: `${server}/bookmarks/${id}`, hidden: false });
}

function showState(kind, text) {
  const mark = byId("state");
  mark.dataset.kind = kind;
  mark.textContent = text;
  mark.hidden = false;
}

function showDraft(draft) {
  for (const name of TEXTS) form.elements[name].value = draft[name] ?? "";
  for (const name of MARKS) form.elements[name].checked = Boolean(draft[name]);
  tags.set(draft.tags);
  places.set(draft.collection_ids);
  label();
}

function label() {
  byId("save").firstElementChild.textContent = t(state.busy ? "saving" : state.bookmark ? "saveChanges" : "saveBookmark");
  byId("save").setAttribute("aria-busy", String(state.busy));
}

function typed() {
  const texts = Object.fromEntries(TEXTS.map((name) => [name, form.elements[name].value]));
  const marks = Object.fromEntries(MARKS.map((name) => [name, form.elements[name].checked]));
  return { ...state.draft, ...texts, ...marks, tags: [...tags.values], collection_ids: [...places.values] };
}

// Other words are another request: the server takes a key only for the body that it came with first.
function touch() {
  state.touched = true;
  state.draft = { ...state.draft, key: crypto.randomUUID() };
  clearTimeout(state.timer);
  state.timer = setTimeout(keepTyped, REST_MS);
}

function keepTyped() {
  clearTimeout(state.timer);
  if (state.touched && state.page) keepDraft(state.page.url, typed());
}

async function submit() {
  if (state.busy || !form.reportValidity()) return;
  tags.all();
  tell("", "");
  state.busy = true;
  label();
  try {
    await (state.bookmark ? saveChanges() : saveNew());
  } catch (problem) {
    tellProblem(problem, submit);
  } finally {
    state.busy = false;
    label();
  }
}

async function saveNew() {
  const { id: _id, version: _version, ...draft } = typed();
  try {
    await done(await save(draft), t("saved"));
  } catch (problem) {
    if (problem.kind !== "exists") throw problem;
    state.touched = true;
    await look();
    tell("warn", t("existsMeanwhile"));
  }
}

async function saveChanges() {
  const draft = typed();
  const names = state.bookmark.tags.map(({ name }) => name);
  const before = { ...state.bookmark, tags: names };
  const changed = [...TEXTS, ...MARKS, "tags", "collection_ids"].filter((name) => JSON.stringify(draft[name]) !== JSON.stringify(before[name]));
  try {
    const fresh = changed.length ? await change(state.bookmark, Object.fromEntries(changed.map((name) => [name, draft[name]]))) : state.bookmark;
    await done(fresh, t("savedChanges"));
  } catch (problem) {
    if (problem.kind !== "changed") throw problem;
    askWhose(problem);
  }
}

// Somebody, or another device, changed it since: both ways on are the person's.
async function askWhose(problem) {
  const theirs = await check(state.page.url);
  if (!theirs) return tell("bad", t("problemGone"), [[t("saveBookmark"), () => { state.bookmark = null; submit(); }]]);
  tell("warn", problem.message, [
    [t("keepMine"), () => { state.bookmark = theirs; submit(); }],
    [t("takeTheirs"), () => { state.touched = false; tell("", ""); showBookmark(theirs); }],
  ]);
}

async function done(bookmark, text) {
  clearTimeout(state.timer);
  state.touched = false;
  await dropDraft(state.page.url);
  state.draft = newDraft({ url: bookmark.url });
  tell("", "");
  showBookmark(bookmark);
  showState("saved", text);
  browser.runtime.sendMessage({ saved: bookmark.url }).catch(() => {});
}

function tellProblem(problem, again) {
  keepTyped();
  if (problem.kind === "token" || problem.kind === "rights" || problem.kind === "elsewhere") {
    return tell("bad", problem.message, [[t("settings"), () => browser.runtime.openOptionsPage()]]);
  }
  if (problem.kind !== "offline" && problem.kind !== "busy") return tell("bad", problem.message ?? t("problemOther"));
  const ways = [[t("tryAgain"), again]];
  if (again === submit && !state.bookmark) ways.push([t("saveLater"), putAside]);
  tell("warn", `${problem.message} ${t("nothingLost")}`, ways);
}

async function putAside() {
  await addWaiting(typed());
  await dropDraft(state.page.url);
  state.touched = false;
  tell("", "");
  showState("waiting", t("waits"));
  showWaiting(await waiting());
}

function tell(kind, text, ways = []) {
  const notice = byId("notice");
  notice.hidden = !text;
  notice.dataset.kind = kind;
  notice.firstElementChild.textContent = text;
  notice.replaceChildren(notice.firstElementChild, ...ways.map(([words, act]) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-small", textContent: words });
    button.addEventListener("click", act);
    return button;
  }));
}

function showWaiting(drafts) {
  const refused = drafts.find((draft) => draft.reason);
  byId("waiting").hidden = !drafts.length;
  byId("waiting").firstElementChild.textContent = refused ? `${refused.title || refused.url}: ${refused.reason}` : t("waitingCount", drafts.length);
  byId("discard").hidden = !refused;
}

byId("send").addEventListener("click", async () => showWaiting(await sendWaiting()));
byId("discard").addEventListener("click", async () => {
  const [refused, ...others] = (await waiting()).sort((one, other) => Boolean(other.reason) - Boolean(one.reason));
  if (refused) await keep("waiting", others);
  showWaiting(others);
});
byId("settings").addEventListener("click", () => browser.runtime.openOptionsPage());
byId("connect").addEventListener("click", () => browser.runtime.openOptionsPage());
form.addEventListener("submit", (event) => { event.preventDefault(); submit(); });
form.addEventListener("input", (event) => { if (event.target.name) touch(); });
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); submit(); }
});
addEventListener("pagehide", keepTyped);

start();
