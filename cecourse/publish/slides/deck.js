// A deck is as large as the projector; one key or click after the other shows every slide.
Reveal.initialize({
  width: 1280,
  height: 720,
  margin: 0,
  minScale: 0.2,
  maxScale: 4,
  center: false,
  controls: false,
  progress: true,
  slideNumber: "c/t",
  navigationMode: "linear",
  transition: "none",
  backgroundTransition: "none",
  hash: true,
  pdfSeparateFragments: false,
  pdfMaxPagesPerSlide: 1,
  defaultTiming: 0,
  plugins: [RevealNotes],
});

// Keys pressed on a control move the figure.  A presenter's remote sends these two: they turn slides from anywhere.
const TURNS = { PageDown: () => Reveal.next(), PageUp: () => Reveal.prev() };

document.addEventListener(
  "keydown",
  (event) => {
    if (!event.target.closest(".figure-controls")) return;
    if (event.key === "Escape") event.target.blur();
    else if (event.key in TURNS) TURNS[event.key]();
    else return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);

// What was moved on one slide keeps no keys on the next.
Reveal.on("slidechanged", () => document.activeElement.blur());
