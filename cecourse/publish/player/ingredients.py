"""What the drawings of a figure are made of: a digest that changes with them, and not with its neighbours."""

import ast
import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path

from ...figures import FIGURES
from ...figures.drawing.canvas import THEMES, colours
from ...figures.drawing.export import versions
from .state_grid import reach

_ROOT = Path(str(files("cecourse")))
_DRAWN_BY = (
    "publish/player/recording.py",
    "publish/player/svg.py",
    "figures/drawing/interactive.py",
    "figures/drawing/canvas.py",
)


def ingredients(name):
    """A digest of all that the drawings of a figure depend on."""
    states = repr(reach(name)) if FIGURES[name].controls else ""
    sources = {_ROOT / part for part in _DRAWN_BY} | imported(source_of(FIGURES[name].__module__))
    told = [
        repr((name, FIGURES[name].arguments, states, versions(), *map(colours, THEMES))).encode(),
        _style_and_data(),
    ]
    told += [path.read_bytes() for path in sorted(sources)]
    return hashlib.sha256(b"\0".join(told)).hexdigest()


@cache
def imported(source):
    """A file of the course and all that it imports from the course, directly or not."""
    found, open_ = {source}, [source]
    while open_:
        new = set(_imports(open_.pop())) - found
        found |= new
        open_ += new
    return frozenset(found)


def _imports(source):
    package = source.relative_to(_ROOT.parent).parent.parts
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*above, *([node.module] if node.module else [])])
            names = [module, *(f"{module}.{alias.name}" for alias in node.names)]
        else:
            continue
        yield from filter(None, map(source_of, names))


def source_of(module):
    """The file of a module of the course; None for anything else, and for a room as a whole."""
    if module == "cecourse":
        return _ROOT / "__init__.py"
    path = _ROOT.parent / f"{module.replace('.', '/')}.py"
    return path if module.startswith("cecourse.") and path.exists() else None


@cache
def _style_and_data():
    paths = sorted(path for path in _ROOT.rglob("*") if path.suffix in {".mplstyle", ".csv", ".txt"})
    return b"\0".join(path.read_bytes() for path in paths)
