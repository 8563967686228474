// The collections in the sidebar: branches fold. Which are open is a cookie, so that the server draws them right.
import { all, narrow, one, root } from "../../assets/js/dom.js";
import { problemOf } from "../../assets/js/problems.js";

const MOST_OPEN = 24;

function remember(id, open) {
  const kept = (document.cookie.match(/(?:^|; )branches=([\d.]*)/)?.[1] ?? "").split(".").filter((each) => each && each !== id);
  if (open) kept.unshift(id);
  document.cookie = `branches=${kept.slice(0, MOST_OPEN).join(".")}; path=${root || "/"}; max-age=31536000; samesite=lax`;
}

async function fetched(id) {
  const answer = await fetch(`${root}/bookmarks/collections/${id}/inside`, { headers: { "HX-Request": "true" } });
  const text = await answer.text();
  if (!answer.ok) throw new Error(problemOf(answer.status, text).detail);
  return text;
}

async function fold(button, open) {
  const inside = document.getElementById(button.getAttribute("aria-controls"));
  button.setAttribute("aria-expanded", String(open));
  try {
    if (open && !inside.children.length) inside.innerHTML = await fetched(button.dataset.branch);
  } catch {
    // Going to the collection opens its branch as well, and tells what is wrong.
    one("a", button.parentElement).click();
    return;
  }
  inside.hidden = button.getAttribute("aria-expanded") !== "true";
  remember(button.dataset.branch, open);
}

function arrow(event) {
  const branch = event.target.closest(".side-branch");
  if (!branch || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const forth = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const button = one(":scope > [data-branch]", branch);
  const isOpen = button?.getAttribute("aria-expanded") === "true";
  if (event.key === forth && button && !isOpen) fold(button, true);
  else if (event.key === forth && isOpen) one("a", one("ul", branch))?.focus();
  else if (/^Arrow(Left|Right)$/.test(event.key) && event.key !== forth && isOpen) fold(button, false);
  else if (/^Arrow(Left|Right)$/.test(event.key) && event.key !== forth) one("a", branch.parentElement.closest(".side-branch") ?? branch).focus();
  else if (event.key === "ArrowDown" || event.key === "ArrowUp") step(event);
  else return;
  event.preventDefault();
}

function step(event) {
  const links = all(".side-link", event.currentTarget).filter((link) => link.checkVisibility());
  const now = links.indexOf(one("a", event.target.closest("li")));
  links[now + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
}

export function mount(tree) {
  tree.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-branch]");
    if (button) fold(button, button.getAttribute("aria-expanded") !== "true");
  });
  tree.addEventListener("keydown", arrow);
  if (!narrow()) one('[aria-current="page"]', tree)?.scrollIntoView({ block: "nearest" });
}
