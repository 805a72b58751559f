// Run once a page: gives every control of the course a name, keeps the notebook from reacting to keys pressed on it,
// and says the state to screen readers, politely and at most twice a second.
(() => {
  if (window.cecoursePage) return;
  window.cecoursePage = true;

  const style = document.createElement("style");
  style.textContent = `
    .cecourse-readout { line-height: 1.5; margin: 0.5em 0 0; white-space: normal; }
    .cecourse-live { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    .cecourse-explorer .widget-hslider .noUi-handle:focus-visible,
    .cecourse-explorer button:focus-visible { outline: 3px solid #c84c00; outline-offset: 1px; }`;
  document.head.append(style);

  const EXPLORER = ".cecourse-explorer";
  const explorersIn = (node) =>
    node.matches ? [...(node.matches(EXPLORER) ? [node] : []), ...node.querySelectorAll(EXPLORER)] : [];

  // The buttons that play a process show a sign alone, and the sign changes.
  const SIGNS = { "fa-play": "play", "fa-pause": "pause", "fa-stop": "stop, back to the start", "fa-repeat": "repeat" };
  const signOf = (element) =>
    Object.keys(SIGNS).find((sign) => element.matches("button") && element.querySelector(`i.${sign}`));

  const nameOf = (element) =>
    SIGNS[signOf(element)]
    || element.closest(".jupyter-widgets:has(> .widget-label)")?.querySelector(".widget-label")?.textContent.trim()
    || element.title || element.textContent.trim();

  const repair = (explorer) => {
    for (const element of explorer.querySelectorAll("input, button, select, textarea, [tabindex]")) {
      element.setAttribute("data-lm-suppress-shortcuts", "true");
      const name = nameOf(element);
      if (name && (signOf(element) || !element.getAttribute("aria-label"))) element.setAttribute("aria-label", name);
    }
    const readout = explorer.querySelector(".cecourse-readout");
    if (!readout) return;
    let live = explorer.querySelector(".cecourse-live");
    if (!live) {
      live = document.createElement("div");
      live.className = "cecourse-live";
      live.setAttribute("role", "status");
      live.textContent = readout.textContent;
      explorer.append(live);
    } else if (live.textContent !== readout.textContent) {
      live.textContent = readout.textContent;
    }
  };

  // Only what has changed is looked at again: a page full of widgets must not slow down the one that moves.
  const changed = new Set();
  const soon = (records) => {
    const waiting = changed.size > 0;
    for (const { target, addedNodes } of records) {
      const around = target.closest?.(EXPLORER);
      if (around) changed.add(around);
      else for (const node of addedNodes) explorersIn(node).forEach((explorer) => changed.add(explorer));
    }
    if (waiting || changed.size === 0) return;
    setTimeout(() => {
      const now = [...changed];
      changed.clear();
      now.forEach(repair);
    }, 500);
  };
  // A control that is reached before its turn is seen to at once.
  document.addEventListener("focusin", (event) => {
    const explorer = event.target.closest?.(EXPLORER);
    if (explorer) repair(explorer);
  });
  new MutationObserver(soon).observe(document.body, { childList: true, subtree: true });
  soon([{ target: document.documentElement, addedNodes: [document.body] }]);
})();
