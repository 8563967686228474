// What a person wrote and has not saved stays in this browser under their name, only while they are signed in here.
import { meta } from "./dom.js";

const MARKER = "writer";
const PREFIX = "note-draft:";
const writer = meta("writer");

export const keptAs = (name) => `${PREFIX}${writer}:${name}`;

// Whether the person of this page is still the one who is signed in: others may have come in another tab.
export const isSignedIn = () => writer !== "" && localStorage.getItem(MARKER) === writer;

// Every page that knows its person says so, which takes away what others left here.
export function claim() {
  if (!writer) return;
  if (!isSignedIn()) forget((key) => !key.startsWith(keptAs("")));
  localStorage.setItem(MARKER, writer);
}

// From here on nothing is kept until somebody signs in.
export function leave() {
  localStorage.removeItem(MARKER);
  forget(() => true);
}

function forget(which) {
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX) && which(key)) localStorage.removeItem(key);
}
