"""From figure functions to files: many at once, none twice, each listed in a manifest."""

import hashlib
import json
from pathlib import Path
from typing import NamedTuple

from ..drawing.cache import BuildCache, digest, over_cores, versions
from ..drawing.canvas import Look, dressed
from ..drawing.description import long_description, table
from ..drawing.registry import FIGURES
from .film import Film, write_film
from .letters import text_faults, without_letters

FORMATS = ("svg", "pdf", "png")
MANIFEST = "figures.json"


class Order(NamedTuple):
    """One figure to be made: the files' kinds, the theme, the figure's own arguments, and where to.

    `stem` is the files' name where it is not the figure's; with `film`, an argument moves.
    """

    name: str
    formats: tuple
    theme: str
    dpi: float
    settings: dict
    out: Path
    look: Look = Look()
    stem: str = ""
    letters: bool = True
    film: Film | None = None

    @property
    def title(self):
        """What its files and its entry in the manifest are called."""
        return self.stem or self.name

    def made_of(self):
        """A digest of everything the files depend on: where it is unchanged, so are they."""
        told = self.name, self.theme, self.dpi, sorted(self.settings.items()), self.letters, self.film
        with dressed(self.look):  # the colours and fonts of its course are in every digest
            return digest(*told, self.look[1:], modules=(__name__, FIGURES[self.name].__module__))

    def files(self):
        """The names of its files."""
        return [f"{self.title}.{kind}" for kind in (*self.formats, *(() if self.film else ("csv",)))]


def make(orders, on_done=lambda done, name: None):
    """Fill the orders over all cores and write the manifest; returns its entries by name.

    `on_done(number, name)` is called after each figure.
    """
    out = orders[0].out
    out.mkdir(parents=True, exist_ok=True)
    before = _manifest(out)
    entries = {name: entry for name, entry in before.items() if entry.get("figure") in FIGURES}
    cache = BuildCache(out)
    missing = [order for order in orders if order.title not in entries or not _is_made(order, cache)]
    for number, (order, entry) in enumerate(zip(missing, over_cores(write, missing), strict=True), start=1):
        entries[order.title] = entry
        for name in order.files():
            cache.made(name, order.made_of())
        on_done(number, order.name)
    if missing:
        entries = dict(sorted(entries.items()))
        (out / MANIFEST).write_text(
            json.dumps(entries, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
        )
    return entries


def write(order):
    """Make one figure's files; returns its entry in the manifest."""
    with dressed(order.look):
        drawn = FIGURES[order.name](theme=order.theme, **order.settings)
        faults = text_faults(drawn) if order.letters and (order.settings or order.look != Look()) else []
        if not order.letters:
            without_letters(drawn)
        words = (_film if order.film else _stills)(drawn, order)
    return {
        "figure": order.name,
        "title": drawn.title,
        "caption": drawn.caption,
        "alt": words,
        "long_description": long_description(drawn),
        "notebook": drawn.notebook,
        "theme": order.theme,
        "arguments": {name: repr(value) for name, value in drawn.state.items()},
        "texts_that_meet": faults,
        "files": {
            name: hashlib.sha256((order.out / name).read_bytes()).hexdigest() for name in order.files()
        },
        "versions": versions(),
    }


def _stills(drawn, order):
    for kind in order.formats:
        drawn.save(order.out / f"{order.title}.{kind}", kind, dpi=order.dpi if kind == "png" else None)
    (order.out / f"{order.title}.csv").write_text(table(drawn), encoding="utf-8")
    return drawn.description


def _film(drawn, order):
    for kind in order.formats:
        path = order.out / f"{order.title}.{kind}"
        silent = {} if order.letters else {"after_move": without_letters}
        first, last = write_film(drawn, order.film, path, kind, order.dpi, **silent)
    return f"At first: {first} At last: {last}"


def _manifest(out):
    try:
        return json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}


def _is_made(order, cache):
    made_of = order.made_of()
    return all(cache.has(name, made_of) for name in order.files())
