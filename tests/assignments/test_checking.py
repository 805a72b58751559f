"""What `check` says at once: the mistake by its name, and one input on which it shows."""

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from cecourse.assignments import check, checking
from cecourse.assignments.__main__ import main
from cecourse.assignments.collecting import read_notebook
from cecourse.assignments.questions.catalogue import ASSIGNMENTS
from tests.assignments.banks import BANKS, a1, notebooks

A1 = ASSIGNMENTS["a1"]


def said(capsys, name, answer):
    check(name, answer)
    return capsys.readouterr().out


def _defined(source):
    names = {"np": np}
    exec(source, names)
    return names


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_every_model_answer_is_called_right(name, capsys):
    assert main(["check", "--assignment", name, "--sources", str(notebooks.SOURCES)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(ASSIGNMENTS[name].questions)
    assert all(re.fullmatch(r"a\d-[a-z-]+: right(\.|, on \d+ new inputs\.)", line) for line in lines)


MISTAKES = [
    (name, question, mistake.name, source)
    for name, bank in BANKS.items()
    for question, wrongs in bank.WRONG.items()
    for mistake, source in wrongs
]


@pytest.mark.parametrize(
    ("name", "question", "mistake", "source"), MISTAKES, ids=[f"{q}-{m}" for _, q, m, _ in MISTAKES]
)
@pytest.mark.filterwarnings("ignore")
def test_every_mistake_of_the_banks_is_named_at_once(name, question, mistake, source, capsys, monkeypatch):
    monkeypatch.setattr(checking.secrets, "randbits", lambda bits: 1)  # drawn once for all of them
    good = "\n".join(source for other, (source, *_) in BANKS[name].RIGHT.items() if other != question)
    answer = _defined(f"{good}\n{source}")[question]
    words = said(capsys, f"{name}-{question.replace('_', '-')}", answer)
    assert f"{mistake[:1].upper()}{mistake[1:]}. " in words


@pytest.mark.filterwarnings("ignore")
def test_a_wrong_answer_is_shown_on_an_ordinary_input_with_both_numbers(capsys):
    words = said(capsys, "a1-entropy", lambda p: -np.sum(p * np.log(p)))
    p, q, yours, right = map(float, re.findall(r"\d\.\d+", words.partition("  p = ")[2]))
    assert p + q == pytest.approx(1, abs=2e-4)
    assert yours == pytest.approx(right * np.log(2), abs=1e-3)


def test_the_inputs_are_other_ones_each_time(capsys):
    assert len({said(capsys, "a1-entropy", lambda p: -1.0) for _ in range(3)}) == 3


def test_the_right_number_is_not_given_away_where_a_number_is_asked(capsys):
    words = said(capsys, "a1-two-aces", -np.log(4 / 52 * 3 / 51))
    assert "Natural log where bits are asked." in words
    assert "7.78" not in words


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda p: 1 / 0, "a1-entropy: failed.\nIt stops with ZeroDivisionError: division by zero.\n  p = ["),
        (lambda p: None, "Nothing returned. Your function returns None"),
        (2.5, "entropy is float; expected a function. Define it with def."),
        (lambda p: {}, "yours: a value of the type dict"),
        (lambda p: 7.0, "none of the usual mistakes.\n  p = ["),
    ],
)
def test_an_answer_of_no_use_is_said_to_be_one(answer, words, capsys):
    assert words in said(capsys, "a1-entropy", answer)


def test_what_is_not_answered_yet_is_said(capsys):
    source = "".join(notebooks.answer_cell(notebooks.empty("a1"), "a1-entropy")["source"])
    assert said(capsys, "a1-entropy", _defined(source)["entropy"]) == "a1-entropy: Not answered yet.\n"


def test_a_lesson_may_ask_by_the_name_of_the_function_alone(capsys):
    assert said(
        capsys, "binary_entropy", _defined(a1.RIGHT["binary_entropy"][0])["binary_entropy"]
    ).startswith("binary_entropy: right")
    with pytest.raises(
        LookupError, match="expected the name of one question, such as a3-loss-from-logits, a4-"
    ):
        check("loss_from_logits", abs)
    with pytest.raises(LookupError, match="'entropie' was given; expected the name"):
        check("entropie", abs)


