"""Something made of each notebook, where it is not made yet; a notebook at fault stops no other."""

import dataclasses
import sys

from ..figures import FIGURES
from ..figures.drawing.cache import BuildCache, digest, sources
from .player.frames import ingredients

_LIBRARIES = ("beautifulsoup4", "jinja2", "matplotlib", "mistune", "nbconvert", "numpy", "pygments")
_LOOKS = {".css", ".html", ".js", ".mjs", ".json"}


def one_by_one(what, course, out, endings, make, module, *told):
    """Call `make(path)` for each notebook whose files in `out` are missing or made of something else.

    `endings` are those of its files behind the notebook's name, `module` is the name of what makes them.
    Returns the exit code: 1 where a notebook could not be made, for the reason that is printed.
    """
    out.mkdir(parents=True, exist_ok=True)
    cache, faults = BuildCache(out), 0
    for number, path in enumerate(course.paths, start=1):
        made_of = _made_of(path, course, module, told)
        names = [f"{path.stem}{ending}" for ending in endings]
        if all(cache.has(name, made_of) for name in names):
            continue
        print(f"{what} {number} of {len(course.paths)}: {path.stem} ...", file=sys.stderr, flush=True)
        try:
            make(path)
        except ValueError as fault:
            faults += 1
            print(f"{what} {path.stem} was not made. {fault}", file=sys.stderr)
        else:
            for name in names:
                cache.made(name, made_of)
    made = len(course.paths) - faults
    print(f"{made} {what}{'s' * (made != 1)} in {out}")
    return 1 if faults else 0


def _made_of(path, course, module, told):
    """A digest of the notebook, its figures, the course, and what makes the file with its templates."""
    text = path.read_text(encoding="utf-8")
    shown = [(name, ingredients(name)) for name in FIGURES if name in text]
    makers = {source for source in sources(module) if "figures" not in source.parts}
    rooms = {source.parent for source in makers if "publish" in source.parent.parts}
    beside = {file for room in rooms for file in room.rglob("*") if file.suffix in _LOOKS}
    logo = course.logo.read_bytes() if course.logo else b""
    about = dataclasses.replace(course, notebooks=())
    return digest(text, shown, about, logo, told, files=makers | beside, libraries=_LIBRARIES)
