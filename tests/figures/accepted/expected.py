"""What every figure should be: the numbers it plots, its bytes in each theme, and a small picture of it.

`make accept-figures` takes the figures as they are now, and shows what changed before beside after.
"""

import hashlib
import io
import json
import shutil
import sys
from pathlib import Path

from PIL import Image

from cecourse.figures import FIGURES
from cecourse.figures.drawing import export
from cecourse.figures.drawing.canvas import THEMES
from cecourse.figures.drawing.description import table
from tests.figures.accepted import accepted, report

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
REFERENCE = HERE / "reference"
DRAWN = ROOT / "build" / "expected-figures"
DPI = 200
# The one figure that is a file of the repository, because the README shows it.
FRONT = ROOT / "docs" / "pictures" / "price_as_area.svg"
# Large enough to see a line move, small enough for the repository: about 6 kB a figure.
REFERENCE_DPI, REFERENCE_COLOURS = 80, 32


def reference(name):
    """Where the small picture of a figure is stored: with those of its notebook."""
    return REFERENCE / FIGURES[name].notebook / f"{name}.png"


def numbers(figure):
    """The digest of the numbers that a drawn figure plots."""
    return hashlib.sha256(table(figure).encode()).hexdigest()


def picture(figure):
    """A drawn figure as a small image with few colours."""
    file = io.BytesIO()
    figure.save(file, "png", dpi=REFERENCE_DPI)
    # The dithering of a newer Pillow would change what the figure did not.
    return Image.open(file).convert("RGB").quantize(REFERENCE_COLOURS, dither=Image.Dither.NONE)


def digests(theme, folder):
    """The digest of each figure's SVG, PDF and PNG together, in one theme; only what changed is drawn."""
    orders = [export.Order(name, export.FORMATS, theme, DPI, {}, folder) for name in FIGURES]
    return {name: _together(entry["files"]) for name, entry in export.make(orders).items()}


def _together(files):
    """One digest of a figure's pictures; its table of numbers is the same in every theme."""
    pictures = sorted(digest for name, digest in files.items() if not name.endswith(".csv"))
    return hashlib.sha256("".join(pictures).encode()).hexdigest()


def figures_now():
    """All that is expected, as the figures are now."""
    bytes_by_theme = {theme: digests(theme, DRAWN / theme) for theme in THEMES}
    return {
        "versions": export.versions(),
        "figures": {
            name: {"numbers": numbers(draw())} | {theme: bytes_by_theme[theme][name] for theme in THEMES}
            for name, draw in sorted(FIGURES.items())
        },
    }


def main():
    """Accept the figures as they are now; returns the exit code."""
    before = accepted.accepted()["figures"]
    now = figures_now()
    changes = []
    for name, digests_now in now["figures"].items():
        what = [key for key, digest in digests_now.items() if before.get(name, {}).get(key) != digest]
        path = reference(name)
        if what or not path.exists():
            after = picture(FIGURES[name]())
            changes.append(report.Change(name, what, report.opened(path), after.convert("RGB")))
            path.parent.mkdir(parents=True, exist_ok=True)
            after.save(path, optimize=True)
    for path in set(REFERENCE.rglob("*.png")) - set(map(reference, FIGURES)):
        path.unlink()
    accepted.PATH.write_text(json.dumps(now, indent=1) + "\n", encoding="utf-8")
    shutil.copy(DRAWN / "lecture" / FRONT.name, FRONT)
    gone = sorted(before.keys() - FIGURES.keys())
    print(f"{len(changes)} of {len(FIGURES)} figures changed{f'; gone: {gone}' if gone else ''}.")
    if changes:
        print(f"Look at {report.write(changes).relative_to(ROOT)}, then commit; git checkout takes it back.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
