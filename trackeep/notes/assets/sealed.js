// An encrypted note: opened, written and sealed again in this browser alone. The passphrase and the text live in variables of this
// module while the note is open; neither goes into a store, an address, a form that is sent, or the history.
import { all, later, one } from "../../assets/js/dom.js";
import { tell } from "../../assets/js/tell.js";
import { put, read } from "./sealed/asking.js";
import { chosen, complain } from "./sealed/passphrase.js";
import { ticked, walkInside } from "./sealed/ticking.js";
import { Versions } from "./sealed/versions.js";
import { open, seal, UnreadablePayload } from "./sealing.js";

const PAUSE = 1500;

class SealedNote {
  #text = "";
  #passphrase = "";
  #idle = 0;
  #saving = Promise.resolve(true);

  constructor(root) {
    this.root = root;
    this.words = root.dataset;
    this.version = Number(root.dataset.version);
    this.sealed = root.dataset.sealed ? JSON.parse(root.dataset.sealed) : null;
    this.dirty = false;
    this.keeping = 0;
    // What was locked before it could be saved.
    this.waiting = false;
    this.saveSoon = later(() => this.save(), PAUSE);
    this.versions = new Versions(root, { passphrase: () => this.#passphrase, restore: (text) => this.restore(text), stir: () => this.stir() });
  }

  show(state) {
    this.root.dataset.state = state;
    for (const part of all("[data-when]", this.root)) part.hidden = part.dataset.when !== state;
    const fields = all(`[data-when="${state}"] :is(input:not([type=hidden]), .cm-content, [data-preview-pane])`, this.root);
    fields.find((field) => field.checkVisibility())?.focus({ preventScroll: true });
  }

  status(text, kind = "") {
    const place = one("[data-sealed-status]", this.root);
    place.textContent = text;
    place.dataset.kind = kind;
  }

  async unlock(form) {
    const passphrase = form.elements.passphrase.value;
    await busy(form, async () => {
      try {
        this.#text = await open(this.sealed, passphrase);
      } catch (error) {
        complain(form, "passphrase", error instanceof UnreadablePayload ? this.words.unreadable : this.words.wrong);
        return;
      }
      complain(form, "passphrase", "");
      form.reset();
      this.#passphrase = passphrase;
      await this.#draw();
      this.stir();
    });
  }

  async #draw() {
    const place = one("[data-editor-place]", this.root);
    place.replaceChildren(one("template[data-editor]", this.root).content.cloneNode(true));
    const area = one("textarea", place);
    area.value = this.#text;
    area.readOnly = this.words.readonly !== undefined;
    const host = one("[data-module]", place);
    // What is empty is there to be written.
    if (!this.#text && !area.readOnly) host.dataset.mode = "write";
    const module = host.dataset.module;
    // It is mounted here, before anybody else would find it.
    host.removeAttribute("data-module");
    (await import(module)).mount(host);
    // Some browsers send what is checked for its spelling to their maker.
    one(".cm-content", host)?.setAttribute("spellcheck", "false");
    this.dirty = this.waiting;
    this.show("open");
    this.status(this.waiting ? this.words.unsaved : "");
    if (this.waiting) this.saveSoon();
    this.waiting = false;
  }

  typed() {
    this.dirty = true;
    this.status(this.words.unsaved);
    this.saveSoon();
    this.stir();
  }

  // The text as it stands in the editor now.
  text() {
    const form = one("form[data-sealed-editor]", this.root);
    if (form) this.#text = String(new FormData(form).get("text") ?? "").replaceAll("\r\n", "\n");
    return this.#text;
  }

  // One save after the other; answers whether all is saved.
  save() {
    this.#saving = this.#saving.then(() => (this.dirty && this.#passphrase ? this.#keep(this.#passphrase) : true));
    return this.#saving;
  }

  // `how` tells the server what is no secret: whether it is a version apart, and whether the passphrase is another.
  async #keep(passphrase, how = {}) {
    this.dirty = false;
    this.keeping += 1;
    this.status(this.words.saving);
    try {
      const sealed = await seal(this.text(), passphrase);
      const note = await put(this.words.save, this.version, { ...sealed, ...how });
      this.version = note.version;
      this.sealed = note.sealed;
      const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
      if (!this.dirty) this.status(this.words.saved.replace("{time}", time), "good");
      return true;
    } catch (error) {
      this.dirty = true;
      if (error.problem?.status === 409) await this.#meet();
      else this.status(error.problem?.detail ?? this.words.failed, "bad");
      return false;
    } finally {
      this.keeping -= 1;
    }
  }

  // Another window has saved: what it says is shown beside the editor, and nothing is overwritten until somebody chooses.
  async #meet() {
    this.status(this.words.clash, "bad");
    const note = await read(this.words.note).catch(() => null);
    if (!note?.encrypted) return;
    const box = one("[data-sealed-clash]", this.root);
    const theirs = await open(note.sealed, this.#passphrase).catch(() => null);
    one("pre", box).textContent = theirs ?? this.words.otherPassphrase;
    one("[data-take-theirs]", box).hidden = theirs === null;
    box.hidden = false;
    box.onclick = ({ target }) => {
      const button = target.closest("button");
      if (!button) return;
      [this.version, this.sealed] = [note.version, note.sealed];
      if ("takeTheirs" in button.dataset) this.#write(theirs);
      box.hidden = true;
      one("pre", box).textContent = "";
      // What the other window has saved stays a version, however soon this one follows and whatever its passphrase is.
      this.#saveApart({ new_passphrase: theirs === null });
    };
    box.scrollIntoView({ block: "nearest" });
  }

  #write(text) {
    one(".editor", this.root).dispatchEvent(new CustomEvent("editor:set", { detail: { text } }));
  }

