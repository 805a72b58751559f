"""Make slides, handouts and the site from the executed notebooks: `python -m cecourse.publish --help`."""

import argparse
import importlib.util
import sys
from pathlib import Path

from ..course import course
from ..figures.drawing.canvas import dressed, look_in_force

# What can be made, and the module that makes it: `add_options(parser)` and `build(options)`.
COMMANDS = {
    "slides": "a deck for a projector of each notebook, as a page and as a PDF",
    "handouts": "a PDF for paper of each notebook",
    "site": "the course as pages, with figures that move without a kernel",
    "lite": "the part of the site that runs the notebooks in the browser",
}
# What a plain `pip install` of the course does not bring.
_EXTRA = ("a11y_pygments", "bs4", "jinja2", "nbconvert", "playwright")


def main(arguments=None):
    """Answer one command line; returns the exit code."""
    missing = [name for name in _EXTRA if not importlib.util.find_spec(name)]
    if missing:
        sys.exit(
            f"{', '.join(missing)} cannot be imported; expected is what the extra `publish` brings. "
            "In the course's folder, run: python -m pip install '.[publish]'"
        )
    parser = argparse.ArgumentParser(prog="python -m cecourse.publish", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, help_ in COMMANDS.items():
        command = commands.add_parser(name, help=help_)
        command.add_argument(
            "--course", type=_course, default=".", metavar="FOLDER", help="of course.toml (default: here)"
        )
        command.add_argument("--out", type=Path, default=Path("build", name), help=f"(default: build/{name})")
        maker = importlib.import_module(f".{name}.build", __package__)
        maker.add_options(command)
        command.set_defaults(build=maker.build)
    if not (sys.argv[1:] if arguments is None else arguments):
        parser.print_help()
        return 2
    options = parser.parse_args(arguments)
    with dressed(look_in_force()._replace(course=options.course.home)):
        return options.build(options)


def _course(folder):
    try:
        return course(Path(folder))
    except ValueError as fault:
        sys.exit(str(fault))


if __name__ == "__main__":
    sys.exit(main())
