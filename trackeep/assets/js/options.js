// The options of a list below a field, walked while the field keeps the focus. The list has an id.
import { all, one } from "./dom.js";

export const optionsOf = (list) => all("[role=option]", list);
export const chosenIn = (list) => one('[role=option][aria-selected="true"]', list);

// Without an option none is chosen any more.
export function choose(field, list, option) {
  const found = optionsOf(list);
  for (const each of found) each.setAttribute("aria-selected", String(each === option));
  if (!option) return field.removeAttribute("aria-activedescendant");
  option.id ||= `${list.id}-option-${found.indexOf(option)}`;
  field.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

// One further, or one back with -1; the last is followed by the first.
export function step(field, list, by) {
  const found = optionsOf(list);
  const now = found.indexOf(chosenIn(list));
  choose(field, list, by > 0 ? found[(now + 1) % found.length] : found.at(Math.max(now, 0) - 1));
}
