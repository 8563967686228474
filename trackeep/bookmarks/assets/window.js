// The window of the bookmarklet goes by itself once its page is saved; the moment before is for reading that it was.
const MOMENT = 900;

export function mount() {
  setTimeout(() => window.close(), MOMENT);
}
