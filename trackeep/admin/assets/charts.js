// The charts of the system page, all drawn anew from one answer every ten seconds.
import { Chart } from "../../assets/js/chart.js";
import { all, on } from "../../assets/js/dom.js";

const EVERY_MS = 10_000;

// Moments in which nothing was told are left out of the answer: there the line breaks.
function columns({ step_seconds: step, moments }, span) {
  const found = new Map(moments.map((moment) => [Date.parse(moment.at) / 1000, moment]));
  const end = Math.floor(Date.now() / 1000 / step) * step;
  const times = Array.from({ length: Math.round(span / step) }, (_, index) => end - span + (index + 1) * step);
  const names = moments.length ? Object.keys(moments[0]).filter((name) => name !== "at") : [];
  return [times, Object.fromEntries(names.map((name) => [name, times.map((time) => found.get(time)?.[name] ?? null)]))];
}

export function mount(box) {
  const charts = all("[data-chart]", box).map((figure) => new Chart(figure, box.dataset.zone, "system"));
  const repaint = () => charts.forEach((chart) => chart.repaint());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  on("change", 'input[name="theme"], select[name="theme"]', repaint);

  async function renew() {
    if (!document.hidden) {
      const answer = await fetch(box.dataset.history, { headers: { Accept: "application/json" } }).catch(() => null);
      if (answer?.ok) {
        const [times, found] = columns(await answer.json(), Number(box.dataset.span));
        for (const chart of charts) chart.draw(times, found);
      }
    }
    if (box.isConnected) setTimeout(renew, EVERY_MS);
  }
  renew();
}
