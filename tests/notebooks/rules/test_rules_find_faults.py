"""A notebook that keeps every rule, and for each rule a small change that it must refuse."""

import copy

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from cecourse.publish.reading.minutes import print_minutes
from tests.notebooks.execute import normalised
from tests.notebooks.rules.reading import Notebook
from tests.notebooks.rules.rules import RULES, code_that_stands_twice, sentences_that_stand_twice

OPENING = """# Measure a coin

How much does a coin tell you? 5 minutes to teach, 5 alone.

You will be able to

- say how much a coin tells,
- compute it by hand,
- compare it with a loaded coin.

You need logarithms."""
ANSWER = "<details>\n<summary>Why {n}?</summary>\n\nBecause of {n}.\n\n</details>\n"


def good_cells():
    yield new_markdown_cell(OPENING)
    yield new_code_cell("import numpy as np\n\nimport cecourse as ce\nfrom cecourse import figures")
    for n in range(8):
        yield new_markdown_cell(f"## Claim {n} (1 min)\n\n*2 thoughts.*\n\n**Predict** it.")
        yield new_markdown_cell(f"A thought of its own, number {n}.")
        yield new_code_cell(f"value = {n}\nother = value + {n}\nthird = {n} * other")
        yield from LOOKS[n]
    answers = "\n".join(ANSWER.format(n=n) for n in ("one", "two", "three"))
    yield new_markdown_cell(f"## Check yourself\n\n4 minutes.\n\n{answers}")
    yield new_markdown_cell("## Summary\n\nA fair coin has $H = 1$ bit, a loaded one 0.81 bits.")
    yield new_markdown_cell("## Next\n\n[How much less?](01_information.ipynb)")


def shows(alt):
    return [
        new_output(
            "execute_result", {"text/html": f'<img alt="{alt}">', "text/plain": alt}, execution_count=1
        )
    ]


LOOKS = [
    [new_code_cell("figures.coin()", outputs=shows("an arch"))],
    [new_code_cell("explore(figures.coin)", outputs=shows("an arch that moves"))],
    [new_code_cell("figures.loaded_coin()", outputs=shows("a hill"))],
    [
        new_code_cell("def mine(p):\n    return -p @ np.log2(p)"),
        new_code_cell("assert np.allclose(mine(P), ce.entropy(P))"),
    ],
    [new_code_cell("print(mine(P))", outputs=[new_output("stream", name="stdout", text="0.8113\n")])],
    [new_code_cell("0 * np.log(0.0)", metadata={"tags": ["broken"]})],
    [new_code_cell("xlogx(0.0)", metadata={"tags": ["repaired"]})],
    [new_code_cell("answer = 42", metadata={"tags": ["solution"], "jupyter": {"source_hidden": True}})],
    [new_code_cell("assert xlogx(0.0) == 0", metadata={"jupyter": {"source_hidden": True}})],
]


@pytest.fixture
def good():
    node = print_minutes(normalised(new_notebook(cells=copy.deepcopy(list(good_cells())))))
    for count, cell in enumerate((cell for cell in node.cells if cell.cell_type == "code"), start=1):
        cell.execution_count = count
    return node


def notebook(node):
    return Notebook(node, "00_classification")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_good_notebook_keeps_the_rule(rule, good):
    assert list(rule(notebook(good))) == []


def replaced(old, new):
    """Write `new` for `old` in the first cell that has it."""

    def change(node):
        cell = next(cell for cell in node.cells if old in cell.source)
        cell.source = cell.source.replace(old, new)

    return change


def put(source, at=4, **more):
    """Put one more code cell into the notebook."""

    def change(node):
        node.cells.insert(at, new_code_cell(source, **more))

    return change


def without_cells(node):
    del node.cells[10:]


def tagged(**tags):
    """Put other tags in the place of these."""

    def change(node):
        for cell in node.cells:
            cell.metadata["tags"] = [tags.get(tag, tag) for tag in cell.metadata.get("tags", [])]

    return change


def all_of(*changes):
    return lambda node: [change(node) for change in changes]


def unexecuted(node):
    node.cells[1].execution_count = None


def from_a_new_python(node):
    node.metadata["language_info"]["version"] = "3.13.0"


def with_the_picture(html):
    return put("1", outputs=[new_output("display_data", {"text/html": html, "text/plain": "it"})])


def with_output(kind, **content):
    return put("1", outputs=[new_output(kind, **content)])


