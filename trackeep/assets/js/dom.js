// Short words for what every module does with the document.
export const one = (selector, within = document) => within.querySelector(selector);
export const all = (selector, within = document) => [...within.querySelectorAll(selector)];
export const meta = (name) => one(`meta[name="${name}"]`)?.content ?? "";
export const root = meta("root");
export const word = (name) => one("#words")?.dataset[name] ?? "";

// Listen for an event on elements that may come and go.
export function on(event, selector, act, options) {
  document.addEventListener(event, (happened) => {
    const element = happened.target instanceof Element ? happened.target.closest(selector) : null;
    if (element) act(element, happened);
  }, options);
}

// Whether keys belong to a field. For a moment after a dialog closed its field still has the focus: that does not count.
const FIELDS = 'input:not([type="checkbox"], [type="radio"], [type="button"]), textarea, select, [contenteditable]';
export const typing = (element) => element instanceof Element && element.closest(FIELDS) !== null && !element.closest("dialog:not([open])");

export const narrow = () => matchMedia("(max-width: 56.25rem)").matches;

export function later(act, delay) {
  let timer = 0;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => act(...given), delay);
  };
}

export function icon(name, size = "") {
  const sprite = one(".icon use")?.getAttribute("href").split("#")[0] ?? "";
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  picture.setAttribute("class", `icon ${size}`.trim());
  picture.setAttribute("aria-hidden", "true");
  picture.append(document.createElementNS("http://www.w3.org/2000/svg", "use"));
  picture.firstChild.setAttribute("href", `${sprite}#${name}`);
  return picture;
}

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}
