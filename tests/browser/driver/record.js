// Keeps, from now on, what a widget shows and says: its pictures, its heights, its words for screen readers.
(explorer) => {
  const kept = { pictures: [], heights: [], said: [] };
  explorer.kept = kept;
  const layer = explorer.querySelectorAll(".widget-gridbox > *")[1];
  new MutationObserver(() => kept.pictures.push(layer.querySelector("img")?.src))
    .observe(layer, { childList: true, subtree: true });
  new ResizeObserver(() => kept.heights.push(explorer.getBoundingClientRect().height)).observe(explorer, { box: "border-box" });
  new MutationObserver((records) => {
    const live = records.find(({ target }) => target.closest?.(".cecourse-live"));
    if (live) kept.said.push(performance.now());
  }).observe(explorer, { childList: true, subtree: true });
}
