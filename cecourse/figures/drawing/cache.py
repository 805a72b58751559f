"""What was made before, of the same ingredients, need not be made again: figures, frames, decks, handouts.

digest(*told, modules=(...), files=(...))    a word that changes with what something is made of
BuildCache(folder)                           the files of a folder, each with the digest it was made of
over_cores(work, items)                      make several at a time
"""

import ast
import hashlib
import json
import multiprocessing
import os
import platform
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from importlib import metadata
from importlib.resources import files
from pathlib import Path

from .canvas import THEMES, colours, letters_of, look_in_force, put_on

ROOT = Path(str(files("cecourse")))
LIBRARIES = ("matplotlib", "numpy")


def digest(*told, modules=(), files=(), libraries=LIBRARIES):
    """A digest of values, of modules with all that they import from the course, and of files.

    The colours and the font of the course, the style sheets of figures, the data, the versions of Python and
    of libraries are always in it.
    """
    paths = set(files).union(*map(sources, modules))
    looks = [(colours(theme), letters_of(theme)) for theme in THEMES]
    values = repr((told, looks, platform.python_version(), versions(libraries))).encode()
    parts = [values, _looks_and_data()]
    for path in sorted(paths):
        parts += [str(path.relative_to(ROOT)).encode(), path.read_bytes()]
    return hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def versions(libraries=LIBRARIES):
    """The versions of libraries that the bytes of a file may depend on."""
    return {name: metadata.version(name) for name in libraries}


class BuildCache:
    """The files of a folder; beside each, in .made, what it was made of and a digest of its bytes."""

    def __init__(self, folder):
        self.folder = Path(folder)

    def has(self, name, made_of):
        """Whether a file is there, was made of this, and is as it was made."""
        mark = self._mark(name)
        return mark.exists() and mark.read_text(encoding="utf-8") == self._word(name, made_of)

    def made(self, name, made_of):
        """Keep in mind that a file is made of this."""
        _write(self._mark(name), self._word(name, made_of))

    def value(self, name, made_of):
        """What was kept as JSON, if it was made of the same; else None."""
        if not self.has(name, made_of):
            return None
        return json.loads((self.folder / name).read_text(encoding="utf-8"))

    def keep(self, name, made_of, value):
        """Keep a value as JSON."""
        _write(self.folder / name, json.dumps(value))
        self.made(name, made_of)

    def _mark(self, name):
        return self.folder / ".made" / name

    def _word(self, name, made_of):
        path = self.folder / name
        return f"{made_of} {hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else 'missing'}\n"


def over_cores(work, items):
    """Yield `work(item)` for each item, several at a time, in their order."""
    # A forked worker has Matplotlib loaded; elsewhere each loads its own.
    way = multiprocessing.get_context("fork" if sys.platform == "linux" else None)
    most = max(1, min(len(items), os.cpu_count() or 1))
    with ProcessPoolExecutor(most, way, initializer=put_on, initargs=(look_in_force(),)) as cores:
        yield from cores.map(work, items)


def _write(path, text):
    """Write a file all at once: two builds may run side by side."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f"{path.name}.{os.getpid()}")
    half.write_text(text, encoding="utf-8")
    half.replace(path)


@cache
def sources(module):
    """The file of a module and those of all that it imports from the course, directly or not."""
    found, open_ = {_source_of(module)}, [_source_of(module)]
    while open_:
        new = set(_imports(open_.pop())) - found
        found |= new
        open_ += new
    return frozenset(found)


def _imports(source):
    package = source.relative_to(ROOT.parent).parent.parts
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*above, *([node.module] if node.module else [])])
            inside = [f"{module}.{alias.name}" for alias in node.names]
            names = [each if _source_of(each) else module for each in inside]
        else:
            continue
        yield from filter(None, map(_source_of, names))


def _source_of(module):
    """The file of a module of the course; None for anything else, and for a room as a whole."""
    if module == "cecourse":
        return ROOT / "__init__.py"
    path = ROOT.parent / f"{module.replace('.', '/')}.py"
    return path if module.startswith("cecourse.") and path.exists() else None


@cache
def _looks_and_data():
    paths = sorted([*ROOT.glob("figures/themes/*.mplstyle"), *ROOT.glob("data/*")])
    return b"\0".join(path.read_bytes() for path in paths)
