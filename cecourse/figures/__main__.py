"""Write the course's figures to files: `python -m cecourse.figures --help`."""

import argparse
import ast
import importlib.util
import math
import re
import shutil
import sys
from numbers import Real
from pathlib import Path

from ..course import HOME, course
from .drawing.canvas import THEMES, Look, colours, dressed, found_font
from .drawing.registry import FIGURES, nearest
from .files.export import FORMATS, Order, make
from .files.film import FILMS, Film, along

_MOST_DOTS = 1200  # per inch; a picture of more is too large for the memory of many machines
_WIDTHS = 2, 20  # inches
_SECONDS = 0.5, 120
_NUMBER = r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?"


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
    orders = _orders(names, options)
    bar = _Bar(len(orders))
    try:
        entries = make(orders, bar.show)
    except OSError as refusal:
        sys.exit(f"{options.out} cannot be written: {refusal}. Name a folder of your own by --out.")
    except Exception as refusal:  # a function may stumble in any way over a value that it was not made for
        if not (options.set or options.animate):
            raise
        sys.exit(_refused(names, dict(options.set), refusal))
    kinds = ", ".join(orders[0].formats)
    what = "1 figure" if len(orders) == 1 else f"{len(orders)} figures"
    print(f"{what} as {kinds} in {options.out}; {bar.drawn} drawn anew.")
    for order in orders:
        if faults := entries[order.title]["texts_that_meet"]:
            print(_crowded(order, faults), file=sys.stderr)
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
        allow_abbrev=False,
    )
    add = parser.add_argument
    low, high = _WIDTHS
    add("-h", "--help", action="store_true", help="this text, or what the figures named here can be set to")
    add("names", nargs="*", metavar="NAME", help="figures to write (all, if none is named)")
    add("--list", action="store_true", help="list the figures and stop")
    add("--notebook", metavar="NN", help="only the figures of one notebook, such as 02")
    add(
        "--format",
        nargs="+",
        type=_one_of(dict.fromkeys((*FORMATS, *FILMS)), "A NAME stands before --format"),
        metavar="KIND",
        help=f"file formats: {', '.join(FORMATS)} (default: all three); of a film: {', '.join(FILMS)}",
    )
    add(
        "--theme",
        type=_one_of(THEMES, "Leave it out for lecture"),
        metavar=f"{{{','.join(THEMES)}}}",
        default="lecture",
        help="look of the figures (default: lecture)",
    )
    add(
        "--dpi",
        type=_number("dots per inch", 1, _MOST_DOTS, 200),
        default=200,
        help="dots per inch of a PNG, GIF or MP4 (default: 200)",
    )
    add(
        "--width",
        type=_width,
        help=f"inches from {low} to {high}, or a venue's column, such as neurips2024; letters keep size",
    )
    add("--font", type=_font, help="a font that is installed, or the path of a .ttf or .otf file")
    add("--transparent", action="store_true", help="no paper behind the figure")
    add("--no-text", action="store_true", help="no letters and no numbers")
    add(
        "--set",
        nargs="+",
        action="extend",
        type=_setting,
        default=[],
        metavar="NAME=VALUE",
        help="arguments, such as p=0.2 or p=0.5,0.25,0.25; which there are: NAME --help",
    )
    add(
        "--animate",
        type=_stops,
        metavar="NAME=FROM:TO",
        help="a film in which an argument runs, such as p=0:1, or p=0:1:0 for there and back",
    )
    add(
        "--seconds",
        type=_number("seconds", *_SECONDS, 5),
        default=5.0,
        help="length of the film (default: 5)",
    )
    add(
        "--name",
        type=_stem,
        help="name of the files of one figure, without an ending (default: the figure's)",
    )
    add(
        "--course",
        type=_course,
        default=HOME,
        metavar="FOLDER",
        help="of the course.toml with colours and font",
    )
    add("--out", type=_folder, default=Path("build/figures"), help="folder (default: build/figures)")
    return parser


