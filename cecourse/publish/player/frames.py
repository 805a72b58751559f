"""Figures in a page: still, or with their controls and every state that these reach, drawn beforehand.

    embed(shown, root)      the HTML of one figure; `root` leads from its page to the site's top folder, and
                            `place` tells apart two places of one page that show the same
    head(root)              what the head of a page with figures needs
    write(names, out)       the files that figures load, in `out`/frames

A page opened from a folder may load scripts, but no data: the states of a figure travel in a script.
"""

import hashlib
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from ...figures import FIGURES
from ...figures.drawing.cache import ROOT, BuildCache, digest, over_cores
from ...widgets.svg import KEY, theme_rules
from ..tools.templates import filled
from ..wording import wording
from .panel import panel
from .recording import Picture, draw, pack, record
from .state_grid import reach

CACHE = Path("build/frames")
_POINTS_PER_PIXEL = 0.75
# What draws them, beside the figure's own module.  What the controls reach is in the digest as a value.
_DRAWN_BY = [
    ROOT / part
    for part in (
        "publish/player/recording.py",
        "widgets/svg.py",
        "figures/drawing/interactive.py",
        "figures/drawing/canvas.py",
    )
]


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
    return filled(__package__, "head.html", folder=_folder(root))


def embed(shown, root, cache=CACHE, place="", language="en"):
    """A shown figure as HTML: a still picture with its words and, where it moves, its controls."""
    key, words, picture = _key(shown, place), wording(language), _picture(shown, cache)
    moving = (
        _moving(shown, root, cache, key, words)
        if shown.moves and FIGURES[shown.figure].controls
        else {"panel": ""}
    )
    width, height = (_POINTS_PER_PIXEL * length for length in picture.size)
    view = f"0 0 {width:g} {height:g}"
    content = {"shown": shown, "picture": picture, "view": view, "mark": KEY, "key": key, "words": words}
    return filled(__package__, "figure.html", **content, **moving)


def write(names, out, cache=CACHE):
    """Write what the figures of these names load into `out`/frames; draws only what has changed."""
    folder = Path(out) / "frames"
    folder.mkdir(parents=True, exist_ok=True)
    for name, recording in recordings(names, cache).items():
        script = f'cecourseFigures.arrive("{name}","{recording.packed}");\n'
        (folder / f"{name}.js").write_text(script, encoding="utf-8")
    (folder / "player.js").write_text(_own("player.js"), encoding="utf-8")
    (folder / "player.css").write_text(_colours() + _own("player.css"), encoding="utf-8")


def recordings(names, cache=CACHE):
    """The recording of each of these figures that moves, by its name, drawn now or kept from before."""
    kept, names = BuildCache(cache), [name for name in dict.fromkeys(names) if FIGURES[name].controls]
    found = {name: kept.value(f"{name}.json", ingredients(name)) for name in names}
    missing = [name for name, recording in found.items() if recording is None]
    for name, recording in zip(missing, over_cores(_recorded, missing), strict=True):
        kept.keep(f"{name}.json", ingredients(name), recording)
        found[name] = recording
    return {name: Recording(*recording) for name, recording in found.items()}


def ingredients(name):
    """A digest of all that the drawings of a figure depend on."""
    states = repr(reach(name)) if FIGURES[name].controls else ""
    return digest(name, FIGURES[name].arguments, states, modules=[FIGURES[name].__module__], files=_DRAWN_BY)


def _recorded(name):
    recording = record(name)
    return Recording(pack(recording), max(recording["words"], key=len))


def _moving(shown, root, cache, key, words):
    """What the template needs for a figure that moves."""
    recording, reached = recordings([shown.figure], cache)[shown.figure], reach(shown.figure)
    values = reached.parts(FIGURES[shown.figure].arguments | shown.state)
    places = [axis.nearest(value) for axis, value in zip(reached.axes, values, strict=True)]
    return {
        "source": f"{_folder(root)}/{shown.figure}.js?{recording.version}",
        "places": places,
        "panel": panel(reached, values, places, key, words),
        "longest": recording.longest,
    }


def _picture(shown, cache):
    """The picture that a notebook shows, drawn now or kept from before."""
    kept, name, made_of = BuildCache(cache), f"{shown.figure}.{_key(shown)}.json", ingredients(shown.figure)
    picture = kept.value(name, made_of)
    if picture is None:
        picture = draw(shown)
        kept.keep(name, made_of, picture)
    return Picture(*picture)


def _key(shown, place=""):
    """A word for a figure in one state and place, so that two in one page do not share an id."""
    told = repr((shown.figure, sorted(shown.state.items()), shown.moves, place))
    return f"f{hashlib.sha256(told.encode()).hexdigest()[:8]}"


def _folder(root):
    return f"{root.rstrip('/')}/frames" if root else "frames"


def _colours():
    """The colours of both themes as custom properties of CSS; paper is white, whatever the screen shows."""
    chosen = theme_rules(":root[data-theme=dark]", "dark")
    by_itself = theme_rules(":root:not([data-theme=light])", "dark")
    return (
        theme_rules(":root", "lecture")
        + f"@media screen {{\n{chosen}}}\n"
        + f"@media screen and (prefers-color-scheme: dark) {{\n{by_itself}}}\n"
    )


def _own(name):
    return (files(__package__) / name).read_text(encoding="utf-8")
