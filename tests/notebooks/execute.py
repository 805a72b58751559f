"""Run notebooks from top to bottom and store them, with their minutes, so that a second run changes no byte.

python -m tests.notebooks.execute notebooks/02_entropy.ipynb ...
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from cecourse.publish.reading.minutes import print_minutes

# What JupyterLab and nbclient note about one run or one reader, and no other run repeats.
OF_ONE_RUN = {"ExecuteTime", "collapsed", "editable", "execution", "scrolled", "trusted"}
# The ids of widgets are random: what is stored of a widget is the still picture and its words.
OF_A_LIVE_PAGE = ("application/vnd.jupyter.widget-view+json",)


def executed(notebook, folder):
    """The notebook with the outputs of a run in `folder`, from a fresh kernel."""
    client = NotebookClient(
        notebook,
        timeout=120,
        kernel_name="python3",
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,
        extra_arguments=["--log-level=ERROR"],  # it would warn of a connection that never leaves the machine
        resources={"metadata": {"path": str(folder)}},
    )
    return client.execute()


def normalised(notebook):
    """The notebook without what differs from run to run, from machine to machine, from reader to reader."""
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    for cell in notebook.cells:
        for key in OF_ONE_RUN & cell.metadata.keys():
            del cell.metadata[key]
        if cell.cell_type == "code":
            for output in cell.outputs:
                for kind in OF_A_LIVE_PAGE:
                    output.get("data", {}).pop(kind, None)
            cell.outputs = [output for output in cell.outputs if output.get("data", True)]
    return notebook


def run(path):
    """Execute one notebook and store it; the complaint if a cell fails, and then the file stays as it was."""
    if not path.is_file():
        return f"{path} is not there; expected a notebook. Correct NB=..., or the entry in course.toml."
    notebook = nbformat.read(path, as_version=4)
    try:
        notebook = print_minutes(normalised(executed(notebook, path.parent)))
    except CellExecutionError as error:
        return f"{path}: {error}"
    nbformat.write(notebook, path)
    print(f"{path}: executed and stored", flush=True)
    return None


def main(paths):
    with ProcessPoolExecutor() as pool:
        complaints = [complaint for complaint in pool.map(run, map(Path, paths)) if complaint]
    return "\n".join(complaints) or None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
