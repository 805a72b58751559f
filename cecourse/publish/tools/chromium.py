"""The Chromium that prints pages and, in the tests, looks at them."""

import contextlib
import shutil

from playwright.sync_api import sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
# No window, and nothing asked for by itself.
_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextlib.contextmanager
def running_chromium():
    """A Chromium with an empty profile that asks for nothing by itself."""
    path = found()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        yield browser
        browser.close()


def found():
    """The path of this machine's Chromium."""
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        raise SystemExit(
            f"No Chromium was found; expected a program named {', '.join(_NAMES[:-1])} or {_NAMES[-1]}, "
            "which prints the PDFs. Install it (Debian, Ubuntu: apt install chromium); slides alone can be "
            "made without PDFs, by --no-pdf."
        )
    return path
