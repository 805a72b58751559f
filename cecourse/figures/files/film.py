"""A figure that moves by itself: one of its arguments runs along its control, as a GIF, an MP4 or an SVG."""

import io
import re
import subprocess
from functools import singledispatch
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from PIL import Image

from ..drawing.controls import LogSlider, Slider, Steps

FILMS = ("gif", "mp4", "svg")
_MOST = 100  # frames between two stops
_COLOURS = 255  # of a GIF, with one left for what is transparent
_SHORTEST = 20  # milliseconds; browsers show a shorter frame of a GIF for longer


class Film(NamedTuple):
    """The values that one argument runs through, and in how many seconds."""

    argument: str
    values: tuple
    seconds: float


@singledispatch
def between(control, start, end):
    """The values from one stop to the next, both included."""
    raise TypeError(f"it is {control}, which does not run from one number to another")


@between.register
def _(control: Slider, start, end):
    values = np.linspace(start, end, _frames(abs(end - start) / control.step))
    if isinstance(control.step, int):
        return [int(value) for value in dict.fromkeys(values.round())]
    return [float(value) for value in values]


@between.register
def _(control: LogSlider, start, end):
    steps = abs(np.log(end / start)) / np.log(control.base) / control.step
    return [float(value) for value in [start, *np.geomspace(start, end, _frames(steps))[1:-1], end]]


@between.register
def _(control: Steps, start, end):
    return [int(value) for value in dict.fromkeys(np.linspace(start, end, _frames(abs(end - start))).round())]


def along(control, stops):
    """The values of a control from stop to stop."""
    legs = [between(control, start, end) for start, end in pairwise(stops)]
    return (*legs[0], *(value for leg in legs[1:] for value in leg[1:]))


def write_film(drawn, film, path, kind, dpi, after_move=lambda drawn: None):
    """Write a figure's film to `path`; returns its first and its last description."""
    described = []

    def states():
        for value in film.values:
            described.append(drawn.move(**{film.argument: value}))
            after_move(drawn)
            yield drawn

    {"gif": _gif, "mp4": _mp4, "svg": _svg}[kind](states(), film, path, dpi)
    return described[0], described[-1]


def _frames(steps):
    return 1 + int(np.clip(np.ceil(steps - 1e-9), 1, _MOST))


def _png(drawn, dpi):
    frame = io.BytesIO()
    drawn.save(frame, "png", dpi=dpi)
    return frame.getvalue()


def _gif(states, film, path, dpi):
    frames = [_few_colours(Image.open(io.BytesIO(_png(drawn, dpi)))) for drawn in states]
    each = max(_SHORTEST, round(100 * film.seconds / len(frames)) * 10)
    first, *others = frames
    first.save(path, "GIF", save_all=True, append_images=others, duration=each, loop=0, disposal=2)


def _few_colours(frame):
    clear = np.asarray(frame.convert("RGBA"))[..., 3] < 128
    few = frame.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    if clear.any():
        few.paste(_COLOURS, mask=Image.fromarray(clear))
        few.info["transparency"] = _COLOURS
    return few


def _mp4(states, film, path, dpi):
    command = ["ffmpeg", "-loglevel", "error", "-y", "-f", "image2pipe"]
    command += ["-framerate", f"{len(film.values) / film.seconds:.6f}", "-i", "-"]
    # Players want an even number of pixels.  Dates and versions stay out; one thread decides alike each time.
    command += ["-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2", "-pix_fmt", "yuv420p", "-threads", "1"]
    command += ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", str(path)]
    said = subprocess.run(command, input=b"".join(_png(drawn, dpi) for drawn in states), capture_output=True)
    if said.returncode:
        last = said.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise OSError(f"ffmpeg has refused: {''.join(last)}")


def _svg(states, film, path, dpi):
    """What stands still, and over it what moves: one group for each value, seen in its turn."""
    still, groups = None, []
    for number, drawn in enumerate(states):
        still = still or drawn.still_layer("svg").decode()
        inside = re.search(r"<svg.*</svg>", drawn.moving_layer().decode(), re.DOTALL)[0]
        inside = re.sub(r'(?<=<svg) (.*?)width="[^"]*"', r' \1width="100%"', inside, count=1, flags=re.DOTALL)
        inside = re.sub(r'height="[^"]*"', 'height="100%"', inside, count=1)
        groups.append(f'<g visibility="hidden">{_seen(number, len(film.values), film.seconds)}{inside}</g>')
    path.write_text(still.replace("</svg>", "\n".join(groups) + "\n</svg>"), encoding="utf-8")


def _seen(number, count, seconds):
    """An animation that shows a group in its turn."""
    times = {0: "hidden", number / count: "visible", (number + 1) / count: "hidden"}
    times = {time: what for time, what in times.items() if time < 1}
    return (
        f'<animate attributeName="visibility" dur="{seconds:g}s" repeatCount="indefinite" '
        f'calcMode="discrete" values="{";".join(times.values())}" '
        f'keyTimes="{";".join(f"{time:.6f}" for time in times)}"/>'
    )
