// What was written in a note and has not reached the server, kept in this browser for the person who wrote it.
import { isSignedIn, keptAs } from "../../../assets/js/kept.js";

export function drafts(note) {
  const key = keptAs(note);
  return {
    get: () => (isSignedIn() ? JSON.parse(localStorage.getItem(key) ?? "null") : null),
    drop: () => localStorage.removeItem(key),
    // Answers "kept", "full" where there is no room, or "refused" to whom nobody is signed in any more.
    put(draft) {
      if (!isSignedIn()) return "refused";
      try {
        localStorage.setItem(key, JSON.stringify(draft));
        return "kept";
      } catch (error) {
        if (error.name !== "QuotaExceededError") throw error;
        return "full";
      }
    },
  };
}
