// Run once a page: gives every control of the course a name, keeps the notebook from reacting to keys pressed on it,
// and says the state to screen readers, politely and at most twice a second.
(() => {
  if (window.cecoursePage) return;
  window.cecoursePage = true;

  const style = document.createElement("style");
  style.textContent = `
    .cecourse-readout { line-height: 1.5; margin: 0.5em 0 0; white-space: normal; overflow-wrap: anywhere; }
    .cecourse-live { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    .cecourse-explorer .widget-hslider .noUi-handle:focus-visible,
    .cecourse-explorer button:focus-visible { outline: 3px solid var(--cecourse-focus); outline-offset: 1px; }`;
  document.head.append(style);

  const EXPLORER = ".cecourse-explorer";
  const explorersIn = (node) =>
    node.matches ? [...(node.matches(EXPLORER) ? [node] : []), ...node.querySelectorAll(EXPLORER)] : [];

  // The buttons that play a process show a sign alone, and the sign changes.
  const SIGNS = { "fa-play": "play", "fa-pause": "pause", "fa-stop": "stop, back to the start", "fa-repeat": "repeat" };
  const signOf = (element) =>
    Object.keys(SIGNS).find((sign) => element.matches("button") && element.querySelector(`i.${sign}`));

  const labelOf = (element) =>
    element.closest(":is(.jupyter-widgets, .widget-toggle-buttons):has(> .widget-label)")
      ?.querySelector(".widget-label")?.textContent.trim();

  const nameOf = (element) => {
    if (element.matches(".widget-readout")) return `${labelOf(element)}, as a number`;
    if (element.matches(".widget-toggle-button")) return element.textContent.trim();
    return SIGNS[signOf(element)] || labelOf(element) || element.title || element.textContent.trim();
  };

  // What is read out of a slider is the number beside it: on a logarithmic scale it would be the exponent.
  const readOut = (handle) => {
    const number = handle.closest(`${EXPLORER} .widget-slider`)?.querySelector(".widget-readout")?.textContent;
    if (number && handle.getAttribute("aria-valuetext") !== number) handle.setAttribute("aria-valuetext", number);
  };

  const name = (explorer) => {
    for (const element of explorer.querySelectorAll("input, button, select, textarea, [tabindex], [contenteditable]")) {
      element.setAttribute("data-lm-suppress-shortcuts", "true");
      if (element.matches(".widget-readout")) element.setAttribute("role", "textbox");
      if (element.matches("[role=slider]")) readOut(element);
      if (element.matches(".widget-toggle-button"))
        element.setAttribute("aria-pressed", element.matches(".mod-active"));
      const words = nameOf(element);
      if (words && (signOf(element) || !element.getAttribute("aria-label"))) element.setAttribute("aria-label", words);
    }
    for (const group of explorer.querySelectorAll(".widget-toggle-buttons")) {
      group.setAttribute("role", "group");
      group.setAttribute("aria-label", labelOf(group));
    }
  };

  const say = (explorer) => {
    const words = explorer.querySelector(".cecourse-readout")?.textContent;
    if (!words) return;
    let live = explorer.querySelector(".cecourse-live");
    if (!live) {
      live = document.createElement("div");
      live.className = "cecourse-live";
      live.setAttribute("role", "status");
      explorer.append(live);
    }
    if (live.textContent !== words) live.textContent = words;
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
      now.forEach(name);
      now.forEach(say);
    }, 500);
  };
  // A control that is reached before its turn is seen to at once; words wait for theirs.
  for (const event of ["focusin", "click"])
    document.addEventListener(event, ({ target }) => {
      const explorer = target.closest?.(EXPLORER);
      if (explorer) name(explorer);
    });
  // A slider shows a true minus beside it and then does not understand it when the number is written over.
  const plainMinus = ({ target, key }) => {
    if ((key ?? "Enter") === "Enter" && target.matches?.(`${EXPLORER} .widget-readout`))
      target.textContent = target.textContent.replace("\u2212", "-");
  };
  document.addEventListener("keydown", plainMinus, true);
  document.addEventListener("blur", plainMinus, true);
  new MutationObserver((records) => records.forEach(({ target }) => readOut(target)))
    .observe(document.body, { attributeFilter: ["aria-valuetext"], subtree: true });
  new MutationObserver(soon).observe(document.body, { childList: true, subtree: true });
  soon([{ target: document.documentElement, addedNodes: [document.body] }]);
})();
