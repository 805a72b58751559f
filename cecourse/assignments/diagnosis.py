"""Where the answer to a question stands in a notebook, and what about that place costs points.

Nothing is run: cells are read as Python, or line by line where they are none."""

import ast
import re
import sys
from itertools import takewhile

STUB = re.compile(r"^[ \t]*raise NotImplementedError\(.not answered yet", re.MULTILINE)
TEXT_STUB = "YOUR ANSWER HERE"
HANDED_OUT = re.compile(r'\s*(#.*|def .*:|""".*"""|\w+ = None\b.*)?$')


def places(cells, assignment):
    """For each question, by grade id, what is to be said about where its answer stands."""
    defined = {cell.number: _definitions(cell) for cell in cells if cell.kind == "code"}
    return {
        assignment.id(question): list(_of_question(cells, assignment.id(question), question.name, defined))
        for question in assignment.questions
    }


def _of_question(cells, grade_id, name, defined):
    own = [cell for cell in cells if cell.id == grade_id]
    code = [cell for cell in own if cell.kind == "code"]
    elsewhere = [n for n, names in defined.items() if name in names and n not in {c.number for c in own}]
    for cell in own:
        if cell.kind != "code":
            yield (
                f"Cell {cell.number}, where the answer belongs, is a {cell.kind} cell: make it a code cell "
                "again (select it, then press Y)."
            )
    if not own and not elsewhere:
        yield f"No cell of the notebook defines {name}: copy its cell from the notebook handed out."
    if not code:
        return
    last = code[-1]
    if len(code) > 1:
        numbers = ", ".join(str(cell.number) for cell in code)
        yield f"There are {len(code)} answer cells, cells {numbers}: what the last defines counts. Keep one."
    if STUB.search(last.source) and _below_the_stub(last):
        yield (
            f"The line raise NotImplementedError still stands in cell {last.number}: take it out, the code "
            "below it is never reached."
        )
    answered = name in defined[last.number] and not _is_stub(last)
    if elsewhere and not answered:
        yield (
            f"{name} is defined in cell {elsewhere[-1]}, but its answer is looked for in cell {last.number}: "
            "move it there."
        )
    elif later := [number for number in elsewhere if number > last.number]:
        yield (
            f"A second definition of {name} in cell {later[-1]} is not looked at: what counts is cell "
            f"{last.number}."
        )
    elif name not in defined[last.number] and (others := sorted(_like(name, defined[last.number]))):
        yield f"Cell {last.number} defines {others[0]}; expected the name {name}. Rename it."


def _definitions(cell):
    """The names that a cell defines at its top."""
    try:
        tree = ast.parse(cell.source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set(re.findall(r"^(?:def\s+)?(\w+)\s*(?:\(|=(?!=))", cell.source, re.MULTILINE))
    names = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {
                part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)
            }
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {alias.asname or alias.name for alias in node.names}
    return names


def _like(name, names):
    """Those of the names that are most probably meant: the same letters, or else all."""
    letters = name.replace("_", "").casefold()
    return {other for other in names if other.replace("_", "").casefold() == letters} or names


def _is_stub(cell):
    """Whether the cell is as it was handed out, but for comments."""
    return bool(STUB.search(cell.source)) and _below_the_stub(cell) == "" == _above_the_stub(cell)


def _above_the_stub(cell):
    """The code above the line that says not answered, without what was handed out there."""
    above = STUB.split(cell.source)[0]
    kept = [line for line in above.splitlines() if not HANDED_OUT.match(line)]
    return "\n".join(kept).strip()


def _below_the_stub(cell):
    """The code below the line that says not answered, which is never reached."""
    below = STUB.split(cell.source)[1].partition("\n")[2]
    return "\n".join(line for line in below.splitlines() if not HANDED_OUT.match(line)).strip()


def written_answer(cells, grade_id):
    """The answer in words, from its cell or those below it; where no cell has this id, all words below the
    last code."""
    at = [place for place, cell in enumerate(cells) if cell.id == grade_id]
    if at:
        own = "\n\n".join(cells[place].source.replace(TEXT_STUB, "").strip() for place in at)
        if own.strip():
            return own
        below = takewhile(lambda cell: cell.kind != "code" and not cell.id, cells[at[-1] + 1 :])
    else:
        below = reversed([*takewhile(lambda cell: cell.kind != "code", reversed(cells))])
    answers = (cell for cell in below if not cell.source.startswith("#"))  # no question
    return "\n\n".join(cell.source.replace(TEXT_STUB, "").strip() for cell in answers).strip()


def missing_modules(cells):
    """Pairs of a cell's number and a module that it imports and that is not there when answers are graded."""
    for cell in cells:
        if cell.kind == "code" and not cell.id.endswith("-check"):
            names = re.findall(r"^\s*(?:import|from)\s+(\w+)", cell.source, re.MULTILINE)
            yield from (
                (cell.number, name)
                for name in dict.fromkeys(names)
                if name not in sys.stdlib_module_names and name not in ("numpy", "IPython")
            )
