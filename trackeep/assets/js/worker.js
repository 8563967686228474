// The installed app has a service worker, which shows a page of ours when the server cannot be reached. In the browser's tabs there is
// none: they tell it themselves, and Chromium breaks page transitions off while a worker takes its place.
import { root } from "./dom.js";

if ("serviceWorker" in navigator && matchMedia("(display-mode: standalone)").matches) {
  // Where the browser refuses it, such as under a certificate that it does not trust, everything else works.
  addEventListener("load", () => navigator.serviceWorker.register(`${root}/service-worker.js`, { scope: `${root}/` }).catch(() => {}));
}
