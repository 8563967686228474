// What was written in a note and has not reached the server, kept in this browser.
export function drafts(note) {
  const key = `note-draft:${note}`;
  return {
    get: () => JSON.parse(localStorage.getItem(key) ?? "null"),
    drop: () => localStorage.removeItem(key),
    // Answers whether there was room.
    put(draft) {
      try {
        localStorage.setItem(key, JSON.stringify(draft));
        return true;
      } catch (error) {
        if (error.name !== "QuotaExceededError") throw error;
        return false;
      }
    },
  };
}
