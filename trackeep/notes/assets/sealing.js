// Seals a text with a passphrase in the browser, so that the server only ever keeps what it cannot read.
//
// What it makes is {cipher_text, salt, iv, iterations} as the API keeps it, bytes in base64. The key comes from the passphrase by PBKDF2
// with SHA-256, the text is sealed by AES-GCM with 256 bits, whose check also tells a wrong passphrase.
const ITERATIONS = 600_000;
// A payload from elsewhere must not keep a browser busy for hours.
const MOST_ITERATIONS = 10_000_000;

export class WrongPassphrase extends Error {}
export class UnreadablePayload extends Error {}

const toBase64 = (bytes) => {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
};
const fromBase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

// The same letters may be typed in two ways; both are one passphrase.
async function keyFrom(passphrase, salt, iterations) {
  const bytes = new TextEncoder().encode(passphrase.normalize("NFC"));
  const material = await crypto.subtle.importKey("raw", bytes, "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations }, material, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

// Answers what the API takes. Each time with a new salt and iv, so that equal texts never look equal.
export async function seal(text, passphrase) {
  if (!passphrase) throw new WrongPassphrase("A passphrase is needed.");
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await keyFrom(passphrase, salt, ITERATIONS);
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(text));
  return { cipher_text: toBase64(new Uint8Array(data)), salt: toBase64(salt), iv: toBase64(iv), iterations: ITERATIONS };
}

function parse(sealed) {
  const iterations = sealed?.iterations;
  if (!Number.isInteger(iterations) || iterations < 1 || iterations > MOST_ITERATIONS) throw new UnreadablePayload("unknown");
  try {
    return { iterations, salt: fromBase64(sealed.salt), iv: fromBase64(sealed.iv), data: fromBase64(sealed.cipher_text) };
  } catch {
    throw new UnreadablePayload("This note was sealed in a way that is not known here.");
  }
}

// Raises WrongPassphrase, also for a payload that somebody changed: the two cannot be told apart.
export async function open(sealed, passphrase) {
  const { iterations, salt, iv, data } = parse(sealed);
  const key = await keyFrom(passphrase, salt, iterations);
  try {
    return new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, data));
  } catch {
    throw new WrongPassphrase("This passphrase does not open the note.");
  }
}
