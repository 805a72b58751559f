"""Banks of answers: right ones written differently, wrong ones for each mistake, hostile ones.

python -m tests.assignments.banks

A module per assignment holds, by question, `RIGHT`: sources, and `WRONG`: pairs of a mistake and a source.
`hostile` builds whole submissions.
"""

from tests.assignments.banks import a1, a2, a3, a4

BANKS = {"a1": a1, "a2": a2, "a3": a3, "a4": a4}
