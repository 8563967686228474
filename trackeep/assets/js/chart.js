// A chart. Its <figure data-chart> names its unit, its series by the list of keys (with data-bars as bars), and perhaps a threshold;
// colours are those that the style sheet gives to the keys. With data-days its moments are days, each the first of a week.
import uPlot from "uplot";
import css from "uplot/dist/uPlot.min.css";
import { all, one } from "./dom.js";

const HEIGHT = 168;
const language = document.documentElement.lang || "en";
const number = (digits) => new Intl.NumberFormat(language, { maximumFractionDigits: digits });
const few = (value) => number(value < 10 ? 1 : 0).format(value);
const units = {
  number: few,
  ms: (value) => `${few(value)} ms`,
  share: (value) => `${number(0).format(value * 100)} %`,
  seconds: (value) => (value < 120 ? `${number(0).format(value)} s` : `${number(0).format(value / 60)} min`),
};
// Where nothing happens a flat line at the foot is right, and no scale of thousandths.
const least = { number: 1, ms: 50, share: 1, seconds: 60 };
const steps = { number: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 1e5], ms: [10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4], share: [.25, .5], seconds: [15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 36e3, 864e2] };

const WEEK = 7 * 86_400;
const bars = uPlot.paths.bars({ size: [.6, 28] });
const sheet = new CSSStyleSheet();
sheet.replaceSync(css);

const colour = (element, property = "color") => getComputedStyle(element)[property];

export class Chart {
  constructor(figure, zone, group) {
    if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet);
    this.figure = figure;
    this.place = one(".chart-plot", figure);
    this.keys = all("[data-series]", figure);
    this.unit = figure.dataset.chart;
    this.threshold = Number(figure.dataset.threshold) || null;
    this.zone = zone;
    this.group = group;
    this.days = figure.dataset.days !== undefined;
    this.place.addEventListener("keydown", (event) => this.walk(event));
    this.place.addEventListener("blur", () => this.show(null));
    new ResizeObserver(() => this.plot?.setSize({ width: this.place.clientWidth, height: HEIGHT })).observe(this.place);
  }

  draw(times, columns) {
    const data = [times, ...this.keys.map((key) => columns[key.dataset.series] ?? times.map(() => null))];
    if (this.plot) this.plot.setData(data);
    else this.make(data);
    // A red line along the foot would alarm although there is nothing.
    this.keys.forEach((key, row) => {
      if (key.classList.contains("chart-bad")) this.plot.setSeries(row + 1, { show: data[row + 1].some((value) => value > 0) });
    });
    this.show(this.plot.cursor.idx);
  }

  // A theme has other colours, which a canvas only learns by being made again.
  repaint() {
    const data = this.plot?.data;
    if (!data) return;
    this.plot.destroy();
    this.make(data);
  }

  make(data) {
    this.plot = new uPlot(this.options(), data, this.place);
  }

  options() {
    const text = colour(this.place), line = colour(this.place, "borderTopColor");
    const font = `11px ${colour(this.place, "fontFamily")}`;
    const clock = new Intl.DateTimeFormat(language, this.days ? { day: "numeric", month: "short", timeZone: this.zone } : { timeStyle: "short", timeZone: this.zone });
    const axis = { stroke: text, font, grid: { stroke: line, width: 1 }, ticks: { show: false } };
    const format = units[this.unit];
    return {
      width: this.place.clientWidth, height: HEIGHT, padding: [12, 8, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, sync: { key: this.group }, points: { size: 6 } },
      scales: { x: { time: true, ...(this.days ? { range: (_plot, low, high) => [low - WEEK / 2, high + WEEK / 2] } : {}) }, y: { range: (_plot, _low, high) => [0, Math.max(this.unit === "share" ? 1 : (high ?? 0) * 1.1, least[this.unit])] } },
      axes: [
        { ...axis, space: 64, size: 28, values: (_plot, moments) => moments.map((moment) => clock.format(moment * 1000)) },
        { ...axis, space: 26, size: 58, incrs: steps[this.unit], values: (_plot, values) => values.map(format) },
      ],
      series: [{}, ...this.keys.map((key, index) => ({ ...(key.dataset.bars === undefined ? {} : { paths: bars }), stroke: colour(one(".chart-dot", key)), width: 1.75, points: { show: this.days && key.dataset.bars === undefined, size: 5 }, fill: index ? undefined : colour(one(".chart-dot", key), "outlineColor") }))],
      hooks: { setCursor: [(plot) => this.show(plot.cursor.idx)], draw: [(plot) => this.mark(plot)] },
    };
  }

  // The value under the cursor, or the newest there is.
  show(index) {
    const [times, ...columns] = this.plot.data;
    this.keys.forEach((key, row) => {
      const at = index ?? columns[row].findLastIndex((value) => value !== null);
      const value = columns[row][at];
      const output = one(".chart-value", key);
      output.textContent = value === null || value === undefined ? "–" : units[this.unit](value);
      output.title = times[at] ? this.moment(times[at]) : "";
    });
  }

  moment(time) {
    const moment = new Date(time * 1000);
    return this.days ? moment.toLocaleDateString(language, { timeZone: this.zone }) : moment.toLocaleString(language, { timeZone: this.zone });
  }

  mark(plot) {
    if (this.threshold === null || this.threshold > plot.scales.y.max) return;
    const { ctx: pen, bbox } = plot;
    const height = Math.round(plot.valToPos(this.threshold, "y", true));
    pen.save();
    pen.strokeStyle = pen.fillStyle = colour(one(".chart-head", this.figure), "outlineColor");
    pen.lineWidth = devicePixelRatio;
    pen.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
    pen.beginPath();
    pen.moveTo(bbox.left, height);
    pen.lineTo(bbox.left + bbox.width, height);
    pen.stroke();
    pen.font = `${11 * devicePixelRatio}px ${colour(this.place, "fontFamily")}`;
    pen.textAlign = "left";
    pen.fillText(this.figure.dataset.thresholdWords, bbox.left + 4 * devicePixelRatio, height - 4 * devicePixelRatio);
    pen.restore();
  }

  walk(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || !this.plot) return;
    event.preventDefault();
    const [times] = this.plot.data;
    const index = Math.min(Math.max((this.plot.cursor.idx ?? times.length) + step, 0), times.length - 1);
    this.plot.setCursor({ left: this.plot.valToPos(times[index], "x"), top: 0 });
  }
}
