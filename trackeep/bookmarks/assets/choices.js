// A long list of collections to tick: letters narrow it, what is ticked always stays.
import { all, element, one } from "../../assets/js/dom.js";

const FEW = 12;
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

export function mount(list) {
  const choices = all("label", list);
  if (choices.length <= FEW) return;
  const label = list.dataset.wordFilter;
  const field = element("input", { class: "form-control form-control-small bookmark-choices-filter", type: "search", autocomplete: "off", "aria-label": label, placeholder: label });
  list.before(field);
  field.addEventListener("input", () => {
    const wanted = fold(field.value.trim());
    for (const choice of choices) choice.hidden = !one("input", choice).checked && !fold(choice.title).includes(wanted);
  });
  // Enter belongs to the form; in this field it takes the first that is left.
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const first = choices.find((choice) => !choice.hidden && !one("input", choice).checked);
    if (field.value.trim() && first) one("input", first).click();
  });
  const ticked = one("input:checked", list);
  if (ticked) list.scrollTop = ticked.closest("label").offsetTop - list.offsetTop - list.clientHeight / 2;
}
