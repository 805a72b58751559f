"""Write the course's figures to files: `python -m cecourse.figures --help`."""

import argparse
import ast
import difflib
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from . import FIGURES

FORMATS = ("svg", "pdf", "png")


def main(arguments=None):
    """Answer one command line; returns the exit code."""
    options = _parser().parse_args(arguments)
    names = _chosen(options.names, options.notebook)
    if options.list:
        for name in names:
            print(f"{FIGURES[name].notebook}  {name:32} {FIGURES[name].caption}")
        return 0
    options.out.mkdir(parents=True, exist_ok=True)
    jobs = [(name, tuple(options.format), options.dpi, options.out, dict(options.set)) for name in names]
    with ProcessPoolExecutor(min(len(jobs), os.cpu_count() or 1)) as cores:
        for done, name in enumerate(cores.map(_write, jobs), start=1):
            print(f"\r[{done:2}/{len(jobs)}] {name:40}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    print(f"{len(jobs)} figures, each as {', '.join(options.format)}, in {options.out}")
    return 0


def _parser():
    parser = argparse.ArgumentParser(
        prog="python -m cecourse.figures", description="Write the course's figures to files."
    )
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="figures to write (all of them, if none is named)"
    )
    parser.add_argument("--list", action="store_true", help="list the figures and stop")
    parser.add_argument("--notebook", metavar="NN", help="only the figures of one notebook, such as 02")
    parser.add_argument("--format", nargs="+", choices=FORMATS, default=list(FORMATS), help="file formats")
    parser.add_argument("--dpi", type=float, default=200, help="dots per inch of a PNG (default 200)")
    parser.add_argument(
        "--set",
        nargs="+",
        type=_setting,
        default=[],
        metavar="NAME=VALUE",
        help="arguments of the figures, such as p=0.2",
    )
    parser.add_argument(
        "--out", type=Path, default=Path("build/figures"), help="folder to write to (default build/figures)"
    )
    return parser


def _chosen(names, notebook):
    for name in names:
        if name not in FIGURES:
            near = difflib.get_close_matches(name, FIGURES, n=3, cutoff=0.4)
            hint = f"did you mean {' or '.join(near)}?" if near else "see --list for the names."
            sys.exit(f"There is no figure named {name}; {hint}")
    chosen = [name for name in names or FIGURES if notebook in (None, FIGURES[name].notebook)]
    if not chosen:
        known = ", ".join(sorted({figure.notebook for figure in FIGURES.values()}))
        sys.exit(
            f"No figure was chosen: notebook {notebook} has none of them. Notebooks with figures: {known}."
        )
    return chosen


def _setting(text):
    name, equals, value = text.partition("=")
    if not (equals and name.isidentifier()):
        raise argparse.ArgumentTypeError(f"{text} was given; expected NAME=VALUE, such as p=0.2")
    try:
        return name, ast.literal_eval(value)
    except (ValueError, SyntaxError):
        return name, value


def _write(job):
    name, formats, dpi, out, settings = job
    drawn = FIGURES[name](**settings)
    for kind in formats:
        drawn.save(out / f"{name}.{kind}", kind, dpi=dpi if kind == "png" else None)
    return name


if __name__ == "__main__":
    sys.exit(main())
