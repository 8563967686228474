// Rules are put into another order by dragging their grip; buttons do the same for the keyboard and without scripts.
import { all, element, one } from "../../assets/js/dom.js";

export function mount(list) {
  let dragged = null;
  for (const grip of all("[data-grip]", list)) {
    const rule = grip.closest("[data-rule]");
    grip.addEventListener("pointerdown", () => { rule.draggable = true; });
    grip.addEventListener("pointerup", () => { rule.draggable = false; });
    rule.addEventListener("dragstart", (event) => {
      dragged = rule;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", rule.dataset.rule);
      rule.classList.add("is-dragged");
    });
    rule.addEventListener("dragend", () => {
      rule.draggable = false;
      rule.classList.remove("is-dragged");
      dragged = null;
    });
  }
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("[data-rule]");
    if (!dragged || !over) return;
    event.preventDefault();
    if (over === dragged) return;
    const { top, height } = over.getBoundingClientRect();
    list.insertBefore(dragged, event.clientY > top + height / 2 ? over.nextElementSibling : over);
  });
  list.addEventListener("drop", (event) => {
    if (!dragged) return;
    event.preventDefault();
    const form = one("#rule-order");
    all("input[name=ids]", form).forEach((input) => input.remove());
    for (const rule of all("[data-rule]", list)) form.append(element("input", { type: "hidden", name: "ids", value: rule.dataset.rule }));
    form.dispatchEvent(new CustomEvent("arranged"));
  });
}
