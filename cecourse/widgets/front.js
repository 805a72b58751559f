// One figure that a reader moves, wherever it stands: `source(state)` promises the picture of a state.
//   spec     { title, size, still, controls, presets, grips, says }, which never changes
//   picture  { parts, words, marks, state, problem }: what moves, as SVG, and where the grips stand
// A figure that stands in the page already is taken as it is; else it is made of `still`, whose ids begin with @@.
function cecourseFront(figure, spec, first, source) {
  const SPOKEN_EVERY = 500; // milliseconds: a screen reader is told no more often than twice a second
  const REACH = 22; // CSS pixels around a grip that take hold of it: half the width of a finger
  const FEW = 6; // options that are all in sight; more of them are a list
  const SVG = "http://www.w3.org/2000/svg";
  const key = `f${Math.random().toString(36).slice(2, 10)}`; // two views in one page share no id
  const own = (markup, layer) => markup.replaceAll("@@", `${key}-${layer}-`);
  const clamp = (value, low, high) => Math.min(high, Math.max(low, value));
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const make = (tag, properties, ...inside) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...inside);
    return element;
  };
  const draw = (tag, attributes) => {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };

  // ---- values and the places where they stand on a scale -------------------------------------------------
  const rounded = (value) => Number(value.toFixed(10));
  function scaleOf({ values, low, high, step, base }) {
    const nearest = (value) =>
      values.reduce((best, each, i) => (Math.abs(each - value) < Math.abs(values[best] - value) ? i : best), 0);
    const on = (value) => (base ? Math.log(Math.max(value, 1e-300)) / Math.log(base) : value);
    const at = (place) => rounded(low + place * step);
    const ends = base ? [base ** low, base ** high] : [low, high];
    return values
      ? { last: values.length - 1, at: (place) => values[place], near: nearest, kept: (value) => values[nearest(value)] }
      : {
          last: Math.floor((high - low) / step + 1e-9),
          at: (place) => (base ? base ** at(place) : at(place)),
          near: (value) => Math.round((clamp(on(value), low, high) - low) / step),
          kept: (value) => clamp(value, ...ends),
        };
  }

  // One share is set; the others keep their proportions in what is left.
  function shared(pmf, place, share) {
    const rest = 1 - pmf[place];
    const left = 1 - share;
    return pmf.map((p, i) => (i === place ? share : rest > 1e-9 ? (p * left) / rest : left / (pmf.length - 1)));
  }

  // The same in multiples of 1 / grain that sum to 1.
  function snapped(pmf, grain, held = -1) {
    if (!grain) return pmf;
    const parts = pmf.map((p) => p * grain);
    const whole = parts.map((part, i) => (i === held ? Math.round(part) : Math.floor(part + 1e-9)));
    const order = [...parts.keys()].filter((i) => i !== held).sort((a, b) => parts[b] - whole[b] - (parts[a] - whole[a]));
    let left = grain - whole.reduce((sum, part) => sum + part);
    for (let i = 0; left > 0; left--, i++) whole[order[i % order.length]]++;
    return whole.map((part) => part / grain);
  }

  // ---- what is shown -------------------------------------------------------------------------------------
  let at = { ...first.state }; // what the controls say; the picture follows
  let { marks } = first;
  let wanted = false;
  let busy = false;
  let live = true;
  let held = null; // the hand on a grip
  let drawn = [];
  const start = { ...first.state };
  const refresh = []; // each sets one control to `at`
  const [width, height] = spec.size;
  const svg = figure.querySelector("svg") ?? draw("svg", { role: "img", width, height, viewBox: `0 0 ${0.75 * width} ${0.75 * height}` });
  if (!figure.contains(svg)) svg.innerHTML = `${own(spec.still, "still")}<g class="figure-layer"></g>`;
  const layer = svg.querySelector(".figure-layer");
  const grips = draw("g", { class: "figure-grips" });
  svg.append(grips);
  const problem = make("p", { className: "figure-problem", hidden: true });
  const now = make("p", { className: "figure-now" });
  const spoken = make("p", { className: "figure-spoken" });
  spoken.setAttribute("role", "status");

  function show(picture) {
    if (picture.problem) return say(picture.problem, true); // a refused state leaves the picture
    while (layer.childElementCount < picture.parts.length) layer.append(draw("g", {}));
    while (layer.childElementCount > picture.parts.length) layer.lastElementChild.remove();
    picture.parts.forEach((part, i) => {
      if (drawn[i] !== part) layer.children[i].innerHTML = own(part, "moving");
    });
    drawn = picture.parts;
    marks = picture.marks;
    if (!wanted) at = { ...picture.state };
    place();
    figure.dataset.shown = JSON.stringify(picture.state);
    svg.setAttribute("aria-label", picture.words);
    now.replaceChildren(...unbroken(picture.words));
    say(picture.words, false);
  }

  // The ring of a held grip is where the hand is, ahead of its picture.
  function place() {
    marks.forEach(([x, y], i) => {
      const [left, top] = held?.number === i && held.ring ? held.ring : [x, y];
      grips.children[i]?.setAttribute("transform", `translate(${left} ${top})`);
    });
  }

  let speaking;
  let unspoken;
  function say(words, refused) {
    problem.hidden = !refused;
    problem.textContent = refused ? words : "";
    svg.classList.toggle("figure-refused", refused);
    unspoken = words;
    speaking ??= setTimeout(() => {
      speaking = null;
      if (spoken.textContent !== unspoken) spoken.textContent = unspoken;
    }, SPOKEN_EVERY);
  }

  // No line ends within an equation of one number, a percentage or a small number such as 1e-07.
  function unbroken(words) {
    return words.split(/(\S+ = [-−\d.]+|[\d.]+ %|[\d.]+e-\d+|\(\w, \w\))/).map((piece, i) =>
      i % 2 ? make("span", { className: "figure-whole", textContent: piece }) : piece);
  }

  const put = () => refresh.forEach((set) => set());

  // Of all states that a hand passes, one is on its way and the last one waits.
  async function want(changes) {
    if (!live) return;
    at = { ...at, ...changes };
    put();
    wanted = true;
    if (busy) return;
    busy = true;
    while (wanted && live) {
      wanted = false;
      try {
        show(await source(at));
      } catch (failure) {
        say(failure.message, true);
      }
      if (!wanted) put();
    }
    busy = false;
  }

  // ---- controls ------------------------------------------------------------------------------------------
  const says = (name, given = {}) =>
    spec.says[name].replace(/\{(\w+)\}/g, (_, what) => given[what]);
  const button = (words, press) => {
    const it = make("button", { type: "button", textContent: words });
    it.addEventListener("click", () => it.ariaDisabled !== "true" && press(it));
    return it;
  };
  const group = (legend, ...inside) => make("fieldset", {}, make("legend", { textContent: legend }), ...inside);

  // A slider with the number beside it, which can be written over.
  function range(label, last, { place, text, number, move, type, width }) {
    const slider = make("input", { type: "range", min: 0, max: last, step: 1 });
    const value = make("input", { type: "text", inputMode: "decimal", className: "figure-value", autocomplete: "off" });
    value.style.width = `${width}ch`;
    value.setAttribute("aria-label", says("as-a-number", { label }));
    slider.addEventListener("input", () => move(Number(slider.value)));
    value.addEventListener("focus", () => value.select());
    value.addEventListener("change", () => {
      const typed = Number.parseFloat(value.value.replace("−", "-").replace(",", "."));
      if (Number.isFinite(typed)) type(typed);
      else put();
    });
    refresh.push(() => {
      slider.value = place();
      slider.setAttribute("aria-valuetext", text());
      value.value = number();
    });
    const row = make("div", { className: "figure-slider" });
    if (label.length > 24) row.classList.add("figure-long");
    row.append(make("label", {}, make("span", { textContent: label }), slider), value);
    return row;
  }

  const labelled = ({ label, unit }) => (unit ? `${label} (${unit})` : label);
  const CONTROLS = {
    slider(control, name) {
      const scale = scaleOf(control);
      const number = (value = at[name]) =>
        control.base ? String(Number(value.toPrecision(3))) : value.toFixed(control.digits);
      return range(labelled(control), scale.last, {
        place: () => scale.near(at[name]),
        number,
        text: () => `${number()} ${control.unit}`.trim(),
        move: (place) => want({ [name]: scale.at(place) }),
        type: (value) => want({ [name]: control.digits === 0 ? Math.round(scale.kept(value)) : scale.kept(value) }),
        width: Math.max(number(scale.at(0)).length, number(scale.at(scale.last)).length, control.base ? 7 : 4) + 1,
      });
    },
    shares(control, name) {
      const grain = control.grain ?? 100;
      const set = (place, share) => want({ [name]: sharing(name, place, share) });
      const rows = control.labels.map((label, i) => {
        const number = () => (100 * at[name][i]).toFixed(1);
        return range(label, grain, {
          place: () => Math.round(grain * at[name][i]),
          number,
          text: () => `${number()} %`,
          move: (place) => set(i, place / grain),
          type: (percent) => set(i, clamp(percent / 100, 0, 1)),
          width: 6,
        });
      });
      return group(says("shares", { argument: name }), ...rows);
    },
    choice(control, name) {
      if (control.options.length > FEW) {
        const list = make("select", {}, ...control.options.map(([words], i) => make("option", { textContent: words, value: i })));
        list.addEventListener("change", () => want({ [name]: control.options[list.value][1] }));
        refresh.push(() => (list.value = control.options.findIndex(([, value]) => same(at[name], value))));
        return make("label", { className: "figure-list" }, make("span", { textContent: control.label }), list);
      }
      const options = control.options.map(([words, value]) => {
        const option = make("input", { type: "radio", name: `${key}-${name}` });
        option.addEventListener("change", () => want({ [name]: value }));
        refresh.push(() => (option.checked = same(at[name], value)));
        return make("label", { className: "figure-option" }, option, words);
      });
      return Object.assign(group(control.label, make("div", { className: "figure-options" }, ...options)), { className: "figure-choice" });
    },
    steps(control, name) {
      const row = CONTROLS.slider({ ...control, low: 0, high: control.last, step: 1, digits: 0 }, name);
      const scale = scaleOf({ values: control.values, low: 0, high: control.last, step: 1 });
      const go = (by) => want({ [name]: scale.at(clamp(scale.near(at[name]) + by, 0, scale.last)) });
      let playing = null;
      const play = button(says("play"), () => {
        if (playing) return pause();
        if (scale.near(at[name]) === scale.last) want({ [name]: scale.at(0) });
        play.textContent = says("pause");
        playing = setInterval(() => {
          if (!live || scale.near(at[name]) === scale.last) pause();
          else if (!busy) go(1); // a slow kernel plays slowly and leaves nothing out
        }, control.milliseconds);
      });
      play.className = "figure-play";
      const pause = () => {
        clearInterval(playing);
        playing = null;
        play.textContent = says("play");
      };
      const buttons = make("div", { className: "figure-buttons" }, play, button(says("one-back"), () => go(-1)), button(says("one-on"), () => go(1)));
      return make("div", { className: "figure-steps" }, row, buttons);
    },
    moves(control, name) {
      const longer = (letter) => at[name] + letter;
      const shorter = () => at[name].slice(0, -1);
      const reaches = source.reaches ?? (() => true);
      const one = (words, next) => {
        const it = button(words, () => want({ [name]: next() }));
        refresh.push(() => (it.ariaDisabled = String(next() === at[name] || !reaches({ ...at, [name]: next() }))));
        return it;
      };
      const buttons = control.moves.map(([letter, words]) => one(words, () => longer(letter)));
      return group(says("moves"), make("div", { className: "figure-buttons" }, ...buttons, one(says("take-back"), shorter)));
    },
    words(control, name) {
      const line = make("input", { type: "text", autocomplete: "off", spellcheck: false });
      line.addEventListener("input", () => want({ [name]: line.value }));
      refresh.push(() => {
        if (line.value !== at[name]) line.value = at[name]; // else the cursor would jump to the end
      });
      return make("label", { className: "figure-line" }, make("span", { textContent: control.label }), line);
    },
  };

  // While one outcome is set again and again, the others are reckoned from where they stood at first.
  let before = null;
  function sharing(name, place, share) {
    if (before?.name !== name || before.place !== place || !same(before.gave, at[name]))
      before = { name, place, from: at[name] };
    before.gave = snapped(shared(before.from, place, share), spec.controls[name].grain, place);
    return before.gave;
  }

  // ---- hands on the picture ------------------------------------------------------------------------------
  // A grip's rows (a, b, c) make of the point (x, y) the numbers a x + b y + c that its argument is set by.
  const measured = (grip, [x, y]) => grip.rows.map(([a, b, c]) => a * x + b * y + c);
  const along = (grip, [x, y], by) => {
    const [a, b] = grip.rows[0];
    const length = a * a + b * b;
    return [x + (by * a) / length, y + (by * b) / length];
  };
  // Each gives what the arguments are set to, and where the ring stands, for a hand at a point.
  const FOLLOW = {
    numbers(grip, point, { mark, state }) {
      const on = (value) => (grip.log ? Math.log10(value) : value);
      const [now, then] = [measured(grip, point), measured(grip, mark)];
      const set = grip.arguments.map((argument, i) => {
        const scale = scaleOf(spec.controls[argument]);
        const value = on(state[argument]) + now[i] - then[i];
        return scale.at(scale.near(grip.log ? 10 ** value : value));
      });
      const [argument] = grip.arguments;
      return [set, set.length > 1 ? point : along(grip, mark, on(set[0]) - on(state[argument]))];
    },
    share(grip, point, { mark }) {
      const share = clamp(measured(grip, point)[0], 0, 1);
      return [[sharing(grip.arguments[0], grip.place, share)], along(grip, mark, share - measured(grip, mark)[0])];
    },
    pmf(grip, point) {
      const weights = measured(grip, point).map((weight) => Math.max(0, weight));
      const total = weights.reduce((sum, weight) => sum + weight);
      const pmf = snapped(weights.map((weight) => weight / total), spec.controls[grip.arguments[0]].grain);
      return [[pmf], [0, 1].map((axis) => pmf.reduce((sum, p, i) => sum + p * grip.corners[i][axis], 0))];
    },
  };
  for (const _ of spec.grips) {
    const grip = draw("g", {});
    grip.append(draw("circle", { r: 16, class: "figure-reach" }), draw("circle", { r: 8, class: "figure-ring" }));
    grips.append(grip);
  }
  const toPicture = ({ clientX, clientY }) => {
    const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(svg.getScreenCTM().inverse());
    return [x, y];
  };
  svg.addEventListener("pointerdown", (event) => {
    if (event.button || !live || held || !marks.length) return;
    const [x, y] = toPicture(event);
    const far = marks.map((mark) => Math.hypot(mark[0] - x, mark[1] - y));
    const number = far.indexOf(Math.min(...far));
    if (far[number] * svg.getScreenCTM().a > REACH) return;
    event.preventDefault();
    try {
      svg.setPointerCapture(event.pointerId);
    } catch {
      // a pointer that a script made up cannot be captured
    }
    before = null;
    const [left, top] = marks[number];
    held = { id: event.pointerId, number, grip: spec.grips[number], mark: marks[number], state: at, off: [left - x, top - y] };
    grips.children[number].classList.add("figure-held");
  });
  svg.addEventListener("pointermove", (event) => {
    if (held?.id !== event.pointerId) return;
    const point = toPicture(event).map((each, i) => each + held.off[i]);
    const { kind, arguments: names } = held.grip;
    const [values, ring] = FOLLOW[kind](held.grip, point, held);
    held.ring = ring;
    place();
    const changes = Object.fromEntries(names.map((name, i) => [name, values[i]]));
    if (names.some((name) => !same(changes[name], at[name]))) want(changes);
  });
  for (const ends of ["pointerup", "pointercancel"])
    svg.addEventListener(ends, (event) => {
      if (held?.id !== event.pointerId) return;
      grips.children[held.number].classList.remove("figure-held");
      held = null;
      place();
    });

  // ---- in its place --------------------------------------------------------------------------------------
  const controls = Object.entries(spec.controls).map(([name, control]) => CONTROLS[control.kind](control, name));
  const presets = Object.entries(spec.presets).map(([words, preset]) => button(words, () => want(preset)));
  const buttons = make("div", { className: "figure-buttons" }, ...presets, button(says("reset"), () => want(start)));
  const panel = group(says("move-it", { title: spec.title }), ...controls, buttons);
  panel.className = "figure-controls";
  const words = make("details", { className: "figure-words" }, make("summary", { textContent: says("in-words") }), now);
  for (const focusable of [...panel.querySelectorAll("input, button, select"), words.firstChild])
    focusable.dataset.lmSuppressShortcuts = "true"; // JupyterLab and Notebook leave the keys pressed here alone
  figure.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" && event.key !== "Tab") event.stopPropagation(); // and a deck does not turn its slides
  });
  figure.replaceChildren(make("div", { className: "figure-picture" }, svg, problem), panel, words, spoken);
  show(first);
  put();
  const end = (said) => {
    live = false;
    panel.disabled = true;
    grips.replaceChildren();
    marks = [];
    say(said, true);
  };
  return { show: (picture) => (show(picture), wanted || put()), want, end };
}
