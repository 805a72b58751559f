"""From figure functions to files: many at once, none twice, each listed in a manifest."""

import hashlib
import json
import multiprocessing
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from .canvas import colours
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

    def ingredients(self):
        """A digest of everything the files depend on: where it is unchanged, so are they."""
        recipe = [
            self.name,
            colours(self.theme),
            self.theme,
            self.dpi,
            repr(sorted(self.settings.items())),
            _sources(),
            versions(),
        ]
        return hashlib.sha256(json.dumps(recipe).encode()).hexdigest()


def make(orders, on_done=lambda done, name: None):
    """Fill the orders over all cores and write the manifest; returns its entries by name.

    `on_done(number, name)` is called after each figure.
    """
    out = orders[0].out
    out.mkdir(parents=True, exist_ok=True)
    before = _manifest(out)
    entries = {name: entry for name, entry in before.items() if name in FIGURES}
    missing = [order for order in orders if not _is_made(order, entries.get(order.name))]
    for number, (order, entry) in enumerate(zip(missing, _over_cores(missing), strict=True), start=1):
        entries[order.name] = entry
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
        "files": {name: _digest(order.out / name) for name in _file_names(order)},
        "versions": versions(),
        "ingredients": order.ingredients(),
    }


def versions():
    """What the bytes of a figure may depend on."""
    return {package: metadata.version(package) for package in ("matplotlib", "numpy")}


def _over_cores(orders):
    # A forked worker has Matplotlib loaded; elsewhere each loads its own.
    way = multiprocessing.get_context("fork" if sys.platform == "linux" else None)
    with ProcessPoolExecutor(max(1, min(len(orders), os.cpu_count() or 1)), way) as cores:
        yield from cores.map(write, orders)


def _manifest(out):
    try:
        return json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}


def _is_made(order, entry):
    return (
        entry is not None
        and entry["ingredients"] == order.ingredients()
        and set(entry["files"]) >= set(_file_names(order))
        and all(_digest(order.out / name) == digest for name, digest in entry["files"].items())
    )


def _file_names(order):
    return [f"{order.name}.{kind}" for kind in (*order.formats, "csv")]


def _digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else None


@cache
def _sources():
    """A digest of what figures are drawn with: the mathematics, their own room with its looks, the data."""
    root = Path(str(files("cecourse")))
    patterns = ("*.py", "figures/**/*.py", "figures/**/*.mplstyle", "data/*")
    sources = sorted(path for pattern in patterns for path in root.glob(pattern))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()