  #saveApart(how = {}) {
    this.dirty = true;
    this.#saving = this.#saving.then(() => this.#keep(this.#passphrase, { apart: true, ...how }));
    return this.#saving;
  }

  // What was ticked where it is read; the line is told by the box.
  tick(box) {
    const { line } = box.dataset;
    const text = ticked(this.text(), Number(line), box.checked);
    if (text === null) return (box.checked = !box.checked);
    const host = one(".editor", this.root);
    host.addEventListener("editor:previewed", () => one(`input[data-line="${line}"]`, host)?.focus({ preventScroll: true }), { once: true });
    this.#write(text);
  }

  showVersions() {
    this.show("versions");
    this.versions.ask();
  }

  back() {
    this.versions.forget();
    this.show(this.#passphrase ? "open" : this.sealed ? "locked" : "plain");
  }

  // Answers whether the note says this now.
  async restore(text) {
    if (!this.#passphrase || !(await this.save())) return false;
    this.#write(text);
    this.show("open");
    return this.#saveApart();
  }

  // Nobody has touched anything for a while: what is written is saved, and all that is plain goes away.
  stir() {
    clearTimeout(this.#idle);
    if (this.#passphrase || this.versions.holds) this.#idle = setTimeout(() => this.lock(), Number(this.words.idle) * 1000);
  }

  async lock() {
    // A save that is on its way is waited for: what is opened next must be what it leaves.
    if (!(await this.save())) {
      // It could not be saved; sealed it waits here, and the passphrase opens it again.
      this.sealed = await seal(this.text(), this.#passphrase);
      this.waiting = true;
    }
    this.forget();
    this.show("locked");
  }

  forget() {
    clearTimeout(this.#idle);
    this.#passphrase = this.#text = "";
    this.versions.forget();
    one("[data-editor-place]", this.root)?.replaceChildren();
    const clash = one("[data-sealed-clash]", this.root);
    if (clash) {
      clash.hidden = true;
      one("pre", clash).textContent = "";
    }
  }

  async encrypt(form) {
    const passphrase = chosen(form, this.words);
    if (!passphrase) return;
    await busy(form, async () => {
      try {
        const note = await read(this.words.note);
        await put(this.words.save, note.version, await seal(note.body, passphrase));
        location.reload();
      } catch (error) {
        tell({ text: error.problem?.detail ?? this.words.failed, kind: "error" });
      }
    });
  }

  async change(form) {
    const passphrase = chosen(form, this.words);
    if (!passphrase) return;
    await busy(form, async () => {
      if (!(await this.save())) return form.closest("dialog").close();
      const forget_earlier = form.elements.forget_earlier.checked;
      this.#saving = this.#saving.then(() => this.#keep(passphrase, { new_passphrase: true, forget_earlier }));
      if (await this.#saving) {
        this.#passphrase = passphrase;
        form.reset();
        tell({ text: this.words.changed });
      }
      form.closest("dialog").close();
    });
  }

  async makePlain(form) {
    await busy(form, async () => {
      try {
        await put(this.words.open, this.version, { body: this.text() });
        this.dirty = false;
        location.assign(this.words.page);
      } catch (error) {
        form.closest("dialog").close();
        this.status(error.problem?.detail ?? this.words.failed, "bad");
      }
    });
  }
}

async function busy(form, act) {
  if (form.dataset.busy !== undefined) return;
  form.dataset.busy = "";
  form.classList.add("htmx-request");
  try {
    await act();
  } finally {
    delete form.dataset.busy;
    form.classList.remove("htmx-request");
  }
}

function clicked(note, event) {
  const at = (selector) => event.target.closest(selector);
  if (at("[data-sealed-lock]")) note.lock();
  else if (at("[data-sealed-versions]")) note.showVersions();
  else if (at("[data-sealed-back]")) note.back();
  else if (at("[data-version-restore]")) note.versions.restore();
  else if (at(".version-line")) note.versions.choose(at(".version-line"));
  else for (const pane of all(".prose", note.root)) walkInside(pane, event);
}

export function mount(root) {
  const note = new SealedNote(root);
  if (!globalThis.crypto?.subtle) return note.show("impossible");
  const acts = {
    unlock: (form) => note.unlock(form), encrypt: (form) => note.encrypt(form), change: (form) => note.change(form), plain: (form) => note.makePlain(form),
    editor: () => note.save(), version: (form) => busy(form, () => note.versions.unlock(form)),
  };
  root.addEventListener("submit", (event) => {
    // None of these forms is ever sent.
    event.preventDefault();
    acts[event.target.dataset.sealedForm]?.(event.target);
  });
  root.addEventListener("input", (event) => { if (event.target.closest("form[data-sealed-editor]")) note.typed(); });
  root.addEventListener("change", ({ target }) => { if (target.matches("[data-preview-pane] input[data-line]")) note.tick(target); });
  root.addEventListener("click", (event) => clicked(note, event));
  for (const kind of ["keydown", "pointerdown", "wheel"]) root.addEventListener(kind, () => note.stir(), { passive: true });
  addEventListener("beforeunload", (event) => { if (note.dirty || note.keeping) event.preventDefault(); });
  // A page that the browser keeps for the way back must not hold what was plain.
  addEventListener("pagehide", () => note.forget());
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  if (note.sealed && location.hash === "#versions") note.showVersions();
  else note.show(note.sealed ? "locked" : "plain");
}
