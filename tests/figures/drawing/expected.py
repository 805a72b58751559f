"""The bytes every figure should have, per theme and format, and the README's picture.

`make accept-figures` writes them anew."""

import json
import shutil
import sys
import tempfile
from pathlib import Path

from cecourse.figures import FIGURES
from cecourse.figures.drawing import export
from cecourse.figures.drawing.canvas import THEMES

EXPECTED = Path(__file__).with_name("expected_sha256.json")
DPI = 200
# The one figure that is a file of the repository, because the README shows it.
FRONT = Path(__file__).parents[3] / "docs" / "pictures" / "price_as_area.svg"


def build(theme, folder):
    """Make all figures in one theme; returns {file name: digest}."""
    orders = [export.Order(name, export.FORMATS, theme, DPI, {}, folder) for name in FIGURES]
    entries = export.make(orders)
    return {file: digest for entry in entries.values() for file, digest in entry["files"].items()}


def main():
    """Accept the figures as they are now; says which ones changed."""
    before = json.loads(EXPECTED.read_text()) if EXPECTED.exists() else {}
    with tempfile.TemporaryDirectory() as folder:
        now = {theme: build(theme, Path(folder) / theme) for theme in THEMES}
        shutil.copy(Path(folder, "lecture", FRONT.name), FRONT)
    EXPECTED.write_text(json.dumps(now, indent=1, sort_keys=True) + "\n")
    for theme, files in now.items():
        changed = [file for file, digest in files.items() if before.get(theme, {}).get(file) != digest]
        print(f"{theme}: {len(changed)} of {len(files)} files changed: {', '.join(changed) or 'none'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
