"""Small courses for tests: a folder with course.toml and notebooks."""

import json
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from cecourse.course import course


def course_in(folder, notebooks, question="What now?", language="en", logo=""):
    """A course in a folder.

    `notebooks` has for each file a path to copy, or its cells: texts are Markdown, pairs of text and outputs
    are code; a cell of nbformat is taken as it is.
    """
    (folder / "notebooks").mkdir(parents=True, exist_ok=True)
    said = {
        "title": "A small course",
        "description": "For tests.",
        "authors": ["One", "Two"],
        "language": language,
        "logo": logo,
        "credit": "After a lecture.",
    }
    lines = [f"{name} = {json.dumps(value)}" for name, value in said.items()]
    for name, cells in notebooks.items():
        lines += ["[[notebooks]]", f"file = {json.dumps(name)}", f"question = {json.dumps(question)}"]
        path = folder / "notebooks" / name
        if isinstance(cells, Path):
            path.write_bytes(cells.read_bytes())
        else:
            nbformat.write(new_notebook(cells=list(map(_cell, cells))), path)
    (folder / "course.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return course(folder)


def _cell(said):
    match said:
        case str():
            return new_markdown_cell(said)
        case (source, outputs):
            return new_code_cell(source, outputs=outputs, execution_count=1)
        case _:
            return said
