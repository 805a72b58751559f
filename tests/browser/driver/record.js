// Keeps, from now on, what a widget shows and says: its pictures, its heights, its words for screen readers.
(explorer) => {
  const kept = { pictures: [], heights: [], said: [] };
  explorer.kept = kept;
  const layer = explorer.querySelector(".figure-layer");
  const parts = { childList: true, subtree: true };
  new MutationObserver(() => kept.pictures.push(layer.innerHTML)).observe(layer, parts);
  new ResizeObserver(() => kept.heights.push(explorer.getBoundingClientRect().height)).observe(explorer, { box: "border-box" });
  new MutationObserver(() => kept.said.push(performance.now())).observe(explorer.querySelector(".figure-spoken"), parts);
}
