"""Write the course's figures to files: `python -m cecourse.figures --help`."""

import argparse
import ast
import re
import sys
from pathlib import Path

from .drawing.canvas import THEMES
from .drawing.export import FORMATS, Order, make
from .drawing.registry import FIGURES, nearest

_MOST_DOTS = 1200  # per inch; a picture of more is too large for the memory of many machines


def main(arguments=None):
    """Answer one command line; returns the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    names = _chosen(options.names, options.notebook)
    if options.help:
        told = [f"{name}\n{'-' * len(name)}\n{FIGURES[name].__doc__}\n" for name in options.names]
        print("\n".join(told) or parser.format_help())
        return 0
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
    except OSError as refusal:
        sys.exit(f"{options.out} cannot be written: {refusal}. Name a folder of your own by --out.")
    except Exception as refusal:  # a function may stumble in any way over a value that it was not made for
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
        add_help=False,
    )
    add = parser.add_argument
    add("-h", "--help", action="store_true", help="this text, or what the figures named here can be set to")
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
            sys.exit(f"There is no figure named {name}; {nearest(name, FIGURES)}")
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
            sys.exit(f"{name} has no argument named {argument}; {nearest(argument, FIGURES[name].arguments)}")
    return settings


def _refused(names, settings, refusal):
    values = ", ".join(f"{name}={value!r}" for name, value in settings.items())
    usual = {name: FIGURES[figure].arguments[name] for figure in names for name in settings}
    without = ", ".join(f"{name}={value!r}" for name, value in usual.items())
    said = str(refusal).rstrip(".")
    return (
        f"{' '.join(names)} cannot be drawn with {values}: {said}. Without --set it has {without}. "
        f"What can be set is told by: python -m cecourse.figures {' '.join(names)} --help"
    )


def _dots(text):
    if not re.fullmatch(r"\d+(\.\d*)?", text) or not 0 < float(text) <= _MOST_DOTS:
        raise argparse.ArgumentTypeError(
            f"{text} was given; expected dots per inch above 0 and up to {_MOST_DOTS}; give 200 or so"
        )
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
