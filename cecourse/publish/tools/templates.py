"""Templates of HTML: pages, decks and handouts are written by Jinja, which escapes what is put in."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def filled(package, template, **content):
    """The HTML of a template of a package with this content."""
    return _templates(package).get_template(template).render(content)


def written(package, template, macro, *content):
    """The HTML that one macro of a template writes."""
    return str(getattr(_templates(package).get_template(template).module, macro)(*content))


@cache
def _templates(package):
    folder = Path(str(files(package)))
    return Environment(
        loader=FileSystemLoader([folder, folder / "templates"]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
