// Two fields for a new passphrase: how strong it is, and whether both say the same.
import { element, icon, on, one } from "../../../assets/js/dom.js";
import { LEAST, strength } from "./strength.js";

export function complain(form, name, text) {
  const place = one(`[data-field="${name}"] [data-field-error]`, form);
  const input = one(`[data-field="${name}"] input`, form);
  place?.replaceChildren(...(text ? [element("p", { class: "field-error" }, icon("alert-circle"), element("span", {}, text))] : []));
  if (text) input?.setAttribute("aria-invalid", "true");
  else input?.removeAttribute("aria-invalid");
  if (text) input?.focus();
}

// The new passphrase, or "" with words at the field that is wrong.
export function chosen(form, words) {
  const [first, second] = [form.elements.new_passphrase.value, form.elements.again.value];
  complain(form, "new_passphrase", first.length < LEAST ? words.short : "");
  if (first.length < LEAST) return "";
  complain(form, "again", first !== second ? words.differ : "");
  return first === second ? first : "";
}

on("input", "[data-strength-of]", (input) => {
  const meter = one("[data-strength]", input.closest("form"));
  const found = strength(input.value);
  meter.hidden = !input.value;
  meter.dataset.strength = String(found);
  one("meter", meter).value = found;
  one("[data-strength-word]", meter).textContent = meter.dataset[`word${found}`];
});
