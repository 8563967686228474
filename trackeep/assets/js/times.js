// '3d ago' stays true while a page is open. The server wrote the first words; the same rule continues here.
import { all } from "./dom.js";

const UNITS = [["year", 31557600], ["month", 2629800], ["week", 604800], ["day", 86400], ["hour", 3600], ["minute", 60]];
const words = new Intl.RelativeTimeFormat(document.documentElement.lang || "en", { style: "narrow", numeric: "always" });

function ago(moment) {
  const seconds = (moment - Date.now()) / 1000;
  for (const [unit, length] of UNITS) {
    if (Math.abs(seconds) >= length * 0.85 && Math.abs(seconds) >= 60) return words.format(Math.sign(seconds) * Math.max(1, Math.round(Math.abs(seconds) / length)), unit);
  }
  return null;
}

setInterval(() => {
  if (document.hidden) return;
  for (const time of all("time[data-relative]")) time.textContent = ago(new Date(time.dateTime)) ?? time.textContent;
}, 60000);