def whole(tmp_path, notebook):
    """What `make check A=a1` says about a notebook."""
    notebooks.save(notebook, tmp_path / A1.notebook)
    submission = read_notebook(tmp_path / A1.notebook, "you")
    return "\n".join(words for _, words in checking.check_notebook(submission.cells, A1))


def test_a_whole_notebook_is_checked_with_what_fails_in_it(tmp_path):
    notebook = notebooks.filled("a1", notebooks.right(a1))
    cell = notebooks.answer_cell(notebook, "a1-entropy")
    cell["source"] = "".join(cell["source"]).replace("entropy", "Entropy")
    extra = {"cell_type": "code", "metadata": {}, "outputs": [], "source": "import scipy\nprint(1)\nexit()"}
    notebook["cells"].append(extra)
    words = whole(tmp_path, notebook)
    number = len(notebook["cells"])
    assert f"Cell {number} imports scipy, which is not there when answers are graded" in words
    assert (
        "a1-entropy: not answered. Nothing has the name entropy.\nCell 10 defines Entropy; expected" in words
    )
    assert "a1-information: right" in words
    assert re.search(rf"Cell {number} stops with (SystemExit|ModuleNotFoundError)", words)


def test_release_and_check_do_without_what_windows_lacks(tmp_path):
    """As on Windows: no fcntl, no resource."""
    program = (
        "import sys, os\nsys.modules.update(fcntl=None, resource=None)\ndel os.O_NOFOLLOW, os.O_NONBLOCK\n"
        "from cecourse.assignments.__main__ import main\n"
        f"assert not main(['release', '--sources', {str(notebooks.SOURCES)!r}, '--out', {str(tmp_path)!r}])\n"
        f"assert main(['check', '--sources', {str(tmp_path / 'assignments')!r}, '--assignment', 'a1']) == 1\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "a1-entropy: Not answered yet." in done.stdout


def test_each_notebook_tells_how_to_check_it():
    for name, assignment in ASSIGNMENTS.items():
        first = json.loads(Path(notebooks.SOURCES, assignment.notebook).read_text(encoding="utf-8"))["cells"][
            0
        ]
        assert f"make check A={name}" in "".join(first["source"])


SENTENCES = [
    ("a4-loss-from-logits", "clip", "nly the ones counted"),
    ("a1-binary-entropy", "sum", "The numbers are right"),
    ("a1-information", "first", "The numbers are right"),
    ("a1-information", "nan_to_num", "depends on a small number"),
    ("a1-prefix-code", "dictionary", "The numbers differ"),
]


def _clip(z, y):
    z = np.clip(z, -500, 500)
    return np.mean(y * np.log1p(np.exp(-z)) + (1 - y) * np.log1p(np.exp(z)))


def _sum(p):
    q = p[(p > 0) & (p < 1)]
    return -np.sum(q * np.log2(q) + (1 - q) * np.log2(1 - q))


UNTRUE = {
    "clip": _clip,
    "sum": _sum,
    "first": lambda p: -np.log2(p[0]),
    "nan_to_num": lambda p: np.nan_to_num(-np.log2(p)),
    "dictionary": lambda lengths: {},
}


@pytest.mark.parametrize(("name", "answer", "untrue"), SENTENCES)
@pytest.mark.filterwarnings("ignore")
def test_no_sentence_is_said_that_is_not_true_of_the_answer(name, answer, untrue, capsys):
    words = said(capsys, name, UNTRUE[answer])
    assert "right, on" not in words
    assert untrue not in words


@pytest.mark.filterwarnings("ignore")
def test_where_ordinary_inputs_are_wrong_too_this_is_said_before_the_special_case(capsys):
    words = said(capsys, "a2-kl-divergence", lambda p, q: np.sum(q * np.log2(q)) - np.sum(p * np.log2(p)))
    ordinary, special = (
        words.find("Ordinary inputs are wrong too."),
        words.find("Nan for zero probabilities."),
    )
    assert 0 < ordinary < special
