"""The trial of the notebooks fails when it should: one small notebook for each fault."""

import nbformat
import pytest

from .trying import try_notebook

pytestmark = pytest.mark.browser
GOOD = """from cecourse import figures
from cecourse.widgets import explore
shown = explore(figures.binary_entropy_curve)"""
FAULTS = {
    "a red cell": ("1 / 0", "ZeroDivisionError"),
    "red output": ("import sys\nprint('careful', file=sys.stderr)", "careful"),
    "a console error": (
        "from IPython.display import Javascript\nJavascript('console.error(\"broken\")')",
        "broken",
    ),
    "a request to an outside host": (
        'from IPython.display import HTML\nHTML(\'<img alt="" src="http://192.0.2.1/x.png">\')',
        "192.0.2.1",
    ),
    "a control without a name": ("shown.controls['p'].watched[0].description = ''", "widget|role"),
    "a picture that stands still": (
        "shown.described.moving_layer = lambda: b'<svg></svg>'\nshown.set(p=0.1)",
        "changed nothing",
    ),
    "words that stand still": ("shown._say = lambda: None", "words stayed"),
    "an output that jumps": (
        "move = shown.described._move\nshown.described._move = lambda p: move(p) * (1 if p < 0.9 else 20)",
        "changed its height",
    ),
    "a key that reaches the notebook": (
        "from IPython.display import Javascript\n"
        "Javascript('const set = Element.prototype.setAttribute;"
        "Element.prototype.setAttribute = function (name, value) {"
        'if (name !== "data-lm-suppress-shortcuts") set.call(this, name, value); }\')',
        "reached the notebook",
    ),
    "no widget at all": ("del shown\nshown = None", "no widget"),
}


def notebook(*sources):
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)


def try_sources(lab_folder, lab, page, *sources):
    nbformat.write(notebook(*sources), lab_folder / "notebooks" / "trial.ipynb")
    return try_notebook(page, lab, "trial.ipynb")


def test_a_good_notebook_passes(lab_folder, lab, page):
    assert "1 widgets" in try_sources(lab_folder, lab, page, GOOD, "shown")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(fault, lab_folder, lab, page):
    source, complaint = FAULTS[fault]
    with pytest.raises(AssertionError, match=complaint):
        try_sources(lab_folder, lab, page, GOOD, source, "shown")
