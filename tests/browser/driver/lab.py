"""A real JupyterLab on a copy of the notebooks."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

NOTEBOOKS = Path(__file__).parents[3] / "notebooks"


@contextlib.contextmanager
def running_lab(folder):
    """The address of a JupyterLab that serves a copy of the notebooks made in `folder`."""
    shutil.copytree(NOTEBOOKS, folder / "notebooks")
    settings = folder / "settings" / "@jupyterlab" / "notebook-extension"
    settings.mkdir(parents=True)
    # Every cell stays in the page, so that the test sees them all.
    (settings / "tracker.jupyterlab-settings").write_text('{"windowingMode": "none"}')
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--IdentityProvider.token="]
    command += [f"--ServerApp.port={port}", f"--ServerApp.root_dir={folder}"]
    command += [f"--LabApp.user_settings_dir={folder / 'settings'}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        try:
            _wait_for(f"{address}/api", server, folder / "server.log")
            yield address
        finally:
            server.terminate()
            server.wait(20)


def _wait_for(address, server, log, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        try:
            return urllib.request.urlopen(address).close()
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"JupyterLab did not start; it said:\n{log.read_text()}")


@contextlib.contextmanager
def new_page(browser):
    """A page that shares nothing with other pages."""
    context = browser.new_context(viewport={"width": 1280, "height": 1600})
    yield context.new_page()
    context.close()
