"""What every figure should be: the numbers it plots, its bytes in each theme, and a small picture of it.

`make accept-figures` takes the figures as they are now, all or those in NAMES, and shows what changed.
"""

import hashlib
import io
import json
import shutil
import sys
from pathlib import Path

from PIL import Image

from cecourse.figures import FIGURES
from cecourse.figures.drawing.canvas import THEMES
from cecourse.figures.drawing.description import table
from cecourse.figures.drawing.registry import nearest
from cecourse.figures.files import export
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


def digests(theme, folder, names=FIGURES):
    """The digest of each figure's SVG, PDF and PNG together, in one theme; only what changed is drawn."""
    orders = [export.Order(name, export.FORMATS, theme, DPI, {}, folder) for name in names]
    made = export.make(orders)
    return {name: _together(made[name]["files"]) for name in names}


def _together(files):
    """One digest of a figure's pictures; its table of numbers is the same in every theme."""
    pictures = sorted(digest for name, digest in files.items() if not name.endswith(".csv"))
    return hashlib.sha256("".join(pictures).encode()).hexdigest()


def figures_now(names):
    """All that is expected of these figures, as they are now."""
    bytes_by_theme = {}
    for theme in THEMES:
        print(f"Drawing {len(names)} figures in the theme {theme} ...", flush=True)
        bytes_by_theme[theme] = digests(theme, DRAWN / theme, names)
    return {
        name: {"numbers": numbers(FIGURES[name]())} | {theme: bytes_by_theme[theme][name] for theme in THEMES}
        for name in names
    }


def main(names):
    """Accept these figures as they are now, or all; returns the exit code."""
    if unknown := sorted(set(names) - FIGURES.keys()):
        sys.exit(f"{', '.join(unknown)}: {nearest(unknown[0], FIGURES)}")
    before = accepted.accepted()["figures"]
    now = figures_now(names or sorted(FIGURES))
    changes = []
    for name, digests_now in now.items():
        what = [key for key, digest in digests_now.items() if before.get(name, {}).get(key) != digest]
        path = reference(name)
        if what or not path.exists():
            after = picture(FIGURES[name]())
            changes.append(report.Change(name, what, report.opened(path), after.convert("RGB")))
            path.parent.mkdir(parents=True, exist_ok=True)
            after.save(path, optimize=True)
    for path in set(REFERENCE.rglob("*.png")) - set(map(reference, FIGURES)):
        path.unlink()
    gone = sorted(before.keys() - FIGURES.keys())
    kept = {name: digests for name, digests in (before | now).items() if name in FIGURES}
    content = {"versions": export.versions(), "figures": dict(sorted(kept.items()))}
    accepted.PATH.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    if FRONT.stem in now:
        shutil.copy(DRAWN / "lecture" / FRONT.name, FRONT)
    new = sorted(now.keys() - before.keys())
    for what, names in (("new", new), ("gone", gone)):
        if names:
            print(f"{what}: {', '.join(names)}")
    print(f"{len(changes) - len(new)} of the other {len(now) - len(new)} figures changed.")
    if changes:
        print(f"Look at {report.write(changes).relative_to(ROOT)}, then commit tests/figures/accepted.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
