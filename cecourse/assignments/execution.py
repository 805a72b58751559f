"""A submission behind the wall: its cells in the order of the page, each question asked where it is answered.

A question is asked right after the last cell with its grade id, so what later cells shadow does not matter;
without such a cell, at the end. A cell or a call that ends the process, or takes too long, is left out and
the rest starts again: one bad answer costs no other."""

import time

from .judging import Reply
from .questions.question import cases
from .sandbox import protocol
from .sandbox.protocol import Failure, Strange
from .sandbox.sandbox import Ended, Lost, borrowed

MOST_LOSSES = 2  # of the sandbox itself; a machine that ends more of them ends them because of the submission


def replies_of(submission, assignment, seed, limits):
    """The replies to each question by name, and what went wrong in which cell by its number."""
    steps = list(_plan(submission.cells, assignment, seed))
    deadline = time.monotonic() + limits.total
    replies, failures, losses = {}, {}, 0
    while any(isinstance(step, _Asking) for step in steps):
        if time.monotonic() > deadline:
            replies.update({step.name: step.all(Failure("Stopped")) for step in steps if step.name})
            break
        step, end, deadline = _go(steps, replies, failures, limits, deadline)
        losses += isinstance(end, Lost)
        if isinstance(end, Lost) and losses <= MOST_LOSSES:
            step = None
        elif step is not None:
            step.give_up(_failure(end), replies, failures)
        steps = [other for other in steps if other is not step and other.name not in replies]
    return replies, failures


def _go(steps, replies, failures, limits, deadline):
    """Take the steps in one sandbox until all are taken or one is not answered; that one and what happened,
    or None; and the deadline, later by what a busy machine took."""
    step = steps[0]
    try:
        with borrowed(limits) as sandbox:
            sandbox.ask([step.job for step in steps], deadline)
            for step in steps:
                step.take(sandbox, replies, failures)
    except (Ended, Lost, protocol.Unreadable) as end:
        if str(end) == "no start":
            raise RuntimeError(f"the sandbox did not start: {sandbox.words[-300:]!r}") from None
        return step, end, sandbox.until
    return None, None, deadline


def _failure(end):
    return Failure("TimeoutError" if str(end) == "too slow" else "Stopped")


class _Running:
    """A cell to run."""

    name = None

    def __init__(self, cell):
        self.number = cell.number
        self.job = {"run": cell.source, "cell": cell.number}

    def take(self, sandbox, replies, failures):
        value = _value(sandbox.reply())
        if isinstance(value, Failure):
            failures[self.number] = value

    def give_up(self, failure, replies, failures):
        failures[self.number] = failure


class _Asking:
    """A question to ask."""

    def __init__(self, question, seed):
        self.name = question.name
        arguments = [case.arguments for group in cases(question, seed) for case in group]
        inputs = [[protocol.encode(argument) for argument in given] for given in arguments]
        self.job = {"ask": question.name, "call": not question.is_number, "inputs": inputs}

    def all(self, value):
        return [Reply(value)] * len(self.job["inputs"])

    def take(self, sandbox, replies, failures):
        trees = [sandbox.reply() for _ in self.job["inputs"]]
        replies[self.name] = [Reply(_value(tree), tree.get("changed") is True) for tree in trees]

    def give_up(self, failure, replies, failures):
        replies[self.name] = self.all(failure)


def _value(tree):
    if not isinstance(tree, dict):
        return Strange("object")
    try:
        return protocol.decode(tree.get("value"))
    except ValueError:
        return Strange("object")


def _plan(cells, assignment, seed):
    questions = {assignment.id(question): question for question in assignment.questions}
    ours = {f"{name}-check" for name in questions}
    mine = [cell for cell in cells if cell.kind == "code" and cell.id not in ours]
    last = {cell.id: cell.number for cell in mine}
    for cell in mine:
        yield _Running(cell)
        if last[cell.id] == cell.number and cell.id in questions:
            yield _Asking(questions[cell.id], seed)
    yield from (_Asking(question, seed) for name, question in questions.items() if name not in last)
