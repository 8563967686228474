// What was written and has not reached the server, kept in this browser for the person who wrote it: until it is saved, until they sign
// out, or until somebody else signs in here. A session that has merely ended takes nothing away.
import { meta, root } from "./dom.js";

const person = meta("person");
const OWNER = `drafts-of:${root}`;
const ALL = `draft:${root}:`;
const MINE = `${ALL}${person}:`;

if (person) hand(person);
else if (meta("left")) hand("");

function hand(owner) {
  for (const key of Object.keys(localStorage)) if (key.startsWith(ALL) && !(owner && key.startsWith(MINE))) localStorage.removeItem(key);
  if (owner) localStorage.setItem(OWNER, owner);
  else localStorage.removeItem(OWNER);
}

export function draft(name) {
  const key = MINE + name;
  return {
    get: () => JSON.parse(localStorage.getItem(key) ?? "null"),
    drop: () => localStorage.removeItem(key),
    // Whether there was room for it, and the person has not signed out in another tab.
    put(value) {
      if (localStorage.getItem(OWNER) !== person) return false;
      try {
        localStorage.setItem(key, JSON.stringify(value));
        return true;
      } catch (error) {
        if (error.name !== "QuotaExceededError") throw error;
        return false;
      }
    },
  };
}
