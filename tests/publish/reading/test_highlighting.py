"""Colours of code, taken from a package that would talk too much."""

import subprocess
import sys


def test_taking_a_style_leaves_the_logging_of_the_process_alone():
    program = (
        "import logging; from cecourse.publish.reading.highlighting import code_colours; code_colours(); "
        "assert logging.root.handlers == []; assert logging.root.level == logging.WARNING"
    )
    assert subprocess.run([sys.executable, "-c", program]).returncode == 0
