// The service worker shows a page of ours when the server cannot be reached. Only over HTTPS or from the device itself.
import { root } from "./dom.js";

if ("serviceWorker" in navigator) {
  addEventListener("load", () => navigator.serviceWorker.register(`${root}/service-worker.js`, { scope: `${root}/` }).catch(() => {}));
}
