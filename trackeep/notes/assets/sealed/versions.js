// The versions of an encrypted note: each is opened here, by the passphrase that the note had then, and read like the note itself. What was
// opened, and older passphrases, live in this object until the note is locked.
import { all, one } from "../../../assets/js/dom.js";
import { tell } from "../../../assets/js/tell.js";
import { open, UnreadablePayload } from "../sealing.js";
import { read } from "./asking.js";
import { complain } from "./passphrase.js";

export class Versions {
  #known = new Map();
  #version = null;
  #text = null;

  // `note` tells its passphrase, which is "" while it is locked.
  constructor(root, note) {
    this.place = one("#sealed-versions", root);
    this.words = root.dataset;
    this.note = note;
  }

  // The list is asked for anew each time; the page's shell puts it into its place.
  ask() {
    this.#drop();
    this.place.replaceChildren();
    this.place.dispatchEvent(new CustomEvent("sealed:versions"));
  }

  get holds() {
    return this.#text !== null;
  }

  async choose(line) {
    this.#drop();
    for (const each of all(".version-line", this.place)) each.removeAttribute("aria-current");
    line.setAttribute("aria-current", "true");
    const version = await read(line.dataset.version).catch((error) => {
      tell({ text: error.problem?.detail ?? this.words.failed, kind: "error" });
    });
    if (!version || !line.hasAttribute("aria-current")) return;
    this.#version = { ...version, line };
    const passphrase = this.#passphrase();
    if (passphrase) {
      const text = await open(version.sealed, passphrase).catch(() => null);
      if (this.#version?.line !== line) return;
      if (text !== null) return this.#draw(text);
    }
    this.#askPassphrase();
  }

  // Of the version that is shown, if it was told already.
  #passphrase() {
    const { passphrase } = this.#version;
    return this.#known.get(passphrase) ?? (this.#isOfNow() ? this.note.passphrase() : "");
  }

  #isOfNow() {
    return String(this.#version.passphrase) === one("[data-passphrase]", this.place)?.dataset.passphrase;
  }

  #askPassphrase() {
    const form = one("form", this.place);
    const lead = one(".sealed-lead", form);
    lead.textContent = this.#isOfNow() ? lead.dataset.wordNow : lead.dataset.wordThen;
    complain(form, "passphrase", "");
    form.reset();
    this.#reveal(form);
    form.elements.passphrase.focus();
  }

  async unlock(form) {
    const [version, passphrase] = [this.#version, form.elements.passphrase.value];
    if (!version) return;
    let text;
    try {
      text = await open(version.sealed, passphrase);
    } catch (error) {
      if (this.#version === version) complain(form, "passphrase", error instanceof UnreadablePayload ? this.words.unreadable : this.words.wrongThen);
      return;
    }
    if (this.#version !== version) return;
    form.reset();
    this.#known.set(version.passphrase, passphrase);
    await this.#draw(text);
  }

  async #draw(text) {
    const version = this.#version;
    const shown = one("[data-version-text]", this.place);
    const made = await (await import(this.words.renderer)).renderer(this.place)(text);
    if (this.#version !== version) return;
    this.#text = text;
    shown.replaceChildren(made);
    one(".version-title", this.place).textContent = one("time", version.line)?.title ?? "";
    const [restore, locked] = [one("[data-version-restore]", this.place), one("[data-version-locked]", this.place)];
    const isNewest = "newest" in version.line.dataset;
    if (restore) restore.hidden = isNewest || !this.note.passphrase();
    if (locked) locked.hidden = isNewest || Boolean(this.note.passphrase());
    this.#reveal(one("[data-version-open]", this.place));
    this.note.stir();
  }

  async restore() {
    if (this.#text !== null && (await this.note.restore(this.#text))) tell({ text: this.words.restored });
  }

  #reveal(part) {
    for (const each of all("[data-version-shown] > *", this.place)) each.hidden = each !== part;
  }

  #drop() {
    this.#version = this.#text = null;
    one("[data-version-text]", this.place)?.replaceChildren();
    const none = one("[data-version-none]", this.place);
    if (none) this.#reveal(none);
  }

  // Nothing plain stays, and no passphrase.
  forget() {
    this.#drop();
    this.#known.clear();
    this.place.replaceChildren();
  }
}
