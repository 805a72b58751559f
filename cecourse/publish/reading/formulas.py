"""Formulas as HTML for the eye and MathML for everyone else, set by KaTeX while the pages are built."""

import json
import re
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from ..tools.npm import node, part


class Formula(NamedTuple):
    """A formula in TeX; `display` says that it stands on a line of its own."""

    tex: str
    display: bool


def typeset(formulas):
    """The HTML of each formula, by the formula.  ValueError names one that KaTeX does not understand."""
    wanted = list(dict.fromkeys(formulas))
    program = Path(str(files(__package__))) / "formulas.mjs"
    answer = subprocess.run(
        [node(), str(program), str(part("katex"))],
        input=json.dumps(wanted),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if answer.returncode:
        raise ValueError(answer.stderr.strip())
    return dict(zip(wanted, json.loads(answer.stdout), strict=True))


def write_letters(folder):
    """The style sheet katex.css that set formulas need, with its fonts beside it."""
    katex = part("katex") / "dist"
    (folder / "fonts").mkdir(parents=True, exist_ok=True)
    css = (katex / "katex.min.css").read_text(encoding="utf-8")
    only_woff2 = re.sub(r",url\([^)]*\) format\(\"(?:woff|truetype)\"\)", "", css)
    (folder / "katex.css").write_text(only_woff2, encoding="utf-8")
    for font in sorted((katex / "fonts").glob("*.woff2")):
        shutil.copyfile(font, folder / "fonts" / font.name)
