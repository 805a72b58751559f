"""From figure functions to files: many at once, none twice, each listed in a manifest."""

import hashlib
import json
from pathlib import Path
from typing import NamedTuple

from .cache import BuildCache, digest, over_cores, versions
from .description import long_description, table
from .registry import FIGURES

FORMATS = ("svg", "pdf", "png")
MANIFEST = "figures.json"


class Order(NamedTuple):
    """One figure to be made: the files' kinds, the theme, the figure's own arguments, and where to."""

    name: str
    formats: tuple
    theme: str
    dpi: float
    settings: dict
    out: Path

    def made_of(self):
        """A digest of everything the files depend on: where it is unchanged, so are they."""
        told = self.name, self.theme, self.dpi, sorted(self.settings.items())
        return digest(*told, modules=(__name__, FIGURES[self.name].__module__))

    def files(self):
        """The names of its files."""
        return [f"{self.name}.{kind}" for kind in (*self.formats, "csv")]


def make(orders, on_done=lambda done, name: None):
    """Fill the orders over all cores and write the manifest; returns its entries by name.

    `on_done(number, name)` is called after each figure.
    """
    out = orders[0].out
    out.mkdir(parents=True, exist_ok=True)
    before = _manifest(out)
    entries = {name: entry for name, entry in before.items() if name in FIGURES}
    cache = BuildCache(out)
    missing = [order for order in orders if order.name not in entries or not _is_made(order, cache)]
    for number, (order, entry) in enumerate(zip(missing, over_cores(write, missing), strict=True), start=1):
        entries[order.name] = entry
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
    drawn = FIGURES[order.name](theme=order.theme, **order.settings)
    for kind in order.formats:
        drawn.save(order.out / f"{order.name}.{kind}", kind, dpi=order.dpi if kind == "png" else None)
    (order.out / f"{order.name}.csv").write_text(table(drawn), encoding="utf-8")
    return {
        "title": drawn.title,
        "caption": drawn.caption,
        "alt": drawn.description,
        "long_description": long_description(drawn),
        "notebook": drawn.notebook,
        "theme": order.theme,
        "arguments": {name: repr(value) for name, value in drawn.state.items()},
        "files": {
            name: hashlib.sha256((order.out / name).read_bytes()).hexdigest() for name in order.files()
        },
        "versions": versions(),
    }


def _manifest(out):
    try:
        return json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}


def _is_made(order, cache):
    made_of = order.made_of()
    return all(cache.has(name, made_of) for name in order.files())
