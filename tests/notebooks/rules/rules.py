"""The rules of a notebook that hold whatever its taste, each a generator of complaints.

A complaint names the cell, counted from one as on the page, and what to do. Where a rule needs a convention
to be checked, its docstring states it.  What is taste is printed by `make report` and makes nothing red.
"""

import ast
import copy
import re

from cecourse.publish.reading.minutes import print_minutes
from cecourse.publish.reading.notebook import TAGS
from tests.notebooks.execute import normalised
from tests.notebooks.rules import numbers
from tests.notebooks.rules.reading import calls, images, prose, sentences

RULES = []
METADATA = {"lecture", "tags", "slideshow", "jupyter", "minutes", "alone"}


def rule(check):
    RULES.append(check)
    return check


# The page


@rule
def it_has_one_title(notebook):
    """One `#`, the first line of the first cell."""
    titles = [
        cell
        for cell in notebook.markdown
        for line in prose(cell.source).splitlines()
        if line.startswith("# ")
    ]
    if len(titles) != 1 or titles[0].number != 1 or not titles[0].source.startswith("# "):
        places = ", ".join(map(str, titles))
        yield f"{len(titles)} titles with one # ({places}) instead of one, on top of cell 1"


@rule
def a_heading_starts_its_cell(notebook):
    """So that a section is a slide and a link can go to it. Smaller headings (###) may stand anywhere."""
    for cell in notebook.markdown:
        for line, text in enumerate(prose(cell.source).splitlines()[1:], start=2):
            if text.startswith("## "):
                yield f"{cell}, line {line}: the heading {text!r} does not start its cell"


@rule
def its_minutes_are_those_of_its_content(notebook):
    """In metadata, brackets and opening; where the title has no "alone", they are a lecturer's own."""
    if "alone" in notebook.cells[0].node.metadata:
        for cell, counted in zip(
            notebook.cells, print_minutes(copy.deepcopy(notebook.node)).cells, strict=True
        ):
            if cell.node != counted:
                yield f"{cell}: other minutes than counted; make execute NB=notebooks/{notebook.name}.ipynb"


# Figures


@rule
def every_picture_is_described(notebook):
    for cell in notebook.code:
        for output in cell.node.outputs:
            if any(not (image.get("alt") or "").strip() for image in images(output)):
                yield f"{cell}: a picture without alt text"


# Code


@rule
def code_is_plain_python(notebook):
    """No `%`, `!` or `?`, no empty cell."""
    for cell in notebook.code:
        if not cell.source.strip():
            yield f"{cell} is empty"
        try:
            cell.tree  # noqa: B018
        except SyntaxError as error:
            yield f"{cell}, line {error.lineno}: not plain Python: {(error.text or '').strip()}"


@rule
def one_cell_imports(notebook):
    """The first code cell, and no other; no try."""
    importing = [cell for cell in notebook.code if any(map(_is_import, ast.walk(cell.tree)))]
    if [cell.number for cell in importing] != [cell.number for cell in notebook.code[:1]]:
        yield f"imports in {', '.join(map(str, importing)) or 'no cell'}, not in the first code cell alone"
    for cell in importing:
        if any(isinstance(node, ast.Try) for node in ast.walk(cell.tree)):
            yield f"{cell}: try around an import"


@rule
def nothing_reaches_around_the_course(notebook):
    """No get_ipython, no jet; ruff finds the rest."""
    forbidden = {"get_ipython", "'jet'"}
    for cell in notebook.code:
        for node in ast.walk(cell.tree):
            if isinstance(node, ast.Attribute | ast.Name | ast.Constant) and ast.unparse(node) in forbidden:
                yield f"{cell}, line {node.lineno}: {ast.unparse(node)}"


@rule
def a_check_is_an_assert(notebook):
    """Not a comparison that is printed, or shown as the value of the cell."""
    for cell in notebook.code:
        shown = [argument for call in calls(cell.tree) if _named(call, "print") for argument in call.args]
        shown += [line.value for line in cell.tree.body if isinstance(line, ast.Expr)]
        for value in shown:
            if isinstance(value, ast.Call) and _named(value, "allclose", "isclose", "array_equal"):
                yield f"{cell}, line {value.lineno}: {ast.unparse(value)} is shown, not asserted"


