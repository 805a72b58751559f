"""Templates of HTML: pages, decks and handouts are written by Jinja, which escapes what is put in."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


@cache
def templates(package, folder="."):
    """The templates that lie in a folder of a package."""
    return Environment(
        loader=FileSystemLoader(Path(str(files(package))) / folder),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