BITES = {
    "it_has_one_title": [replaced("## Claim 1", "# Claim 1"), replaced("# Measure", "## Measure")],
    "a_heading_starts_its_cell": [replaced("**Predict** it.", "## Claim")],
    "its_minutes_are_those_of_its_content": [
        replaced("(1 min)", "(2 min)"),
        replaced(" minutes to teach", "0 minutes to teach"),
        replaced("**Predict** it.", " ".join(["**Predict** it."] * 100)),
    ],
    "every_picture_is_described": [
        with_the_picture("<img>"),
        with_the_picture('<img alt=" ">'),
        put("1", outputs=[new_output("display_data", {"image/png": "iVBO"})]),
    ],
    "code_is_plain_python": [put("%run other.py"), put("!pip install numpy"), put("np.log?"), put("")],
    "one_cell_imports": [
        put("import math"),
        put("from math import log", at=1),
        replaced("import numpy as np", "try:\n    import numpy as np\nexcept ImportError:\n    np = None"),
        replaced("import numpy as np\n\nimport cecourse as ce\nfrom cecourse import figures", "np = ce"),
    ],
    "nothing_reaches_around_the_course": [
        put("get_ipython().system('ls')"),
        put("ax.imshow(x, cmap='jet')"),
    ],
    "a_check_is_an_assert": [
        put("print(np.allclose(mine(P), ce.entropy(P)))"),
        put("np.allclose(mine(P), ce.entropy(P))"),
    ],
    "what_is_broken_is_repaired": [
        tagged(broken="instructor"),
        tagged(broken="repaired", repaired="broken"),
    ],
    "answers_and_proofs_are_folded": [
        put("answer = 1", metadata={"tags": ["solution"]}),
        put("answer = 1", metadata={"jupyter": {"source_hidden": True}}),
    ],
    "it_was_run_from_top_to_bottom": [unexecuted],
    "it_is_stored_as_it_was_executed": [
        from_a_new_python,
        put("1", metadata={"execution": {"iopub.execute_input": "today"}}),
        put(
            "1",
            outputs=[
                new_output(
                    "display_data", {"application/vnd.jupyter.widget-view+json": {}, "text/plain": "1"}
                )
            ],
        ),
    ],
    "no_output_is_red": [
        with_output("error", ename="ValueError", evalue="no"),
        with_output("stream", name="stderr", text="Warning: no"),
    ],
    "outputs_are_for_readers": [
        with_output("stream", name="stdout", text="<cell object at 0x7f00dead>"),
        with_output("display_data", data={"text/plain": "<Figure size 640x480 with 1 Axes>"}),
        with_output("display_data", data={"text/plain": "<function softmax(z)>"}),
        with_output("stream", name="stdout", text="/" + "home/me/course"),
    ],
    "only_known_notes_stand_on_cells": [
        put("1", metadata={"tags": ["nbval-ignore-output"]}),
        put("1", metadata={"note": "mine"}),
        put("# NBVAL_IGNORE_OUTPUT\n1"),
    ],
    "every_number_with_a_unit_is_computed": [
        replaced("0.81 bits", "0.82 bits"),
        replaced("0.81 bits", "$0.82$ bits"),
        replaced("0.81 bits", "**82 %** of a bit"),
        replaced("0.81 bits", "between 0.81 and 0.9 nats"),
        replaced("0.81 bits", "0.9, and about 0.81 bits"),
        replaced("0.81 bits", "a slope of $0.812$"),
        # Printed, but further down.
        replaced("*2 thoughts.*", "*2 thoughts.* You will see 0.8113 bits."),
    ],
}


@pytest.mark.parametrize(
    ("name", "change"), [(name, change) for name, changes in BITES.items() for change in changes]
)
def test_a_rule_that_is_broken_is_named(name, change, good):
    change(good)
    rule = next(rule for rule in RULES if rule.__name__ == name)
    assert list(rule(notebook(good)))


def test_every_rule_is_seen_to_bite():
    assert [rule.__name__ for rule in RULES] == list(BITES)


def test_numbers_that_are_computed_are_accepted(good):
    put("print(1234.5, 84)", outputs=[new_output("stream", name="stdout", text="1,234.5 84\n")])(good)
    replaced("0.81 bits", "$0.811$ bits, 81.13 % of a bit, 42 bits, 1/2 of 84 bits, a 17-bit code")(good)
    replaced(
        "0.811", "(doi:10.1109/5.1952) [it](x0.123.md) 1{,}234.5 bits, between 0.8 and 1,234.5 bits, 0.811"
    )(good)
    rule = next(rule for rule in RULES if rule.__name__ == "every_number_with_a_unit_is_computed")
    assert list(rule(notebook(good))) == []


def test_a_sentence_that_stands_twice_is_named(good):
    twice = "The same sentence stands here and there."
    other = copy.deepcopy(good)
    other.cells = [new_markdown_cell("# Other\n\n- " + twice)]
    assert not list(sentences_that_stand_twice([notebook(good), Notebook(other, "other")]))
    replaced("You need logarithms.", f"You need logarithms. {twice}")(good)
    (complaint,) = sentences_that_stand_twice([notebook(good), Notebook(other, "other")])
    assert complaint.startswith("other cell 1 repeats 00_classification cell 1")


def test_a_code_cell_that_stands_twice_is_named(good):
    assert not list(code_that_stands_twice([notebook(good)]))
    put("value   = 7 # again\nother = value + 7\nthird = 7 * other", at=30)(good)
    assert list(code_that_stands_twice([notebook(good)]))
