// Tabs that do not fit can be scrolled; the current one begins in view.
import { all } from "./dom.js";

for (const tab of all('.tabs > [aria-current="page"]')) {
  const bar = tab.parentElement;
  bar.scrollLeft = tab.offsetLeft - bar.offsetLeft - (bar.clientWidth - tab.offsetWidth) / 2;
}
