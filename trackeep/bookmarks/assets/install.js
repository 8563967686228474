// The browser says when it would install the app; until then there is nothing to press.
export function mount(place) {
  const button = place.querySelector("button");
  let offer = null;
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offer = event;
    place.hidden = false;
  });
  addEventListener("appinstalled", () => { place.hidden = true; });
  button.addEventListener("click", async () => {
    if (!offer) return;
    await offer.prompt();
    offer = null;
    place.hidden = true;
  });
}
