// The detail panel is part of the address (?open=/bookmarks/7), so that back closes it and a link to it can be shared.
const KEY = "open";

// A path of ours and nothing else: '//host' and 'javascript:' never get here.
export function openPath(address = location.href) {
  const path = new URL(address).searchParams.get(KEY) ?? "";
  return /^\/(?![/\\])/.test(path) ? path : "";
}

export function addressWith(path) {
  const address = new URL(location.href);
  if (path) address.searchParams.set(KEY, path);
  else address.searchParams.delete(KEY);
  return address.href.replace(/%2F/gi, "/");
}

const without = (address) => {
  const plain = new URL(address);
  plain.searchParams.delete(KEY);
  plain.hash = "";
  return plain.href;
};

let last = location.href;
export function step(path, replace = false) {
  const address = addressWith(path);
  history[replace ? "replaceState" : "pushState"]({ panel: path }, "", address);
  last = address;
}

addEventListener("popstate", (event) => {
  const before = last;
  last = location.href;
  if (without(before) !== without(last)) return;
  event.stopImmediatePropagation();
  document.dispatchEvent(new CustomEvent("panel:sync", { detail: openPath() }));
});
document.addEventListener("htmx:pushedIntoHistory", () => { last = location.href; });
document.addEventListener("htmx:replacedInHistory", () => { last = location.href; });