def _orders(names, options):
    """What is asked for, figure by figure; ends the program where two things do not go together."""
    if options.name and len(names) > 1:
        sys.exit(
            f"--name {options.name} was given for {len(names)} figures; expected one figure. "
            "Write its NAME, or leave out --name."
        )
    kinds = tuple(dict.fromkeys(options.format or (("gif",) if options.animate else FORMATS)))
    fitting, what = (FILMS, "a film") if options.animate else (FORMATS, "a picture that stands still")
    for kind in kinds:
        if kind not in fitting:
            sys.exit(
                f"--format {kind} was given for {what}; expected {', '.join(fitting)}. "
                + (
                    "Leave out --animate, or choose one of these."
                    if options.animate
                    else "Add --animate NAME=FROM:TO."
                )
            )
    if options.transparent and "mp4" in kinds:
        sys.exit(
            "--transparent and --format mp4 were given; expected gif or svg, for an MP4 has no transparency. "
            "Choose one of these, or leave out --transparent."
        )
    if "mp4" in kinds and not shutil.which("ffmpeg"):
        sys.exit(
            "--format mp4 was given; expected is the program ffmpeg, which is not installed here. "
            "Choose gif or svg, or install it (Debian and Ubuntu: ffmpeg)."
        )
    look = Look(options.course, options.width, options.font, options.transparent)
    try:
        with dressed(look):
            colours(options.theme)
    except ValueError as fault:  # in course.toml
        sys.exit(str(fault))
    return [
        Order(
            name,
            kinds,
            options.theme,
            options.dpi,
            {argument: _fitting(name, argument, text) for argument, text in options.set},
            options.out,
            look,
            stem=options.name or "",
            letters=not options.no_text,
            film=_film(name, *options.animate, options.seconds) if options.animate else None,
        )
        for name in names
    ]


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


def _fitting(name, argument, text):
    """What is typed after --set as a value of the argument; ends the program where the figure has no such."""
    control = _control(name, argument)
    value = _typed(text, FIGURES[name].arguments[argument])
    if hasattr(control, "labels"):
        value = _as_shares(value, len(control.labels))
        told = f"{len(control.labels)} numbers, {control}"
    else:
        told = control
    if value is None or not (control is None or _reaches(control, value)):
        sys.exit(
            f"--set {argument}={text} was given; {name} expects {told}. Give such a value, or leave it out "
            f"for {argument}={_as_typed(FIGURES[name].arguments[argument])}."
        )
    return value


def _film(name, argument, stops, seconds):
    """The film of a figure; ends the program where the argument cannot run through these stops."""
    control = _control(name, argument, "--animate ")
    usual, typed = FIGURES[name].arguments[argument], ":".join(stops)
    values = [_typed(stop, usual) for stop in stops]
    if control is not None and all(_reaches(control, value) for value in values):
        try:
            return Film(argument, along(control, values), seconds)
        except TypeError:  # what is reached runs along no scale
            pass
    running = [
        each
        for each, control in FIGURES[name].controls.items()
        if hasattr(control, "low") or hasattr(control, "last")
    ]
    sys.exit(
        f"--animate {argument}={typed} was given; {name} has {control or 'no control for it'}. "
        f"Choose two numbers of an argument that runs: {', '.join(running) or 'this figure has none'}."
    )


def _control(name, argument, option="--set "):
    if argument not in FIGURES[name].arguments:
        known = nearest(argument, FIGURES[name].arguments)
        sys.exit(f"{name} has no argument named {argument}, which was given to {option.strip()}; {known}")
    return FIGURES[name].controls.get(argument)


def _reaches(control, value):
    return type(value) is not bool and control.reaches(value)


def _typed(text, usual):
    """A value as it is typed, of the kind that an argument usually has."""
    if isinstance(usual, str):
        return text
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        value = text
    if isinstance(usual, tuple):
        parts = value.split(",") if isinstance(value, str) else value
        return tuple(parts) if isinstance(parts, (list, tuple)) else (parts,)
    if isinstance(usual, int) and isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _as_typed(value):
    return ",".join(map(str, value)) if isinstance(value, tuple) else value


def _as_shares(weights, count):
    """Weights divided by their sum; None where they are not `count` numbers of which one is above 0."""
    numbers = [weight for weight in weights if isinstance(weight, Real) and 0 <= weight < math.inf]
    if len(weights) != count or len(numbers) != count or not sum(numbers) > 0:
        return None
    return tuple(weight / math.fsum(numbers) for weight in numbers)


