"""The habits of a good notebook that a machine can check, each a generator of complaints.

A complaint names the cell, counted from one as on the page, and what to do. Where a habit needs a convention
to be checked, its docstring states it.
"""

import ast
import copy
import re

from cecourse.publish.reading.notebook import TAGS
from tests.notebooks.execute import normalised
from tests.notebooks.rules import numbers
from tests.notebooks.rules.reading import NAMES, calls, images, prose, sentences

HABITS = []
# What a section of these titles holds is not taught in minutes.
CLOSING = ("Summary", "Next", "Further reading")
METADATA = {"lecture", "tags", "slideshow", "jupyter", "minutes"}


def habit(check):
    HABITS.append(check)
    return check


# The page


@habit
def it_has_25_to_40_cells(notebook):
    if not 25 <= len(notebook.cells) <= 40:
        yield f"{len(notebook.cells)} cells instead of 25 to 40"


@habit
def half_of_it_is_prose(notebook):
    """45 to 60 % of the cells, as in the notebooks that read best: a thought, two lines of code, look."""
    share = len(notebook.markdown) / max(len(notebook.cells), 1)
    if not 0.45 <= share <= 0.60:
        yield f"{share:.0%} of the cells are prose instead of 45 to 60 %"


@habit
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


@habit
def a_heading_starts_its_cell(notebook):
    """So that a section is a slide and a link can go to it. Smaller headings (###) may stand anywhere."""
    for cell in notebook.markdown:
        for line, text in enumerate(prose(cell.source).splitlines()[1:], start=2):
            if text.startswith("## "):
                yield f"{cell}, line {line}: the heading {text!r} does not start its cell"


@habit
def the_opening_asks_a_question(notebook):
    """Before the first code cell and the first `##`: a sentence that ends with a question mark."""
    if "?" not in prose(notebook.opening):
        yield "no question before the first section"


@habit
def the_opening_promises_three_abilities(notebook):
    """ "You will be able to" and a list of three."""
    _, _, after = notebook.opening.lower().partition("you will be able to")
    first_list = re.match(r"[^\n]*\n+((?:[-*+\d][^\n]*\n?(?:  +[^\n]*\n?)*)*)", after + "\n")
    count = len(re.findall(r"^(?:[-*+]|\d+\.) ", first_list.group(1) if after else "", flags=re.MULTILINE))
    if count != 3:
        yield f"{count} lines in the list after 'you will be able to' instead of 3"


@habit
def the_opening_says_what_it_needs(notebook):
    """A line "You need ..."."""
    if not re.search(r"\byou need\b", notebook.opening, re.IGNORECASE):
        yield "no line 'You need ...' before the first section"


@habit
def every_section_has_its_minutes(notebook):
    """The opening says "30 minutes", the first cell of every `##` section "5 minutes", and they add up."""
    whole = re.search(r"(\d+) minutes", notebook.opening)
    if not whole or not 20 <= int(whole.group(1)) <= 35:
        yield "the opening does not say how many minutes it takes, 20 to 35"
    total = 0
    for section in notebook.sections:
        if section.title.startswith(CLOSING):
            continue
        minutes = re.search(r"(\d+) min", section.cells[0].source)
        if not minutes:
            yield f"{section.cells[0]}: the section {section.title!r} does not say its minutes"
        total += int(minutes.group(1)) if minutes else 0
    if whole and total != int(whole.group(1)):
        yield f"the sections add up to {total} minutes, the opening says {whole.group(1)}"


@habit
def surprise_is_preceded_by_a_prediction(notebook):
    """At least two prompts that begin with "**Predict"."""
    prompts = sum(cell.source.count("**Predict") for cell in notebook.markdown)
    if prompts < 2:
        yield f"{prompts} prompts '**Predict ...**' instead of two or more"


@habit
def readers_check_themselves_three_times(notebook):
    """In a section "Check yourself", three times: `<details><summary>question</summary>`, an empty line, the
    answer, `</details>`."""
    text = notebook.text("Check yourself")
    folded = re.findall(r"<details>\s*<summary>.+?</summary>\n\s*\n.+?</details>", text, flags=re.DOTALL)
    if len(folded) != 3 or text.count("<details>") != 3:
        yield f"{len(folded)} questions with folded answers in 'Check yourself' instead of 3"


