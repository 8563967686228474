// Copy buttons: data-copy holds the text; the button says that it worked.
import { on, one, word } from "./dom.js";
import { toast } from "./toasts.js";

async function copy(text) {
  if (navigator.clipboard && isSecureContext) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "visually-hidden";
  (one("dialog[open]") ?? document.body).append(area);
  area.select();
  const worked = document.execCommand("copy");
  area.remove();
  if (!worked) throw new Error("copy");
}

on("click", "[data-copy]", async (button) => {
  try {
    await copy(button.dataset.copy);
    toast({ text: word("copied") });
  } catch {
    toast({ text: word("failed"), kind: "error" });
  }
});