def _refused(names, settings, refusal):
    values = ", ".join(f"{name}={value}" for name, value in settings.items()) or "what --animate asks for"
    usual = {name: FIGURES[figure].arguments[name] for figure in names for name in settings}
    without = ", ".join(f"{name}={_as_typed(value)}" for name, value in usual.items())
    said = str(refusal).rstrip(".")
    return (
        f"{' '.join(names)} cannot be drawn with {values}: {said}. "
        f"{f'Without --set it has {without}. ' if without else ''}"
        f"What can be set is told by: python -m cecourse.figures {' '.join(names)} --help"
    )


def _crowded(order, faults):
    width = f" at {order.look.width:g} inches" if order.look.width else ""
    more = f" and {len(faults) - 1} more" if len(faults) > 1 else ""
    smaller = "" if order.theme == "print" else "--theme print with its smaller letters, "
    return (
        f"{order.title} was drawn{width}, and letters meet: {faults[0]}{more}. "
        f"Expected is room between them. Give a larger --width, {smaller}or --no-text."
    )


def _one_of(known, else_):
    """A type of argparse for a word out of a few."""

    def word(text):
        if text not in known:
            raise argparse.ArgumentTypeError(
                f"{text} was given; expected one of {', '.join(known)}. {else_}."
            )
        return text

    return word


def _number(what, low, high, usual):
    """A type of argparse for a number between two ends."""

    def number(text):
        if not re.fullmatch(r"\d+(\.\d*)?", text) or not low <= float(text) <= high:
            raise argparse.ArgumentTypeError(
                f"{text} was given; expected {what} from {low:g} to {high:g}; give {usual} or so"
            )
        return float(text)

    return number


def _width(text):
    low, high = _WIDTHS
    if re.fullmatch(r"-?\d+(\.\d*)?(in)?", text):
        return _number("inches", low, high, 5.5)(text.removesuffix("in"))
    if not importlib.util.find_spec("tueplots"):
        raise argparse.ArgumentTypeError(
            f"{text} was given; expected inches from {low} to {high}, or a venue that the package tueplots "
            "knows, which is not installed. Give inches, or run: python -m pip install tueplots"
        )
    from tueplots import figsizes  # of the extra `paper`

    venues = sorted(
        name for name, size in vars(figsizes).items() if callable(size) and not name.startswith("_")
    )
    if text not in venues:
        raise argparse.ArgumentTypeError(
            f"{text} was given; expected inches from {low} to {high} or one of {', '.join(venues)}. "
            f"Give one of these; {nearest(text, venues)}"
        )
    return float(getattr(figsizes, text)()["figure.figsize"][0])


def _font(text):
    try:
        found_font(text)
    except ValueError as fault:
        raise argparse.ArgumentTypeError(str(fault)) from None
    return text


def _course(text):
    try:
        return course(Path(text)).home
    except ValueError as fault:
        raise argparse.ArgumentTypeError(str(fault)) from None


def _stem(text):
    if not re.fullmatch(r"\w[\w.-]*", text):
        raise argparse.ArgumentTypeError(
            f"{text} was given; expected a file's name of letters, digits, - and _. Say the folder by --out"
        )
    return text


def _stops(text):
    name, equals, stops = text.partition("=")
    numbers = stops.split(":")
    if not (
        equals and name.isidentifier() and len(numbers) > 1 and all(re.fullmatch(_NUMBER, n) for n in numbers)
    ):
        raise argparse.ArgumentTypeError(
            f"{text} was given; expected NAME=FROM:TO with two or more numbers. Give p=0:1 or so"
        )
    return name, numbers


def _folder(text):
    if Path(text).exists() and not Path(text).is_dir():
        raise argparse.ArgumentTypeError(f"{text} is a file; expected a folder. Name another one")
    return Path(text)


def _setting(text):
    name, equals, value = text.partition("=")
    if not (equals and name.isidentifier()):
        raise argparse.ArgumentTypeError(f"{text} was given; expected NAME=VALUE. Give p=0.2 or so")
    return name, value


if __name__ == "__main__":
    sys.exit(main())
