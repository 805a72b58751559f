"""Figures in a page: still, or with their controls and every state that these reach, drawn beforehand.

    embed(shown, root)      the HTML of one figure; `root` leads from its page to the site's top folder, and
                            `place` tells apart two places of one page that show the same
    head(root)              what the head of a page with figures needs
    write(names, out)       the files that figures load, in `out`/frames

A page opened from a folder may load scripts, but no data: the states of a figure travel in a script.
"""

import hashlib
import html
import json
import multiprocessing
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from ...figures import FIGURES
from .ingredients import ingredients
from .panel import panel
from .recording import Picture, draw, pack, record
from .state_grid import reach
from .svg import KEY, style_sheet

CACHE = Path("build/frames")
_POINTS_PER_PIXEL = 0.75
# After the longest words: others that are nearly as long may break into lines less well.
_SPARE = " nnnnn nnnnn"


class Recording(NamedTuple):
    """All states of one figure, packed for its script, and the longest of its descriptions."""

    packed: str
    longest: str

    @property
    def version(self):
        """A few letters that change with the states."""
        return hashlib.sha256(self.packed.encode()).hexdigest()[:10]


def head(root):
    """The tags in the head of a page with figures."""
    return (
        f'<link rel="stylesheet" href="{_below(root, "player.css")}">\n'
        f'<script src="{_below(root, "player.js")}" defer></script>\n'
    )


def embed(shown, root, cache=CACHE, place=""):
    """A shown figure as HTML: a still picture with its words and, where it moves, its controls."""
    key = _key(shown, place)
    if shown.moves and FIGURES[shown.figure].controls:
        return _moving(shown, root, cache, key)
    picture, words = _picture(shown, cache), html.escape(shown.description)
    return (
        f'<figure class="figure" data-figure="{shown.figure}">\n{_svg(picture, key)}'
        f'<details class="figure-words"><summary>In words</summary><p>{words}</p></details>\n</figure>\n'
    )


def write(names, out, cache=CACHE):
    """Write what the figures of these names load into `out`/frames; draws only what has changed."""
    folder = Path(out) / "frames"
    folder.mkdir(parents=True, exist_ok=True)
    for name, recording in recordings(names, cache).items():
        script = f'cecourseFigures.arrive("{name}","{recording.packed}");\n'
        (folder / f"{name}.js").write_text(script, encoding="utf-8")
    (folder / "player.js").write_text(_own("player.js"), encoding="utf-8")
    (folder / "player.css").write_text(style_sheet() + _own("player.css"), encoding="utf-8")


def recordings(names, cache=CACHE):
    """The recording of each of these figures that moves, by its name, drawn now or kept from before."""
    places = {name: Path(cache) / f"{name}.json" for name in dict.fromkeys(names) if FIGURES[name].controls}
    made_of = {name: ingredients(name) for name in places}
    found = {name: _kept(places[name], made_of[name]) for name in places}
    missing = [name for name, recording in found.items() if recording is None]
    for name, recording in zip(missing, _over_cores(_recorded, missing), strict=True):
        _keep(places[name], made_of[name], recording)
        found[name] = recording
    return {name: Recording(*recording) for name, recording in found.items()}


def _recorded(name):
    recording = record(name)
    return Recording(pack(recording), max(recording["words"], key=len))


def _moving(shown, root, cache, key):
    recording, reached = recordings([shown.figure], cache)[shown.figure], reach(shown.figure)
    picture = _picture(shown, cache)
    values = reached.parts(FIGURES[shown.figure].arguments | shown.state)
    places = [axis.nearest(value) for axis, value in zip(reached.axes, values, strict=True)]
    source = _below(root, f"{shown.figure}.js?{recording.version}")
    return (
        f'<figure class="figure figure-moves" data-figure="{shown.figure}" data-frames="{source}" '
        f'data-key="{key}" data-places="{",".join(map(str, places))}">\n{_svg(picture, key)}'
        f"{panel(reached, values, places, key)}"
        f'<p class="figure-readout"><span class="figure-now">{html.escape(picture.words)}</span>'
        f'<span class="figure-room" aria-hidden="true">{html.escape(recording.longest)}{_SPARE}</span></p>\n'
        '<p class="figure-spoken" role="status"></p>\n</figure>\n'
    )


def _picture(shown, cache):
    """The picture that a notebook shows, drawn now or kept from before."""
    place, made_of = Path(cache) / f"{shown.figure}.{_key(shown)}.json", ingredients(shown.figure)
    if (picture := _kept(place, made_of)) is None:
        picture = draw(shown)
        _keep(place, made_of, picture)
    return Picture(*picture)


def _svg(picture, key):
    width, height = picture.size
    still = picture.still.replace(KEY, f"{key}-")
    # What moves brings clips of its own, as the player's pieces do.
    layer = "".join(f"<g>{piece}</g>" for piece in picture.moving).replace(KEY, f"{key}-moving-")
    inside = f'{still}<g class="figure-layer">{layer}</g>'
    return (
        f'<svg role="img" aria-label="{html.escape(picture.words)}" width="{width}" height="{height}" '
        f'viewBox="0 0 {_POINTS_PER_PIXEL * width:g} {_POINTS_PER_PIXEL * height:g}">{inside}</svg>\n'
    )


def _key(shown, place=""):
    """A word for a figure in one state and place, so that two in one page do not share an id."""
    told = repr((shown.figure, sorted(shown.state.items()), shown.moves, place))
    return f"f{hashlib.sha256(told.encode()).hexdigest()[:8]}"


def _below(root, name):
    return f"{root.rstrip('/')}/frames/{name}" if root else f"frames/{name}"


def _own(name):
    return (files(__package__) / name).read_text(encoding="utf-8")


def _over_cores(work, names):
    # A forked worker has Matplotlib loaded; elsewhere each loads its own.
    way = multiprocessing.get_context("fork" if sys.platform == "linux" else None)
    with ProcessPoolExecutor(max(1, min(len(names), os.cpu_count() or 1)), way) as cores:
        yield from cores.map(work, names)


def _kept(place, made_of):
    """What was kept at a place, where it was made of the same; else None."""
    if not place.exists():
        return None
    kept = json.loads(place.read_text(encoding="utf-8"))
    return kept["value"] if kept["made of"] == made_of else None


def _keep(place, made_of, value):
    """Keep a value, all at once: two builds may run side by side."""
    place.parent.mkdir(parents=True, exist_ok=True)
    half = place.with_suffix(f".{os.getpid()}")
    half.write_text(json.dumps({"made of": made_of, "value": value}), encoding="utf-8")
    half.replace(place)
