// Looks through SEARCHED, a list of [kind, title, where, address, words], while the reader types; page.js has WORDS.
const MOST = 40;
const AROUND = 90; // letters shown on each side of what was found

function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

const entries = SEARCHED.map(([kind, title, where, address, words]) => ({
  kind, title, where, address, words, title_: folded(title), words_: folded(words),
}));

function beginsAWord(text, word) {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!at || !/[\p{L}\p{N}]/u.test(text[at - 1])) return true;
  }
  return false;
}

// How well an entry answers: a term before a heading before a text, the beginning of a word before its middle.
function score(entry, wanted) {
  const all = wanted.join(" ");
  let sum = 6 * (entry.kind === "term") + 8 * (entry.title_ === all) + 2 * entry.title_.startsWith(all);
  for (const word of wanted) {
    const points = 8 * beginsAWord(entry.title_, word) + 4 * entry.title_.includes(word)
      + 2 * beginsAWord(entry.words_, word) + entry.words_.includes(word);
    if (!points) return 0;
    sum += points;
  }
  return sum;
}

// What stands around the first word found, from the beginning of a word to the end of one.
function marked(text, folds, wanted) {
  const places = wanted.map((word) => [folds.indexOf(word), word.length]).filter(([at]) => at >= 0);
  const [at, length] = places.length && folds.length === text.length ? places[0] : [0, 0];
  const from = at > AROUND ? text.indexOf(" ", at - AROUND) + 1 || at : 0;
  const end = at + length + AROUND;
  const to = end < text.length ? Math.max(text.lastIndexOf(" ", end), at + length) : text.length;
  const mark = document.createElement("mark");
  mark.textContent = text.slice(at, at + length);
  return [
    from ? "… " : "", text.slice(Math.min(from, at), at), ...(length ? [mark] : []),
    text.slice(at + length, to), to < text.length ? " …" : "",
  ];
}

function item(entry, wanted) {
  const link = document.createElement("a");
  link.href = entry.address;
  link.textContent = entry.title;
  const where = document.createElement("span");
  where.className = "quiet";
  where.textContent = ` ${entry.where}`;
  const words = document.createElement("p");
  words.append(...marked(entry.words, entry.words_, wanted));
  const row = document.createElement("li");
  row.append(link, where, words);
  return row;
}

function search(text) {
  const wanted = folded(text).split(/\s+/).filter(Boolean);
  const found = wanted.length
    ? entries.map((entry) => [score(entry, wanted), entry]).filter(([points]) => points)
    : [];
  found.sort(([one], [other]) => other - one);
  document.getElementById("page-found").replaceChildren(
    ...found.slice(0, MOST).map(([, entry]) => item(entry, wanted)));
  const values = { count: found.length, most: MOST, text: text.trim() };
  const count = found.length > MOST ? "found-more" : `found-${found.length}`;
  const words = wanted.length ? WORDS[count] ?? WORDS.found : WORDS.ask;
  document.getElementById("page-count").textContent = words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

const box = document.querySelector(".seek input");
box.value = new URLSearchParams(location.search).get("q") ?? "";
box.addEventListener("input", () => search(box.value));
search(box.value);
