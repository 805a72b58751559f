"""Every figure of the course for download, with its words."""

import shutil
import struct
from pathlib import Path
from typing import NamedTuple

from ...figures.drawing.registry import FIGURES
from ...figures.files.export import FORMATS, Order, make
from ..reading.plain_text import typed

CACHE = Path("build/cache/gallery")
DPI = 120
# A picture of many small squares has a table that is larger than all others together.
LARGEST_TABLE = 100_000


class Exhibit(NamedTuple):
    """A figure on the wall; `files` are (kind, address, bytes)."""

    name: str
    title: str
    caption: str
    alt: str
    long_description: str
    size: tuple
    picture: str
    files: list
    place: str
    number: str


def exhibits(out, chapters, on_done):
    """Draw what has changed, copy all into `out`/figures and describe each, in the notebooks' order."""
    orders = [Order(name, FORMATS, "lecture", DPI, {}, CACHE) for name in FIGURES]
    entries = make(orders, on_done)
    (out / "figures").mkdir(parents=True, exist_ok=True)
    places = _places(chapters)
    order = {name: number for number, name in enumerate(places)}
    names = sorted(FIGURES, key=lambda name: order.get(name, len(order)))
    return [_exhibit(name, entries[name], out, places.get(name, "")) for name in names]


def _places(chapters):
    """The first place of each figure, in the order of the course."""
    places = {}
    for chapter in chapters:
        for _, cells in chapter.parts:
            for cell in cells:
                if cell.shown:
                    places.setdefault(cell.shown, f"{chapter.page}#{cell.id}")
    return places


def _exhibit(name, entry, out, place):
    files = []
    for file in sorted(entry["files"], key=lambda file: [*FORMATS, "csv"].index(file.rpartition(".")[2])):
        size = (CACHE / file).stat().st_size
        kind = file.rpartition(".")[2]
        if kind != "csv" or size <= LARGEST_TABLE:
            shutil.copyfile(CACHE / file, out / "figures" / file)
            files.append((kind.upper(), f"figures/{file}", size))
    return Exhibit(
        name,
        entry["title"],
        entry["caption"],
        entry["alt"],
        typed(entry["long_description"]),
        _size((CACHE / f"{name}.png").read_bytes()),
        f"figures/{name}.png",
        files,
        place,
        entry["notebook"],
    )


def _size(png):
    """Width and height in pixels, from a PNG's first chunk."""
    return struct.unpack(">II", png[16:24])
