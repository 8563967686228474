// The page that is looked at: its address, title, and what is selected in it. Read only when the person asks for it.
import { browser } from "./store.js";

const LONGEST_SELECTION = 2_000;

export async function currentPage() {
  const [tab] = await browser.tabs.query({ active: true, lastFocusedWindow: true });
  return pageOf(tab);
}

export async function pageOf(tab) {
  const page = { url: tab?.url ?? "", title: (tab?.title ?? "").slice(0, 1_000), selection: "" };
  if (tab?.id === undefined || !/^https?:/i.test(page.url)) return page;
  try {
    const [found] = await browser.scripting.executeScript({ target: { tabId: tab.id }, func: () => String(getSelection() ?? "") });
    page.selection = (found?.result ?? "").trim().slice(0, LONGEST_SELECTION);
  } catch {
    // Browsers lock some pages, such as their own shop: these are saved without a selection.
  }
  return page;
}
