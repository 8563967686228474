// Settings: which server, with which token, and whether the badge may tell it what is visited.
import { call, Problem } from "./lib/api.js";
import { browser, changeSettings, forgetEverything, isConnected, settings } from "./lib/store.js";
import { fillWords, t } from "./lib/words.js";

const NEAR = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
const byId = (id) => document.getElementById(id);

async function start() {
  fillWords(document);
  const chosen = await settings();
  byId("server").value = chosen.server;
  byId("token").value = chosen.token;
  byId("badge").checked = chosen.badge && (await browser.permissions.contains({ permissions: ["tabs"] }));
  linkToTokens();
  show(chosen);
  await showKeys();
}

function show(chosen) {
  byId("more").hidden = byId("forget").hidden = !isConnected(chosen);
  byId("space-part").hidden = chosen.spaces.length < 2;
  byId("space").replaceChildren(...chosen.spaces.map(({ id, name }) => new Option(name, id, false, id === chosen.spaceId)));
}

// The address as it is kept: without a scheme HTTPS is meant, but on this very machine.
export function serverOf(text) {
  const given = text.trim().replace(/\/+$/, "");
  if (/\s/.test(given)) throw new TypeError("not an address of a server");
  const near = /^(localhost|127\.|\[::1\])/i.test(given);
  const address = new URL(/^https?:\/\//i.test(given) ? given : `${near ? "http" : "https"}://${given}`);
  if (!address.hostname || address.username || address.password) throw new TypeError("not an address of a server");
  return `${address.origin}${address.pathname.replace(/\/+$/, "")}`;
}

// Patterns have no port: it is the same for all of them.
const pattern = (server) => `${new URL(server).protocol}//${new URL(server).hostname}/*`;

function linkToTokens() {
  try {
    Object.assign(byId("make"), { href: `${serverOf(byId("server").value)}/settings/tokens`, hidden: !byId("server").value.trim() });
  } catch {
    byId("make").hidden = true;
  }
}

async function connect() {
  let server;
  try {
    server = serverOf(byId("server").value);
  } catch {
    return tell("bad", t("problemAddress"));
  }
  // First of all: browsers ask only as the direct answer to a click.
  if (!(await browser.permissions.request({ origins: [pattern(server)] }))) return tell("bad", t("problemPermission", new URL(server).host));
  const place = { server, token: byId("token").value.trim() };
  tell("", t("testing"));
  try {
    const spaces = await examine(place);
    const kept = await settings();
    const same = spaces.some(({ id }) => id === kept.spaceId) && kept.server === server;
    const chosen = await changeSettings({ ...place, spaces, spaceId: same ? kept.spaceId : spaces[0]?.id ?? null });
    byId("server").value = server;
    show(chosen);
    const open = place.server.startsWith("http:") && !NEAR.test(new URL(server).hostname);
    tell(open ? "warn" : "good", t(open ? "worksUnprotected" : "works"));
  } catch (problem) {
    tell("bad", problem.message);
  }
}

// Everything that will be needed, tried without changing anything: an empty address is refused, but only to who may save.
async function examine(place) {
  const { items } = await needing("spaces:read", call("GET", "/spaces", { place }));
  await needing("bookmarks:read", call("GET", "/bookmarks", { place, query: { limit: 1 } }));
  await needing("tags:read", call("GET", "/tags/suggestions", { place, query: { limit: 1 } }));
  await needing("bookmarks:write", call("POST", "/bookmarks", { place, body: { url: "" } }).catch((problem) => {
    if (problem.kind !== "invalid") throw problem;
  }));
  return items.filter(({ role }) => role !== "viewer").map(({ id, name }) => ({ id, name }));
}

async function needing(scope, asked) {
  try {
    return await asked;
  } catch (problem) {
    throw problem.kind === "rights" ? new Problem("rights", t("problemScope", scope)) : problem;
  }
}

function tell(kind, text) {
  Object.assign(byId("told"), { hidden: !text });
  byId("told").dataset.kind = kind;
  byId("told").firstElementChild.textContent = text;
}

async function showKeys() {
  const commands = (await browser.commands?.getAll?.()) ?? [];
  const lines = commands.filter(({ shortcut }) => shortcut).flatMap(({ name, description, shortcut }) => [
    Object.assign(document.createElement("span"), { textContent: name === "_execute_action" ? t("commandOpen") : description }),
    Object.assign(document.createElement("kbd"), { textContent: shortcut }),
  ]);
  byId("keys").replaceChildren(...lines);
  byId("keys-part").hidden = !lines.length;
}

async function switchBadge() {
  const wanted = byId("badge").checked;
  const may = wanted ? await browser.permissions.request({ permissions: ["tabs"] }) : false;
  byId("badge").checked = may;
  await changeSettings({ badge: may });
  if (!may) await browser.permissions.remove({ permissions: ["tabs"] }).catch(() => false);
  await browser.runtime.sendMessage({ badge: may }).catch(() => {});
}

async function forget() {
  const { server } = await settings();
  await forgetEverything();
  if (server) await browser.permissions.remove({ origins: [pattern(server)] }).catch(() => false);
  byId("form").reset();
  byId("server").value = byId("token").value = "";
  byId("badge").checked = false;
  show(await settings());
  linkToTokens();
  tell("", t("forgotten"));
}

byId("form").addEventListener("submit", (event) => { event.preventDefault(); connect(); });
byId("server").addEventListener("input", linkToTokens);
byId("forget").addEventListener("click", forget);
byId("badge").addEventListener("change", switchBadge);
byId("space").addEventListener("change", () => changeSettings({ spaceId: Number(byId("space").value) }));
byId("reveal").addEventListener("click", () => {
  const shown = byId("token").type === "password";
  byId("token").type = shown ? "text" : "password";
  byId("reveal").setAttribute("aria-pressed", String(shown));
  byId("reveal").textContent = t(shown ? "hide" : "show");
});

start();
