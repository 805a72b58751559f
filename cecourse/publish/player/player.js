// Moves the figures of a page: each control shows a state that was drawn beforehand.
// The states of a figure travel in a script of its own, loaded when the figure comes near or is touched.

const cecourseFigures = (() => {
  const SPOKEN_EVERY = 500; // milliseconds: a screen reader is told no more often than twice a second
  const NEAR = "150%"; // of the window's height
  const waiting = new Map(); // from a figure's name to a promise of its states

  function statesOf(name, source) {
    if (!waiting.has(name)) {
      const promised = {};
      promised.states = new Promise((keep, fail) => Object.assign(promised, { keep, fail }));
      waiting.set(name, promised);
      const script = document.createElement("script");
      script.src = source;
      script.onerror = () => {
        waiting.delete(name);
        promised.fail(new Error(source));
      };
      document.head.append(script);
    }
    return waiting.get(name).states;
  }

  function arrive(name, packed) {
    waiting.get(name)?.keep(unpacked(packed));
  }

  async function unpacked(packed) {
    const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return JSON.parse(await new Response(stream).text());
  }

  // No line ends within an equation of one number, a percentage or a small number such as 1e-07.
  const WHOLE = /(\S+ = [-−\d.]+|[\d.]+ %|[\d.]+e-\d+|\(\w, \w\))/;

  function held(words) {
    return words.split(WHOLE).map((piece, number) => {
      if (number % 2 === 0) return piece;
      const whole = document.createElement("span");
      whole.className = "figure-whole";
      whole.textContent = piece;
      return whole;
    });
  }

  class Player {
    constructor(figure) {
      this.figure = figure;
      this.svg = figure.querySelector("svg");
      this.layer = figure.querySelector(".figure-layer");
      this.now = figure.querySelector(".figure-now");
      this.spoken = figure.querySelector(".figure-spoken");
      this.controls = figure.querySelector(".figure-controls");
      this.places = figure.dataset.places.split(",").map(Number);
      this.start = {
        places: [...this.places],
        layer: this.layer.innerHTML,
        words: this.now.textContent,
        texts: this.places.map((_, axis) => this.valueOf(axis)?.textContent),
      };
      for (const text of figure.querySelectorAll(".figure-now, .figure-room")) {
        text.replaceChildren(...held(text.textContent));
      }
      this.shown = null; // the numbers of the pieces in the layer, once they are ours
      this.forget();
      this.listen();
      this.figure.dataset.shown = "start";
      this.controls.hidden = false;
    }

    // Some browsers bring a control back to where it was on the last visit.
    forget() {
      this.places.forEach((place, axis) => {
        for (const control of this.controlsOf(axis)) {
          if (control.type === "radio") control.checked = control.defaultChecked;
          else control.value = place;
        }
      });
    }

    listen() {
      this.controls.addEventListener("input", (event) => this.moved(event.target));
      this.controls.addEventListener("click", (event) => {
        const button = event.target.closest("button");
        if (button) this.pressed(button.dataset, button);
      });
      // A deck turns its slides at these keys; here they move the control.
      this.controls.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" && event.key !== "Tab") event.stopPropagation();
      });
      this.controls.addEventListener("pointerdown", () => this.load(), { once: true });
      this.controls.addEventListener("focusin", () => this.load(), { once: true });
      new IntersectionObserver(
        (entries, observer) => {
          if (entries.some((entry) => entry.isIntersecting)) {
            observer.disconnect();
            this.load();
          }
        },
        { rootMargin: NEAR },
      ).observe(this.figure);
    }

    load() {
      this.loading ??= statesOf(this.figure.dataset.figure, this.figure.dataset.frames).then(
        (states) => {
          this.states = states;
          this.figure.dataset.ready = "";
          this.offerMoves();
        },
        (problem) => {
          this.loading = null;
          this.now.textContent = this.figure.dataset.lost.replace("{problem}", problem.message);
        },
      );
      return this.loading;
    }

    moved(control) {
      if (control.dataset.axis !== undefined) this.go({ [control.dataset.axis]: Number(control.value) });
    }

    pressed(does, button) {
      if (does.set !== undefined) this.go(JSON.parse(does.set));
      else if (does.reset !== undefined) this.reset();
      else if (does.add !== undefined) this.move((letters) => letters + does.add, button);
      else if (does.back !== undefined) this.move((letters) => letters.slice(0, -1), button);
      else if (does.step !== undefined) this.step(Number(does.step), button);
      else if (does.play !== undefined) this.play(Number(does.play), button);
    }

    // Goes to a state in which some axes have new places.  Where only buttons reach the place of another
    // axis, and no state has both, that axis goes to the nearest place on its scale.
    async go(changes) {
      await this.load();
      if (!this.states) return;
      const places = this.places.map((place, axis) => changes[axis] ?? place);
      let state = this.find(places);
      if (!state) {
        places.forEach((place, axis) => {
          if (!(axis in changes)) places[axis] = this.onScale(axis, place);
        });
        state = this.find(places);
      }
      if (!state) return;
      this.places = places;
      this.show(state);
      places.forEach((place, axis) => this.set(axis, place, this.states.axes[axis].texts[place]));
      this.offerMoves();
    }

    find(places) {
      const { axes, scale, beside } = this.states;
      if (places.some((place, axis) => place >= axes[axis].steps)) return beside[places.join(",")];
      return scale[places.reduce((at, place, axis) => at * axes[axis].steps + place, 0)];
    }

    onScale(axis, place) {
      const { steps, near } = this.states.axes[axis];
      return place < steps ? place : near[place - steps];
    }

    show(state) {
      const parts = state.slice(0, -1);
      if (parts.length) this.draw(parts); // a refused state leaves the picture
      this.say(this.states.words[state.at(-1)]);
      this.figure.dataset.shown = this.places.join(",");
    }

    draw(parts) {
      if (!this.shown) {
        this.layer.replaceChildren();
        this.shown = [];
      }
      while (this.layer.childElementCount < parts.length) {
        this.layer.append(document.createElementNS("http://www.w3.org/2000/svg", "g"));
      }
      while (this.layer.childElementCount > parts.length) this.layer.lastElementChild.remove();
      parts.forEach((part, slot) => {
        if (this.shown[slot] === part) return;
        this.layer.children[slot].innerHTML = this.states.parts[part].replaceAll(
          "@@",
          `${this.figure.dataset.key}-moving-`,
        );
      });
      this.shown = parts;
    }

    say(words) {
      this.now.replaceChildren(...held(words));
      this.svg.setAttribute("aria-label", words);
      clearTimeout(this.speaking);
      this.speaking = setTimeout(() => (this.spoken.textContent = words), SPOKEN_EVERY);
    }

    // Sets the control of an axis, and what stands beside it.
    set(axis, place, text) {
      const value = this.valueOf(axis);
      if (value) value.textContent = text;
      for (const control of this.controlsOf(axis)) {
        if (control.type === "radio") control.checked = Number(control.value) === place;
        else control.value = control.type === "range" ? this.onScale(axis, place) : place;
        if (control.type === "range") control.setAttribute("aria-valuetext", text);
      }
    }

    controlsOf(axis) {
      return [...this.controls.querySelectorAll(`[data-axis="${axis}"]`)];
    }

    valueOf(axis) {
      return this.controlsOf(axis)[0]?.closest(".figure-slider")?.querySelector(".figure-value");
    }

    async reset() {
      await this.load();
      if (!this.states) return;
      this.places = [...this.start.places];
      this.layer.innerHTML = this.start.layer;
      this.shown = null;
      this.say(this.start.words);
      this.figure.dataset.shown = "start";
      this.places.forEach((place, axis) =>
        this.set(axis, place, this.start.texts[axis] ?? this.states.axes[axis].texts[place]),
      );
      this.offerMoves();
    }

    // A string of moves, one letter longer or shorter.
    async move(change, button) {
      await this.load();
      const axis = Number(button.closest("[data-moves]").dataset.moves);
      const { texts } = this.states.axes[axis];
      const place = texts.indexOf(change(texts[this.places[axis]]));
      if (place >= 0) await this.go({ [axis]: place });
    }

    // Where the recording ends, a move cannot be made.
    offerMoves() {
      const group = this.controls.querySelector("[data-moves]");
      if (!group) return;
      const axis = Number(group.dataset.moves);
      const { texts } = this.states.axes[axis];
      const letters = texts[this.places[axis]];
      for (const button of group.querySelectorAll("button")) {
        const next = button.dataset.add === undefined ? letters.slice(0, -1) : letters + button.dataset.add;
        const ends = next === letters || !texts.includes(next);
        button.setAttribute("aria-disabled", String(ends));
      }
    }

    async step(by, button) {
      await this.load();
      const axis = Number(button.closest("[data-played]").dataset.played);
      const last = this.states.axes[axis].steps - 1;
      const place = Math.min(last, Math.max(0, this.places[axis] + by));
      await this.go({ [axis]: place });
      return place < last;
    }

    async play(milliseconds, button) {
      if (this.playing) return this.pause(button);
      await this.load();
      const axis = Number(button.closest("[data-played]").dataset.played);
      if (this.places[axis] === this.states.axes[axis].steps - 1) await this.go({ [axis]: 0 });
      this.swap(button);
      this.playing = setInterval(async () => {
        if (!(await this.step(1, button))) this.pause(button);
      }, milliseconds);
    }

    pause(button) {
      clearInterval(this.playing);
      this.playing = null;
      this.swap(button);
    }

    // The button says "play" and "pause" by turns.
    swap(button) {
      [button.textContent, button.dataset.other] = [button.dataset.other, button.textContent];
    }
  }

  const start = () => {
    for (const figure of document.querySelectorAll(".figure-moves")) new Player(figure);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
  return { arrive, held };
})();
