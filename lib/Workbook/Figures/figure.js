// Makes figures interactive where the page has plotly.js, and fetches nothing: without it, or on any error, the SVG stays.
(() => {
  const smallestScale = 0.6;

  // Named one by one: Plotly's own set has a button that sends the chart to its maker's cloud.
  const config = { displaylogo: false, modeBarButtons: [["toImage", "zoom2d", "pan2d", "resetScale2d"]] };

  const draw = async (Plotly, figure) => {
    const stage = document.createElement("div");
    const plot = document.createElement("div");
    try {
      const { data, layout } = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
      const color = () => getComputedStyle(figure).color;
      layout.font.color = color();
      if (matchMedia("(pointer: coarse)").matches) layout.dragmode = false; // a finger scrolls the page
      stage.append(plot);
      figure.append(stage);
      await Plotly.newPlot(plot, data, layout, config);

      // The plot is drawn at the SVG's size and scaled as the SVG is.
      Object.assign(plot.style, { width: `${layout.width}px`, height: `${layout.height}px`, transformOrigin: "0 0" });
      const fit = () => {
        const scale = Math.min(1, Math.max(smallestScale, figure.clientWidth / layout.width));
        plot.style.transform = `scale(${scale})`;
        Object.assign(stage.style, { width: `${layout.width * scale}px`, height: `${layout.height * scale}px` });
      };
      fit();
      figure.querySelector("svg").style.display = "none";
      new ResizeObserver(fit).observe(figure);
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () =>
        Plotly.relayout(plot, { "font.color": color() })
      );
    } catch {
      stage.remove();
    }
  };

  const drawAll = (Plotly) => {
    for (const figure of document.querySelectorAll(".workbook-figure:not([data-plotly])")) {
      figure.dataset.plotly = ""; // once, however many figures run this script
      draw(Plotly, figure);
    }
  };

  const start = () => {
    if (window.Plotly) drawAll(window.Plotly);
    else if (window.require?.defined?.("plotly")) window.require(["plotly"], drawAll);
  };

  start();
  if (document.readyState !== "complete") addEventListener("load", start, { once: true });
})();
