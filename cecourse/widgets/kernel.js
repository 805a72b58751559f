// In a notebook pictures come from the kernel: a message with the state goes up, the picture comes down.
const PATIENCE = 5000; // milliseconds
const SILENT = "The kernel does not answer: it is busy or gone. Wait for it, or run this cell again.";
const LOST = "This figure has lost its kernel. Run this cell again.";

function render({ model, el }) {
  const view = Math.random().toString(36).slice(2); // several views share one model
  const waiting = new Map();
  let asked = 0;
  const ask = (state) =>
    new Promise((answer, fail) => {
      const number = `${view}:${++asked}`;
      const late = setTimeout(() => {
        waiting.delete(number);
        fail(new Error(SILENT));
      }, PATIENCE);
      waiting.set(number, (picture) => (clearTimeout(late), answer(picture)));
      model.send({ state, number });
    });
  const figure = document.createElement("figure");
  figure.className = "figure figure-moves";
  el.append(figure);
  const front = cecourseFront(figure, model.get("spec"), model.get("shown"), ask);
  const arrived = () => {
    const picture = model.get("shown");
    const answer = waiting.get(picture.number);
    waiting.delete(picture.number);
    if (answer) answer(picture);
    else front.show(picture); // Python or another view has moved it, or the answer is late
  };
  model.on("change:shown", arrived);
  return () => {
    model.off("change:shown", arrived);
    front.end(LOST);
  };
}

export default { render };
