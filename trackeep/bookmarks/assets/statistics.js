// Draws the weeks of the table that stands below the charts.
import { all, on, one } from "../../assets/js/dom.js";
import { Chart } from "../../assets/js/chart.js";

const number = (text) => (text === "" ? null : Number(text));

export function mount(section) {
  const table = one("[data-weeks]", section);
  const rows = all("tbody tr", table).reverse();
  const times = rows.map((row) => Date.parse(row.dataset.day) / 1000);
  const columns = {};
  all("[data-column]", table).forEach((head, place) => {
    columns[head.dataset.column] = rows.map((row) => number(all("td", row)[place].dataset.value));
  });
  const charts = all("[data-chart]", section).map((figure) => new Chart(figure, "UTC", "statistics"));
  charts.forEach((chart) => chart.draw(times, columns));
  const repaint = () => charts.forEach((chart) => chart.repaint());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  on("change", 'input[name="theme"], select[name="theme"]', repaint);
}