@habit
def it_sums_up_with_formulas_and_units(notebook):
    """In a section "Summary"."""
    text = notebook.text("Summary")
    if "$" not in text or not re.search(r"\b(bits?|nats?)\b", text):
        yield "no section 'Summary' with formulas and units"


@habit
def it_says_what_comes_next(notebook):
    """In a section "Next", with a link to a later notebook, or back to the start page."""
    following = [f"{name}.ipynb" for name in NAMES[NAMES.index(notebook.name) + 1 :]] + ["README.md"]
    if not any(f"({name})" in notebook.text("Next") for name in following):
        yield f"no section 'Next' that links one of {', '.join(following)}"


# Figures


@habit
def it_shows_two_figures(notebook):
    """At least two of `figures`, each shown once: `figures.name()`."""
    shown = [name for _, name in notebook.shown_figures()]
    if len(set(shown)) < 2:
        yield f"{len(set(shown))} figures shown as figures.name() instead of two or more"


@habit
def a_still_picture_stands_above_its_widget(notebook):
    """At least one `explore(figures.name)`, and `figures.name()` in a cell above it."""
    explored = notebook.explored_figures()
    if not explored:
        yield "no widget: explore(figures.name)"
    for cell, name in explored:
        if not any(above.number < cell.number and shown == name for above, shown in notebook.shown_figures()):
            yield f"{cell}: no still picture figures.{name}() above the widget"


@habit
def every_picture_is_described(notebook):
    for cell in notebook.code:
        for output in cell.node.outputs:
            if any(not (image.get("alt") or "").strip() for image in images(output)):
                yield f"{cell}: a picture without alt text"


# Code


@habit
def a_code_cell_has_at_most_10_lines(notebook):
    for cell in notebook.code:
        if len(cell.lines) > 10:
            yield f"{cell}: {len(cell.lines)} lines of code"


@habit
def code_is_plain_python(notebook):
    """No `%`, `!` or `?`, no empty cell."""
    for cell in notebook.code:
        if not cell.source.strip():
            yield f"{cell} is empty"
        try:
            cell.tree  # noqa: B018
        except SyntaxError as error:
            yield f"{cell}, line {error.lineno}: not plain Python: {(error.text or '').strip()}"


@habit
def one_cell_imports(notebook):
    """The first code cell, and no other; no star, no try."""
    importing = [cell for cell in notebook.code if any(map(_is_import, ast.walk(cell.tree)))]
    if [cell.number for cell in importing] != [cell.number for cell in notebook.code[:1]]:
        yield f"imports in {', '.join(map(str, importing)) or 'no cell'}, not in the first code cell alone"
    for cell in importing:
        if any(isinstance(node, ast.Try) for node in ast.walk(cell.tree)):
            yield f"{cell}: try around an import"
        if any(
            isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in ast.walk(cell.tree)
        ):
            yield f"{cell}: a star import"


@habit
def nothing_reaches_around_the_course(notebook):
    """No sys.path, no get_ipython, no pyplot state, no settings for all figures, no jet."""
    forbidden = {
        "sys.path",
        "plt.gca",
        "plt.gcf",
        "plt.show",
        "plt.rcParams",
        "plt.style.use",
        "get_ipython",
        "'jet'",
    }
    for cell in notebook.code:
        for node in ast.walk(cell.tree):
            if isinstance(node, ast.Attribute | ast.Name | ast.Constant) and ast.unparse(node) in forbidden:
                yield f"{cell}, line {node.lineno}: {ast.unparse(node)}"


@habit
def a_check_is_an_assert(notebook):
    """Not a comparison that is printed, or shown as the value of the cell."""
    for cell in notebook.code:
        shown = [argument for call in calls(cell.tree) if _named(call, "print") for argument in call.args]
        shown += [line.value for line in cell.tree.body if isinstance(line, ast.Expr)]
        for value in shown:
            if isinstance(value, ast.Call) and _named(value, "allclose", "isclose", "array_equal"):
                yield f"{cell}, line {value.lineno}: {ast.unparse(value)} is shown, not asserted"


