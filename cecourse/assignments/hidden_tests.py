"""What the hidden tests of a notebook call, where nbgrader runs them."""

import warnings

from .judging import Reply, judge
from .questions.catalogue import find
from .questions.question import cases
from .sandbox import protocol


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
