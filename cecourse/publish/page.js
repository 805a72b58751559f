// The button for light and dark, and boxes that scroll sideways made reachable by keyboard.
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
  const say = () => (button.textContent = other() === "dark" ? "Dark" : "Light");
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

function reachWhatScrolls() {
  const names = { PRE: "Code or output", DIV: "Table", SPAN: "Formula" };
  for (const box of document.querySelectorAll("main :is(pre, .wide, .katex-display)")) {
    if (box.scrollWidth > box.clientWidth) {
      box.tabIndex = 0;
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", `${names[box.tagName]}, scrolls sideways`);
    } else {
      for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
    }
  }
}

document.addEventListener("DOMContentLoaded", () => {
  addThemeButton();
  reachWhatScrolls();
});
addEventListener("load", reachWhatScrolls);
addEventListener("resize", reachWhatScrolls);
document.addEventListener("toggle", reachWhatScrolls, true); // what was folded had no width
