"""Builds the notebooks for students from the sources: without solutions, hidden tests and outputs."""

import json
import re
import zipfile
from pathlib import Path

from .diagnosis import TEXT_STUB
from .questions.catalogue import ASSIGNMENTS

# nbgrader's stubs, with a message that a check can show.
CODE_STUB = (
    '# YOUR CODE HERE\nraise NotImplementedError("not answered yet: put your code in place of these lines")'
)
ZIP_DATE = (1980, 1, 1, 0, 0, 0)  # so that the same sources give the same bytes


def release(sources, out):
    """Write the student notebooks to a folder, and that folder as a zip; the paths written."""
    folder = Path(out) / "assignments"
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for assignment in ASSIGNMENTS.values():
        source = json.loads((Path(sources) / assignment.notebook).read_text(encoding="utf-8"))
        target = folder / assignment.notebook
        target.write_text(
            json.dumps(student_version(source), indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
        )
        written.append(target)
    archive = folder.with_suffix(".zip")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as bundle:
        for path in written:
            entry = zipfile.ZipInfo(f"assignments/{path.name}", ZIP_DATE)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            bundle.writestr(entry, path.read_bytes())
    return [*written, archive]


def student_version(notebook):
    """The student's version of one source notebook."""
    return {**notebook, "cells": [_student_cell(cell) for cell in notebook["cells"]]}


def _student_cell(cell):
    stub = CODE_STUB if cell["cell_type"] == "code" else TEXT_STUB
    text = _replaced("".join(cell["source"]), "SOLUTION", stub)
    text = _replaced(text, "HIDDEN TESTS", None).rstrip("\n")
    cell = {**cell, "source": text.splitlines(keepends=True)}
    if cell["cell_type"] == "code":
        cell.update(outputs=[], execution_count=None)
    if cell["metadata"].get("nbgrader", {}).get("locked"):
        cell["metadata"] = {**cell["metadata"], "editable": False, "deletable": False}
    return cell


def _replaced(text, region, stub):
    """The text with each region between its markers replaced by the stub, with the indent of the marker."""
    lines, inside = [], False
    for line in text.splitlines():
        if f"BEGIN {region}" in line:
            inside = True
            if stub is not None:
                indent = re.match(r"\s*", line).group()
                lines += [indent + part for part in stub.splitlines()]
        elif f"END {region}" in line:
            inside = False
        elif not inside:
            lines.append(line)
    if inside:
        raise ValueError(
            f"BEGIN {region} without END {region}; expected a pair. Add the line that is missing."
        )
    return "\n".join(lines)
