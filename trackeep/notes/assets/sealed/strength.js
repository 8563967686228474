// How hard a passphrase is to guess, roughly, from 0 to 4: by its length, the kinds of its signs and what repeats in it.
const KINDS = [[/[a-z]/, 26], [/[A-Z]/, 26], [/\d/, 10], [/[^\p{L}\d]/u, 20], [/[^\x00-\x7f]/, 60]];
const STEPS = [28, 45, 62, 80];
// What everybody tries first.
const KNOWN = /passw|passphrase|qwert|asdf|letmein|12345|abcde|iloveyou|admin|welcome|trackeep/i;
export const LEAST = 8;

export function strength(text) {
  if (text.length < LEAST) return 0;
  const signs = KINDS.reduce((sum, [kind, count]) => sum + (kind.test(text) ? count : 0), 0);
  // A sign that stands next to its like adds little, and so does the next in a row such as abc or 321.
  let counted = 1;
  for (let at = 1; at < text.length; at += 1) counted += Math.abs(text.charCodeAt(at) - text.charCodeAt(at - 1)) <= 1 ? 0.3 : 1;
  const words = new Set(text.toLowerCase().split(/[\s\-_.,]+/).filter((word) => word.length > 2)).size;
  let bits = counted * Math.log2(Math.max(2, signs));
  // Words are easier to guess than their letters: about one of ten thousand each.
  if (words > 1 && /^[\p{L}\s\-_.,]+$/u.test(text)) bits = Math.min(bits, words * 13.5);
  if (KNOWN.test(text)) bits = Math.min(bits, 30);
  return STEPS.filter((step) => bits >= step).length;
}