@habit
def what_is_built_is_held_against_the_module(notebook):
    """A function defined in the notebook stands in an assert together with one of `ce`."""
    own = {
        node.name
        for cell in notebook.code
        for node in ast.walk(cell.tree)
        if isinstance(node, ast.FunctionDef)
    }
    for cell in notebook.code:
        for node in ast.walk(cell.tree):
            if isinstance(node, ast.Assert):
                names = {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}
                if "ce" in names and names & own:
                    return
    yield "no assert that holds a function built here against one of ce"


@habit
def something_is_broken_and_repaired(notebook):
    """A code cell with the tag "broken", and below it one with the tag "repaired"."""
    broken = [cell.number for cell in notebook.code if "broken" in cell.tags]
    repaired = [cell.number for cell in notebook.code if "repaired" in cell.tags]
    if not broken or not repaired or min(broken) > max(repaired):
        yield 'no code cell tagged "broken" followed by one tagged "repaired"'


@habit
def a_solution_is_folded(notebook):
    """A cell with the tag "solution" is folded: its metadata say {"jupyter": {"source_hidden": true}}."""
    for cell in notebook.code:
        folded = cell.node.metadata.get("jupyter", {}).get("source_hidden", False)
        if folded != ("solution" in cell.tags):
            yield f'{cell}: the tag "solution" and a folded source go together'


# Outputs


@habit
def it_was_run_from_top_to_bottom(notebook):
    counts = [cell.node.execution_count for cell in notebook.code]
    if counts != list(range(1, len(counts) + 1)):
        yield f"execution counts {counts}; make execute NB=notebooks/{notebook.name}.ipynb"


@habit
def it_is_stored_as_it_was_executed(notebook):
    """By `make execute`: JupyterLab alone notes widget models and versions that differ from run to run."""
    if normalised(copy.deepcopy(notebook.node)) != notebook.node:
        yield f"not stored by make execute NB=notebooks/{notebook.name}.ipynb"


@habit
def no_output_is_red(notebook):
    """No error, no warning: nothing on stderr."""
    for cell in notebook.code:
        for output in cell.node.outputs:
            if output.output_type == "error" or output.get("name") == "stderr":
                yield f"{cell}: {output.get('evalue') or output.get('text')}"


@habit
def outputs_are_for_readers(notebook):
    """No address of an object, no text in place of a figure, no more than 30 lines."""
    for cell in notebook.code:
        for pattern in (
            r"\bat 0x[0-9a-f]+",
            r"<Figure size",
            r"<(?:class|function|module|bound method) ",
            r"/(?:home|root|Users)/",
        ):
            if found := re.search(pattern, cell.output_text):
                yield f"{cell}: {found.group()!r} in the output"
        printed = "".join(output.get("text", "") for output in cell.node.outputs)
        if printed.count("\n") > 30:
            yield f"{cell}: {printed.count(chr(10))} lines of output"


@habit
def only_known_notes_stand_on_cells(notebook):
    """No tag that keeps a cell from being run or compared."""
    for cell in notebook.cells:
        if unknown := set(cell.node.metadata) - METADATA | set(cell.tags) - TAGS.keys():
            yield f"{cell}: unknown metadata or tags {sorted(unknown)}"
        if "NBVAL" in cell.source:
            yield f"{cell}: a mark for nbval"


# Prose


@habit
def nothing_is_called_simple(notebook):
    """What is simple to the writer may not be so to the reader: no "simply", "just", "obviously"."""
    for cell in notebook.markdown:
        for line, text in enumerate(prose(cell.source).splitlines(), start=1):
            for word in re.findall(
                r"\b(?:simply|just|obviously|clearly|trivially)\b", text, flags=re.IGNORECASE
            ):
                yield f"{cell}, line {line}: {word!r}"


@habit
def every_number_with_a_unit_is_computed(notebook):
    """And every number with three decimals: in the outputs of the section or above it, rounded; or in the
    code itself, exactly.

    For the opening and the closing sections: anywhere in the notebook.
    """
    sections = notebook.sections
    for cell in notebook.markdown:
        home = [section for section in sections if cell.number in {c.number for c in section.cells}]
        inside = bool(home) and not home[0].title.startswith((*CLOSING, "Check yourself"))
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
                if len(sentence.split()) >= 6 and seen.setdefault(sentence, place) != place:
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


def _named(call, *names):
    return ast.unparse(call.func).rpartition(".")[2] in names
