// Unsaved words belong to whoever is signed in: claimed by each page, gone with the sign-out.
import { on } from "./dom.js";
import { claim, leave } from "./kept.js";

claim();
addEventListener("pageshow", ({ persisted }) => { if (persisted) claim(); });

// Who writes is told first, so that the last words are on their way before the session ends.
on("submit", "form[data-leaves]", () => {
  document.dispatchEvent(new Event("writer:leaves"));
  leave();
}, { capture: true });
