"""Four assignments: build what students get, grade what they hand in, name the mistake.

    python -m cecourse.assignments release     the notebooks for students, without solutions
    python -m cecourse.assignments grade ZIP   grades and feedback for a download of submissions
    python -m cecourse.assignments check       one notebook or all, as they are: what is right and what is not

**The format.** An assignment is three files. The notebook, `notebooks/assignments/a1_*.ipynb`, is what people
read, in the format of nbgrader; the module, `cecourse/assignments/questions/a1.py`, is what decides; the
bank, `tests/assignments/banks/a1.py`, holds right and wrong answers on which the grader is tested. Whether
the three agree, `pytest tests/assignments/test_agreement.py` says.

In the notebook, after the title (with the number of questions and of points, in digits) and the locked cell
`a1-imports`, each question is three cells:

1. the statement (Markdown, no nbgrader metadata), with the heading `## 3. Entropy (4 points)`: what is given
   with its shape, what is asked with its shape, unit and base, what happens at the edges;
2. the answer cell, grade id `a1-entropy` (solution, not graded): the `def` line and a docstring, then the
   solution between `### BEGIN SOLUTION` and `### END SOLUTION`; for a number `two_aces = None` and then the
   solution;
3. the check cell, grade id `a1-entropy-check` (locked, graded, with the points): asserts that a student can
   run, each with a sentence that helps, on examples worked by hand; then `check("a1-entropy", entropy)`,
   which names the mistake at once on inputs of its own; then, between `### BEGIN HIDDEN TESTS` and
   `### END HIDDEN TESTS`, the one line `expect_right("a1-entropy", entropy)`.

The question in words is one Markdown cell, grade id `a1-words` (solution and graded by hand, with points):
the model answer and the rubric stand between the solution markers.

In the module, `ASSIGNMENT` lists a `Question` per answer cell, with the same name and points: inputs drawn
from a seed, the reference answer, and for each mistake (`questions/mistakes.py`) a test that recognises it.
All points are given where every answer is right; half of them where the typical inputs are right, but special
ones (zeros, huge scores) or the form (a list, a wrong shape, a changed argument) are not; none otherwise.

In the bank, `RIGHT` has three or more right answers to each question, written differently, and `WRONG` a
wrong one for each mistake that the question names.

**Layers.** Each imports only those before it: `sandbox`, `questions`, `judging`, `gradebook`, `diagnosis`,
`layouts`, `checking`, `cluster`, `collecting`, `execution`, `release`, `grading`, `reports`, `__main__`.
Inside `questions`: `mistakes`, `question` and `answers`, `a1` to `a4`, `catalogue`.

**Safety.** Code that a student wrote runs in a sandbox that gets inputs and gives back answers. No
reference, no expected value, no hidden test and no file of the course enters it: `cecourse` itself cannot be
imported there, since most answers would be one call of it. Solutions use NumPy and the standard library."""

from .checking import check, expect_right

__all__ = ["check", "expect_right"]
