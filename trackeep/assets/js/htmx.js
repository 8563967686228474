// htmx, where other modules and the journeys find it.
import htmx from "htmx.org";

window.htmx = htmx;

// A changed thing brings its row along. Where no list shows that row (its own page, another filter) it is taken out
// beforehand: htmx would report an error for it.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!detail.serverResponse?.includes("hx-swap-oob")) return;
  const box = document.createElement("template");
  box.innerHTML = detail.serverResponse;
  const homeless = [...box.content.querySelectorAll('[hx-swap-oob="true"]')].filter((each) => !document.getElementById(each.id));
  for (const each of homeless) each.remove();
  if (homeless.length) detail.serverResponse = box.innerHTML;
});
