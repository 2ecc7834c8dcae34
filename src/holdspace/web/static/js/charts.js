// Small quiet charts with direct labels. The sentence above and the table below each say the same.
(() => {
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  // Canvas does not take every colour notation of CSS: let the browser turn it into one it does.
  const colour = (name) => {
    const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    context.fillStyle = token(name);
    context.fillRect(0, 0, 1, 1);
    const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
    return `rgb(${red}, ${green}, ${blue})`;
  };

  function options(data) {
    const ink = colour("--ink"), quiet = colour("--ink-2"), line = colour("--line"), machine = colour("--machine");
    const font = { fontFamily: token("--sans"), fontSize: 11 };
    const known = data.values.filter((value) => value !== null);
    const reach = Math.max(0.2, ...known.map(Math.abs)) * 1.25;
    const few = data.days.length <= 8;
    const text = ({ value }) => {
      if (data.kind === "bar") return value ? String(value) : "0";
      return data.suffix ? `${value}${data.suffix}` : (value > 0 ? "+" : "") + value.toFixed(2).replace("-", "−");
    };
    return {
      animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
      animationDuration: 300,
      textStyle: { ...font, color: ink },
      grid: { left: 22, right: 22, top: 24, bottom: 24 },
      xAxis: {
        type: "category", data: data.days, boundaryGap: data.kind === "bar",
        axisLine: { onZero: false, lineStyle: { color: line } }, axisTick: { show: false },
        axisLabel: { ...font, color: quiet, hideOverlap: true, interval: few ? 0 : "auto" },
      },
      yAxis: {
        type: "value", show: Boolean(data.zero), min: data.zero ? -reach : data.min, max: data.zero ? reach : data.max,
        interval: data.zero ? reach : undefined, axisLabel: {
          ...font, show: Boolean(data.zero), inside: true, color: quiet, margin: 0, verticalAlign: "bottom", padding: [0, 0, 3, 0],
          formatter: (value) => (value > 0 ? data.high : value < 0 ? data.low : ""),
        },
        splitLine: { show: Boolean(data.zero), lineStyle: { color: line, type: [2, 4] } },
      },
      series: [{
        type: data.kind, data: data.values, barMaxWidth: 18, symbol: "circle", symbolSize: 6, connectNulls: false,
        lineStyle: { color: machine, width: 2 }, itemStyle: { color: machine, borderRadius: [2, 2, 0, 0] },
        label: { show: few, position: "top", formatter: text, color: ink, ...font },
        silent: true,
      }],
    };
  }

  const charts = [...document.querySelectorAll("[data-chart]")].map((element) => {
    const data = JSON.parse(document.getElementById(element.dataset.chart).textContent);
    const chart = echarts.init(element, null, { renderer: "canvas" });
    const draw = () => chart.setOption(options(data), true);
    draw();
    new ResizeObserver(() => chart.resize()).observe(element);
    return draw;
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => charts.forEach((draw) => draw()));
})();
