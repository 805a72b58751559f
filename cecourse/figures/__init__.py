"""The course's figures: one function, one figure, callable without an argument, described in words."""

import importlib
import pkgutil

from .drawing.registry import FIGURES, nearest

for _chapter in pkgutil.iter_modules(__path__):
    if not _chapter.ispkg and _chapter.name != "__main__":
        importlib.import_module(f".{_chapter.name}", __name__)

__all__ = ["FIGURES", *FIGURES]


def __getattr__(name):
    if name in FIGURES:
        return FIGURES[name]
    raise AttributeError(f"There is no figure named {name}; {nearest(name, FIGURES)}")


def __dir__():
    return ["FIGURES", *FIGURES]
