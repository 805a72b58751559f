"""Runs a submission in a sandbox: its cells from top to bottom, each question asked after its answer cell.

A question is asked right after the last cell with its grade id, so that a later cell cannot redefine the
answer; if there is no such cell, at the end. When a cell or a call ends the process or takes too long, the
submission is run again without it: one bad answer costs no other."""

import time

from .judging import Reply
from .questions.question import cases
from .sandbox import protocol
from .sandbox.protocol import Failure, Unsupported
from .sandbox.sandbox import NoReply, SandboxKilled, borrowed

# When a sandbox is killed more often than this, the submission is the cause.
MOST_RETRIES = 2


def run_submission(submission, assignment, seed, limits):
    """The replies to each question by name, and what went wrong in which cell by its number."""
    steps = list(_plan(submission.cells, assignment, seed))
    deadline = time.monotonic() + limits.total
    replies, failures, killed = {}, {}, 0
    while any(isinstance(step, _QuestionStep) for step in steps):
        if time.monotonic() > deadline:
            replies.update({step.name: step.same_reply(Failure("Stopped")) for step in steps if step.name})
            break
        step, end, deadline = _run_steps(steps, replies, failures, limits, deadline)
        killed += isinstance(end, SandboxKilled)
        if isinstance(end, SandboxKilled) and killed <= MOST_RETRIES:
            step = None
        elif step is not None:
            step.record_failure(_failure(end), replies, failures)
        steps = [other for other in steps if other is not step and other.name not in replies]
    return replies, failures


def _run_steps(steps, replies, failures, limits, deadline):
    """Run the steps in one sandbox until one gets no reply: that step and the exception, or None and None;
    and the deadline, later by the time that was waited for a processor."""
    step = steps[0]
    try:
        with borrowed(limits) as sandbox:
            sandbox.ask([step.job for step in steps], deadline)
            for step in steps:
                step.receive(sandbox, replies, failures)
    except (NoReply, SandboxKilled, protocol.ProtocolError) as end:
        if str(end) == "no start":
            raise RuntimeError(f"the sandbox did not start: {sandbox.words[-300:]!r}") from None
        return step, end, sandbox.until
    return None, None, deadline


def _failure(end):
    return Failure("TimeoutError" if str(end) == "too slow" else "Stopped")


class _CellStep:
    """A cell to run."""

    name = None

    def __init__(self, cell):
        self.number = cell.number
        self.job = {"run": cell.source, "cell": cell.number}

    def receive(self, sandbox, replies, failures):
        value = _value(sandbox.reply())
        if isinstance(value, Failure):
            failures[self.number] = value

    def record_failure(self, failure, replies, failures):
        failures[self.number] = failure


class _QuestionStep:
    """A question to ask."""

    def __init__(self, question, seed):
        self.name = question.name
        arguments = [case.arguments for group in cases(question, seed) for case in group]
        inputs = [[protocol.encode(argument) for argument in given] for given in arguments]
        self.job = {"ask": question.name, "call": not question.is_number, "inputs": inputs}

    def same_reply(self, value):
        return [Reply(value)] * len(self.job["inputs"])

    def receive(self, sandbox, replies, failures):
        trees = [sandbox.reply() for _ in self.job["inputs"]]
        replies[self.name] = [Reply(_value(tree), tree.get("changed") is True) for tree in trees]

    def record_failure(self, failure, replies, failures):
        replies[self.name] = self.same_reply(failure)


def _value(tree):
    if not isinstance(tree, dict):
        return Unsupported("object")
    try:
        return protocol.decode(tree.get("value"))
    except ValueError:
        return Unsupported("object")


def _plan(cells, assignment, seed):
    questions = {assignment.id(question): question for question in assignment.questions}
    ours = {f"{name}-check" for name in questions}
    mine = [cell for cell in cells if cell.kind == "code" and cell.id not in ours]
    last = {cell.id: cell.number for cell in mine}
    for cell in mine:
        yield _CellStep(cell)
        if last[cell.id] == cell.number and cell.id in questions:
            yield _QuestionStep(questions[cell.id], seed)
    yield from (_QuestionStep(question, seed) for name, question in questions.items() if name not in last)
