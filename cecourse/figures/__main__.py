"""Write the course's figures to files: `python -m cecourse.figures --help`."""

import argparse
import ast
import difflib
import re
import sys
from pathlib import Path

from .drawing.canvas import THEMES
from .drawing.export import FORMATS, Order, make
from .drawing.registry import FIGURES


def main(arguments=None):
    """Answer one command line; returns the exit code."""
    options = _parser().parse_args(arguments)
    names = _chosen(options.names, options.notebook)
    if options.list:
        for name in names:
            print(f"{FIGURES[name].notebook}  {name:34} {FIGURES[name].caption}")
        return 0
    settings = dict(options.set)
    orders = [
        Order(name, tuple(options.format), options.theme, options.dpi, _accepted(name, settings), options.out)
        for name in names
    ]
    bar = _Bar(len(orders))
    try:
        make(orders, bar.show)
    except (TypeError, ValueError) as refusal:
        if not settings:
            raise
        sys.exit(_refused(names, settings, refusal))
    kinds = ", ".join(options.format)
    what = "1 figure" if len(orders) == 1 else f"{len(orders)} figures"
    print(f"{what} as {kinds} in {options.out}; {bar.drawn} drawn anew.")
    return 0


class _Bar:
    """A progress bar on the error stream."""

    def __init__(self, total, width=30):
        self.total, self.width, self.drawn = total, width, 0

    def show(self, done, name):
        self.drawn = done
        full = self.width * done // self.total
        bar = "#" * full + "." * (self.width - full)
        print(f"\r[{bar}] {done}/{self.total} {name:34}", end="", file=sys.stderr, flush=True)
        if done == self.total:
            print(file=sys.stderr)


def _parser():
    parser = argparse.ArgumentParser(
        prog="python -m cecourse.figures",
        description="Write the course's figures to files, the same bytes every time.",
    )
    add = parser.add_argument
    add("names", nargs="*", metavar="NAME", help="figures to write (all, if none is named)")
    add("--list", action="store_true", help="list the figures and stop")
    add("--notebook", metavar="NN", help="only the figures of one notebook, such as 02")
    add("--format", nargs="+", choices=FORMATS, default=list(FORMATS), help="file formats (default: all)")
    add("--theme", choices=THEMES, default="lecture", help="look of the figures (default: lecture)")
    add("--dpi", type=_dots, default=200, help="dots per inch of a PNG (default: 200)")
    add("--set", nargs="+", type=_setting, default=[], metavar="NAME=VALUE", help="arguments, such as p=0.2")
    add("--out", type=_folder, default=Path("build/figures"), help="folder (default: build/figures)")
    return parser


def _chosen(names, notebook):
    for name in names:
        if name not in FIGURES:
            sys.exit(f"There is no figure named {name}; {_nearest(name, FIGURES)}")
    chosen = [name for name in names or FIGURES if notebook in (None, FIGURES[name].notebook)]
    if not chosen:
        known = ", ".join(sorted({figure.notebook for figure in FIGURES.values()}))
        sys.exit(
            f"No figure was chosen: notebook {notebook} has none of them. Notebooks with figures: {known}."
        )
    return chosen


def _accepted(name, settings):
    for argument in settings:
        if argument not in FIGURES[name].arguments:
            sys.exit(
                f"{name} has no argument named {argument}; {_nearest(argument, FIGURES[name].arguments)}"
            )
    return settings


def _nearest(word, known):
    near = difflib.get_close_matches(word, known, n=3, cutoff=0.4)
    return f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(known) or 'none'}."


def _refused(names, settings, refusal):
    values = ", ".join(f"{name}={value!r}" for name, value in settings.items())
    usual = {name: FIGURES[figure].arguments[name] for figure in names for name in settings}
    without = ", ".join(f"{name}={value!r}" for name, value in usual.items())
    said = str(refusal).rstrip(".")
    return f"{' '.join(names)} cannot be drawn with {values}: {said}. Without --set it has {without}."


def _dots(text):
    if not re.fullmatch(r"\d+(\.\d*)?", text) or not float(text):
        raise argparse.ArgumentTypeError(f"{text} was given; expected dots per inch above 0, such as 200")
    return float(text)


def _folder(text):
    if Path(text).exists() and not Path(text).is_dir():
        raise argparse.ArgumentTypeError(f"{text} is a file; expected a folder. Name another one")
    return Path(text)


def _setting(text):
    name, equals, value = text.partition("=")
    if not (equals and name.isidentifier()):
        raise argparse.ArgumentTypeError(f"{text} was given; expected NAME=VALUE, such as p=0.2")
    try:
        return name, ast.literal_eval(value)
    except (ValueError, SyntaxError):
        return name, value


if __name__ == "__main__":
    sys.exit(main())
