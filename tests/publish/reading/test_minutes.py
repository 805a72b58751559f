"""The minutes of a notebook are counted from its content, at the rates that stand in the module."""

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from cecourse.publish.reading.minutes import minutes, print_minutes, seconds_alone, seconds_to_teach, words

FOLD = "<details><summary>Why?</summary>\n\n" + "word " * 130 + "\n\n</details>"


def markdown(text, *tags):
    return new_markdown_cell(text, metadata={"tags": list(tags)})


def test_130_words_are_a_minute_aloud():
    assert seconds_to_teach(markdown("word " * 130)) == 60


def test_a_formula_is_one_word_and_a_table_a_look():
    assert words("The sum $a + b + c$ is [there](https://example.org/a/b).") == 5
    assert seconds_to_teach(markdown("| a | b |\n|---|---|\n| 1 | 2 |\n")) == 60


def test_a_line_of_a_derivation_is_said_and_written():
    said = seconds_to_teach(markdown("1. So $a = b$.\n2. Then $b = c$."))
    assert said == 40 + seconds_to_teach(markdown("So $a = b$. Then $b = c$.")) + 2 * 60 / 130


def test_a_figure_takes_a_minute_and_one_that_moves_half_a_minute_more():
    assert seconds_to_teach(new_code_cell("figures.coin(p=0.5)")) == 60
    assert seconds_to_teach(new_code_cell("explore(figures.coin)")) == 90


def test_what_is_folded_is_read_alone_and_not_aloud():
    plain = seconds_to_teach(markdown("Why?", "try"))
    assert seconds_to_teach(markdown("Why?\n\n" + FOLD, "try")) == plain
    assert seconds_alone(markdown("Why?\n\n" + FOLD, "try")) > plain + 180 + 60
    assert seconds_to_teach(markdown("Take your time.", "instructor")) == 0
    hidden = new_code_cell("assert 1", metadata={"jupyter": {"source_hidden": True}})
    assert seconds_alone(hidden) == 0 < seconds_alone(new_code_cell("1 + 1"))


def test_a_figure_that_a_folded_check_draws_is_not_looked_at():
    folded = {"jupyter": {"source_hidden": True}}
    assert seconds_to_teach(new_code_cell("drawn = figures.one()", metadata=folded)) == 0


def test_a_prediction_and_a_question_take_a_vote():
    assert seconds_to_teach(markdown("", "predict")) == 90
    assert seconds_to_teach(markdown(FOLD * 3, "question")) == 270


def written():
    cells = [
        markdown("# Title\n\n1 minutes to teach, 2 alone."),
        markdown("## Core (9 min)\n\n" + "word " * 260),
        markdown("## Beyond (further, 9 min)\n\n" + "word " * 520, "further"),
    ]
    return new_notebook(cells=cells)


def test_a_further_section_counts_for_itself_alone():
    counted = minutes(written())
    assert list(counted.sections.values()) == [2, 4]
    assert counted.core == 2


def test_the_minutes_are_printed_where_they_are_promised():
    title, core, beyond = print_minutes(written()).cells
    assert "2 minutes to teach, 0 alone" in title.source
    assert (title.metadata.minutes, title.metadata.alone) == (2, 0)
    assert core.source.startswith("## Core (2 min)\n")
    assert beyond.source.startswith("## Beyond (further, 4 min)\n")
