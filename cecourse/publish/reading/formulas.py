"""Formulas as HTML for the eye and MathML for everyone else, set by KaTeX while the pages are built."""

import json
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
