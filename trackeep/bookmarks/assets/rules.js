// Rules are put into another order by dragging their grip, or with a finger that rested on them; buttons do the same for the
// keyboard and without scripts.
import { all, element, one } from "../../assets/js/dom.js";
import { draggable, dropAt } from "../../assets/js/drag.js";

const RULE = "[data-rule]";

function arrange(list) {
  const form = one("#rule-order");
  all("input[name=ids]", form).forEach((input) => input.remove());
  for (const rule of all(RULE, list)) form.append(element("input", { type: "hidden", name: "ids", value: rule.dataset.rule }));
  form.dispatchEvent(new CustomEvent("arranged"));
}

export function mount(list) {
  draggable(list, {
    thing: RULE,
    handle: "[data-grip]",
    over: (rule, under, { y }) => { if (under && list.contains(under)) dropAt(list, rule, y, RULE); },
    land: (_rule, home) => { if (home) arrange(list); },
  });
}
