// Words come from _locales; pages name them in data attributes.
import { browser } from "./store.js";

export const t = (name, ...values) => browser.i18n.getMessage(name, values.map(String)) || name;

const PLACES = { t: (element, text) => { element.textContent = text; } };
for (const attribute of ["title", "placeholder", "aria-label"]) {
  const name = `t${attribute.replace(/(^|-)(\w)/g, (_all, _dash, letter) => letter.toUpperCase())}`;
  PLACES[name] = (element, text) => element.setAttribute(attribute, text);
}

export function fillWords(document) {
  document.documentElement.lang = browser.i18n.getUILanguage();
  document.documentElement.dir = t("@@bidi_dir");
  for (const [name, put] of Object.entries(PLACES)) {
    const attribute = `data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    for (const element of document.querySelectorAll(`[${attribute}]`)) put(element, t(element.dataset[name]));
  }
}
