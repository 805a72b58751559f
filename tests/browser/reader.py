"""What a reader does in JupyterLab and what the page lets the reader see."""

import time

EXPLORER = ".cecourse-explorer"


class Reader:
    """A reader with one notebook open; keeps every console error and every request to an outside host."""

    def __init__(self, page, address):
        self.page, self.address = page, address
        self.errors, self.outside = [], []
        page.on(
            "console", lambda message: self.errors.append(message.text) if message.type == "error" else None
        )
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", self._note)

    def _note(self, request):
        if not request.url.startswith((self.address, self.address.replace("http", "ws"), "data:", "blob:")):
            self.outside.append(request.url)

    def open(self, notebook):
        self.page.goto(f"{self.address}/lab/tree/notebooks/{notebook}?reset")
        self.page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
        self.page.wait_for_selector('.jp-Notebook-ExecutionIndicator[data-status="idle"]', timeout=60_000)

    def restart_and_run_all(self, seconds=120):
        """Returns how many seconds it took, kernel start included."""
        start = time.monotonic()
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.get_by_role("menuitem", name="Restart Kernel and Run All Cells").click()
        self.page.locator(".jp-Dialog .jp-mod-accept").click()
        self.page.wait_for_function(
            """() => {
              const prompts = [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")];
              return prompts.length && prompts.every((prompt) => /\\d/.test(prompt.textContent));
            }""",
            timeout=seconds * 1000,
        )
        return time.monotonic() - start

    def red_cells(self):
        return self.page.locator(
            '.jp-RenderedText[data-mime-type="application/vnd.jupyter.stderr"], .jp-mod-error'
        ).all_inner_texts()

    def cells(self):
        return self.page.locator(".jp-Notebook .jp-Cell").count()

    def explorers(self):
        return self.page.locator(EXPLORER).all()


def picture(explorer):
    """The moving layer as it is in the page."""
    return explorer.locator("img").nth(1).get_attribute("src")


def words(explorer):
    return explorer.locator(".cecourse-readout").inner_text()


def height(explorer):
    return explorer.bounding_box()["height"]


def wait_for_change(page, look, before, seconds=3):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        now = look()
        if now != before:
            return now
        page.wait_for_timeout(20)
    return look()
