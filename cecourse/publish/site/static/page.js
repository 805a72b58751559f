// The button for light and dark, larger figures on a phone, what a link leads to unfolded, and boxes that
// scroll sideways made reachable by keyboard.  The words stand in cecourse/publish/wording.py.
const WORDS = JSON.parse(document.currentScript.dataset.words);
const remembered = {
  get() {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null; // a browser may forbid pages of the file system to remember
    }
  },
  set(theme) {
    try {
      localStorage.setItem("theme", theme);
    } catch {
      // then it holds for this page
    }
  },
};
const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");
if (remembered.get()) root.dataset.theme = remembered.get();

function theme() {
  return root.dataset.theme ?? (dark.matches ? "dark" : "light");
}

function addThemeButton() {
  const button = document.createElement("button");
  const other = () => (theme() === "dark" ? "light" : "dark");
  const say = () => (button.textContent = WORDS[other()]);
  button.type = "button";
  button.className = "theme";
  button.addEventListener("click", () => {
    root.dataset.theme = other();
    remembered.set(theme());
    say();
  });
  dark.addEventListener("change", say);
  say();
  document.querySelector(".top").append(button);
}

// A figure as wide as a phone has letters too small to read: there it may be wider than the window.
function offerLargerFigures() {
  for (const picture of document.querySelectorAll(".figure > svg, .wall article > img")) {
    const box = document.createElement("div");
    box.className = "figure-picture";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "figure-size";
    button.textContent = WORDS.larger;
    button.addEventListener("click", () => {
      const larger = box.classList.toggle("larger");
      button.textContent = larger ? WORDS.smaller : WORDS.larger;
      reachWhatScrolls();
    });
    picture.replaceWith(box, button);
    box.append(picture);
  }
}

function unfoldTarget() {
  let fold = document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest("details");
  for (; fold; fold = fold.parentElement.closest("details")) fold.open = true;
}

function reachWhatScrolls() {
  const names = {
    pre: WORDS.code, ".figure-picture": WORDS.figure, ".wide": WORDS.table, ".katex-display": WORDS.formula,
  };
  for (const box of document.querySelectorAll(`main :is(${Object.keys(names)})`)) {
    if (box.scrollWidth > box.clientWidth) {
      box.tabIndex = 0;
      box.setAttribute("role", "group");
      const kind = Object.keys(names).find((selector) => box.matches(selector));
      box.setAttribute("aria-label", WORDS.scrolls.replace("{kind}", names[kind]));
    } else {
      for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
    }
  }
}

document.addEventListener("DOMContentLoaded", () => {
  addThemeButton();
  offerLargerFigures();
  unfoldTarget();
  reachWhatScrolls();
});
addEventListener("load", reachWhatScrolls);
addEventListener("resize", reachWhatScrolls);
addEventListener("hashchange", unfoldTarget);
document.addEventListener("toggle", reachWhatScrolls, true); // what was folded had no width
