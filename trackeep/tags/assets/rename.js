// Renaming in the list's row: the name is ready to be typed over, Escape gives up.
import { one } from "../../assets/js/dom.js";

export function mount(row) {
  const input = one("input[name=name]", row);
  input.focus();
  input.select();
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    one("[data-cancel]", row).click();
  });
}
