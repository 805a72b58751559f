"""What a student is told at once: the judge of the grades, on fresh inputs, in the student's own kernel.

Also what the hidden tests of a notebook call, where nbgrader runs them. Works on every system."""

import contextlib
import inspect
import io
import secrets
import warnings

import numpy as np

from .diagnosis import missing_modules, places
from .judging import Reply, judge
from .questions.catalogue import find
from .questions.question import cases
from .sandbox import cells as run_cell
from .sandbox import protocol
from .sandbox.protocol import Failure, Unsupported

NONE_OF_THE_USUAL = "Your answer differs from the right one in a way that is none of the usual mistakes."
LOOK_AT_SPECIAL = "Ordinary inputs are right. Look at the special cases that the question names."
NOT_YET = "Not answered yet."


def check(name, answer):
    """Say whether the answer to a question is right, and if not, what the mistake is and where it shows."""
    print(_verdict(find(name), name, answer)[1])


def check_notebook(cells, assignment):
    """Run a notebook's cells here and check each question after its answer cell; pairs of whether all is well
    and a sentence. The code is the student's own: no sandbox is around it."""
    names = {"__name__": "__main__", "display": run_cell.nothing}
    names["get_ipython"] = lambda: run_cell.Shell(names)
    ids = {assignment.id(question): question for question in assignment.questions}
    code = [cell for cell in cells if (cell.kind == "code" and cell.id.removesuffix("-check") not in ids)
            or (cell.id in ids and cell.kind == "code")]  # fmt: skip
    last = {cell.id: cell.number for cell in code}
    for number, module in missing_modules(cells):
        yield (
            False,
            f"Cell {number} imports {module}, which is not there when answers are graded: only NumPy and "
            "the standard library are. Do without it.",
        )
    where = places(cells, assignment)
    for cell in code:
        if error := _error_of(cell, names):
            yield False, f"Cell {cell.number} stops with {error}."
        if cell.id in ids and last[cell.id] == cell.number:
            yield _told(ids[cell.id], cell.id, names, where)
    yield from (_told(question, name, names, where) for name, question in ids.items() if name not in last)


def _error_of(cell, names):
    """How a cell ends, in words, if not well; what it prints is not shown."""
    try:
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings(action="ignore"):
            run_cell.run(cell.source, cell.number, names)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # exit() too
        return ": ".join(filter(None, [type(error).__name__, str(error)]))


def _told(question, name, names, where):
    missing = f"{name}: not answered. Nothing has the name {question.name}."
    right, words = (
        _verdict(question, name, names[question.name]) if question.name in names else (False, missing)
    )
    return right, words if right else "\n".join([words, *where[name]])


def _verdict(question, name, answer):
    """Whether an answer is right on new inputs, and what is said about it."""
    if not question.is_number and not callable(answer):
        kind = type(answer).__name__
        return False, f"{name}: {question.name} is {kind}; expected a function. Define it with def."
    seed = secrets.randbits(64)
    calls = [case.arguments for group in cases(question, seed) for case in group]
    replies, errors = _replies(question, answer, calls)
    verdict = judge(question, replies, seed)
    if verdict.status == "right":
        return True, f"{name}: right" + ("." if question.is_number else f", on {len(calls)} new inputs.")
    if verdict.status == "not answered":
        return False, f"{name}: {NOT_YET}"
    words = [f"{mistake.name[:1].upper()}{mistake.name[1:]}. {mistake.help}" for mistake in verdict.mistakes]
    words += [f"It stops with {error}." for error in errors[:1]]
    if not words:
        words = [LOOK_AT_SPECIAL if verdict.status == "partly right" else NONE_OF_THE_USUAL]
    example = _example(question, verdict.example, answer)
    return False, "\n".join([f"{name}: {verdict.status}.", *words, *example])


def _replies(question, answer, calls):
    """What the calls give, with errors as failures; and these errors in words."""
    replies, errors = [], []
    for arguments in calls:
        try:
            replies.append(_called(question, answer, arguments))
        except Exception as error:
            replies.append(Reply(Failure(type(error).__name__)))
            errors.append(": ".join(filter(None, [type(error).__name__, str(error)])))
    return replies, errors


def _example(question, example, answer):
    """The smallest input on which the answer is wrong, with both results; the right number is not given away
    where a number is asked."""
    if question.is_number or example is None:
        return
    for name, value in zip(_parameters(answer, example.arguments), example.arguments, strict=True):
        yield _line(f"{name} = ", value)
    if not isinstance(example.got, Failure):
        yield _line("yours: ", example.got)
    yield _line("right, for example: " if question.accepts else "right: ", example.expected)


def _line(label, value):
    label = f"  {label}"
    return label + _shown(value).replace("\n", "\n" + " " * len(label))


def _parameters(answer, arguments):
    """The names by which the function calls its arguments."""
    try:
        names = list(inspect.signature(answer).parameters)
    except (ValueError, TypeError):
        names = []
    return names if len(names) == len(arguments) else [f"argument {n}" for n in range(1, len(arguments) + 1)]


def _shown(value):
    if isinstance(value, Unsupported):
        return f"a value of the type {value.kind}"
    if isinstance(value, list):
        kind = "" if all(isinstance(item, str) for item in value) else "a list: "
        return f"{kind}[{', '.join(map(_shown, value[:8]))}{', ...' if len(value) > 8 else ''}]"
    if isinstance(value, str):
        return repr(value if len(value) <= 60 else f"{value[:60]}...")
    return np.array2string(np.asarray(value), precision=4, threshold=12, separator=", ")


def expect_right(grade_id, answer):
    """For nbgrader's hidden tests: AssertionError with the mistake in words unless all answers are right."""
    question = find(grade_id)
    calls = [case.arguments for group in cases(question, 0) for case in group]
    verdict = judge(question, [_called(question, answer, arguments) for arguments in calls])
    help_ = " ".join(mistake.help for mistake in verdict.mistakes)
    assert verdict.points == question.points, f"{verdict.status}. {help_}".strip()


def _called(question, answer, arguments):
    """What the sandbox would send back, without a sandbox."""
    given = [protocol.encode(argument) for argument in arguments]
    arguments = [protocol.decode(argument) for argument in given]
    with warnings.catch_warnings(action="ignore"):  # to nbgrader any output on the error stream is a failure
        value = answer if question.is_number else answer(*arguments)
    return Reply(
        protocol.decode(protocol.encode(value)),
        [protocol.encode(argument) for argument in arguments] != given,
    )
