"""The numbers that the words of A2 quote."""

import json

import numpy as np

from .banks.notebooks import SOURCES, answer_cell


def test_the_model_answer_counts_what_the_epsilon_charges():
    notebook = json.loads((SOURCES / "a2_cross_entropy_and_kl.ipynb").read_text(encoding="utf-8"))
    words = " ".join("".join(answer_cell(notebook, "a2-words")["source"]).split())
    charged, with_a_smaller_one = -np.log2(1e-10), -np.log2(1e-20)
    printed = 4.210 + (with_a_smaller_one - charged) / 1000
    assert printed > 4.230
    assert f"{charged:.1f} bits, for the one *z*, which is {charged / 1000:.3f} bits per letter" in words
    assert f"charge {with_a_smaller_one:.1f} bits, print {printed:.3f} for A" in words
