"""What is a matter of taste in the notebooks, as a table for a person: `make report`. Nothing here fails."""

import ast
import re
import sys
from statistics import median

from cecourse.publish.reading.minutes import minutes, words
from tests.notebooks.rules.reading import WRITTEN, prose, read

# What is simple to the writer may not be so to the reader.
EASY = r"\b(?:simply|just|obviously|clearly|trivially)\b"
TAGS = ("predict", "try", "question")


def facts(notebook):
    """What the report says of one notebook, by the heads of its columns."""
    lines = [len(cell.lines) for cell in notebook.code] or [0]
    shown = {name for _, name in notebook.shown_figures()}
    counted = minutes(notebook.node)
    in_sight = [c for c in notebook.code if not c.node.metadata.get("jupyter", {}).get("source_hidden")]
    return {
        "cells": len(notebook.cells),
        "prose %": round(100 * len(notebook.markdown) / max(len(notebook.cells), 1)),
        "words": sum(words(cell.source) for cell in notebook.markdown),
        "minutes, core": counted.core,
        "minutes, alone": counted.alone,
        "minutes, further": sum(counted.sections.values()) - counted.core,
        "lines in sight": sum(len(cell.lines) for cell in in_sight),
        "asserts in sight": sum(len(asserts(cell)) for cell in in_sight),
        "lines of a code cell": median(lines),
        "most": max(lines),
        "most of output": max((cell.output_text.count("\n") for cell in notebook.code), default=0),
        "figures": len(shown | {name for _, name in notebook.explored_figures()}),
        "widgets": len(notebook.explored_figures()),
        **{tag: sum(tag in cell.tags for cell in notebook.cells) for tag in TAGS},
        "broken": sum("broken" in cell.tags for cell in notebook.code),
        "asserts": sum(len(asserts(cell)) for cell in notebook.code),
        "names set twice": len(set_twice(notebook)),
        "easy words": sum(len(re.findall(EASY, prose(cell.source), re.I)) for cell in notebook.markdown),
    }


def asserts(cell):
    return [node for node in ast.walk(cell.tree) if isinstance(node, ast.Assert)]


def set_twice(notebook):
    """The names that more than one cell sets, so that their values depend on the order."""
    seen, twice = set(), set()
    for cell in notebook.code:
        names = {
            leaf.id
            for line in cell.tree.body
            if not isinstance(line, ast.FunctionDef | ast.Expr | ast.Assert)
            for leaf in ast.walk(line)
            if isinstance(leaf, ast.Name) and isinstance(leaf.ctx, ast.Store)
        }
        twice |= names & seen
        seen |= names
    return twice


def main():
    columns = {name[:2]: facts(read(name)) for name in WRITTEN}
    print(f"{'notebook':22}", *(f"{name:>5}" for name in columns))
    for head in next(iter(columns.values())):
        print(f"{head:22}", *(f"{column[head]:>5g}" for column in columns.values()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