@rule
def what_is_broken_is_repaired(notebook):
    """Code cells with the tags "broken" and "repaired" come in pairs, in that order."""
    order = [tag for cell in notebook.code for tag in cell.tags if tag in ("broken", "repaired")]
    if order != ["broken", "repaired"] * (len(order) // 2):
        yield f"cells tagged {', '.join(order)}; expected broken, repaired, ... Correct the tags"


@rule
def answers_and_proofs_are_folded(notebook):
    """By {"jupyter": {"source_hidden": true}} in its metadata; what else is folded asserts something."""
    for cell in notebook.code:
        folded = cell.node.metadata.get("jupyter", {}).get("source_hidden", False)
        if "solution" in cell.tags and not folded:
            yield f'{cell}: the tag "solution" and a source in sight; fold it'
        if folded and "solution" not in cell.tags and not any(map(_is_assert, ast.walk(cell.tree))):
            yield f"{cell} is folded and asserts nothing; unfold it, or let it check what the text says"


# Outputs


@rule
def it_was_run_from_top_to_bottom(notebook):
    counts = [cell.node.execution_count for cell in notebook.code]
    if counts != list(range(1, len(counts) + 1)):
        yield f"execution counts {counts}; make execute NB=notebooks/{notebook.name}.ipynb"


@rule
def it_is_stored_as_it_was_executed(notebook):
    """By `make execute`: JupyterLab alone notes widget models and versions that differ from run to run."""
    if normalised(copy.deepcopy(notebook.node)) != notebook.node:
        yield f"not stored by make execute NB=notebooks/{notebook.name}.ipynb"


@rule
def no_output_is_red(notebook):
    """No error, no warning: nothing on stderr."""
    for cell in notebook.code:
        for output in cell.node.outputs:
            if output.output_type == "error" or output.get("name") == "stderr":
                yield f"{cell}: {output.get('evalue') or output.get('text')}"


@rule
def outputs_are_for_readers(notebook):
    """No address of an object, no text in place of a figure, no path of one machine."""
    for cell in notebook.code:
        for pattern in (
            r"\bat 0x[0-9a-f]+",
            r"<Figure size",
            r"<(?:class|function|module|bound method) ",
            r"/(?:home|root|Users)/",
        ):
            if found := re.search(pattern, cell.output_text):
                yield f"{cell}: {found.group()!r} in the output"


@rule
def only_known_notes_stand_on_cells(notebook):
    """No tag that keeps a cell from being run or compared."""
    for cell in notebook.cells:
        if unknown := set(cell.node.metadata) - METADATA | set(cell.tags) - TAGS.keys():
            yield f"{cell}: unknown metadata or tags {sorted(unknown)}"
        if "NBVAL" in cell.source:
            yield f"{cell}: a mark for nbval"


# Prose


@rule
def every_number_with_a_unit_is_computed(notebook):
    """And every number with three decimals: in the outputs of the section or above it, rounded; or in the
    code itself, exactly.

    For what stands in no section, or in one without code: anywhere in the notebook.
    """
    sections = notebook.sections
    for cell in notebook.markdown:
        home = [section for section in sections if cell.number in {c.number for c in section.cells}]
        inside = bool(home) and any(c.is_code for c in home[0].cells)
        reach = home[0].cells[-1].number if inside else len(notebook.cells)
        code = [c for c in notebook.code if c.number <= reach]
        computed = {value for c in code for value in numbers.printed(c.output_text)}
        constants = {abs(value) for c in code for value in numbers.written(c.source)}
        for line, number, quotation in numbers.quoted(cell.source):
            known = any(numbers.stands_for(number, quotation, value) for value in computed)
            if not known and not any(
                numbers.stands_for(number, quotation, value, exact=True) for value in constants
            ):
                yield f"{cell}, line {line}: nothing computes {number} of {quotation!r}"


# Across the course


def sentences_that_stand_twice(notebooks):
    """Complaints about sentences of six words or more."""
    seen = {}
    for notebook in notebooks:
        for cell in notebook.markdown:
            for sentence in sentences(cell.source):
                place = f"{notebook.name} {cell}"
                told = len(sentence.split()) >= 6 and "minutes to teach" not in sentence  # these are counted
                if told and seen.setdefault(sentence, place) != place:
                    yield f"{place} repeats {seen[sentence]}: {sentence!r}"


def code_that_stands_twice(notebooks):
    """Complaints about code cells; the import cells aside."""
    seen = {}
    for notebook in notebooks:
        for cell in notebook.code[1:]:
            place = f"{notebook.name} {cell}"
            if seen.setdefault(ast.unparse(cell.tree), place) != place:
                yield f"{place} repeats {seen[ast.unparse(cell.tree)]}"


def _is_import(node):
    return isinstance(node, ast.Import | ast.ImportFrom)


def _is_assert(node):
    return isinstance(node, ast.Assert)


def _named(call, *names):
    return ast.unparse(call.func).rpartition(".")[2] in names
