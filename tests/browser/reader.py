"""What a reader does in JupyterLab and what the page lets the reader see."""

import time

RED = '[data-mime-type$="vnd.jupyter.stderr"], [data-mime-type$="vnd.jupyter.error"]'
EXPLORER = ".cecourse-explorer"
# JupyterLab says this of its own debugger whenever a kernel is restarted.
LAB_ITSELF = "Could not restore the debugger state"


class Reader:
    """A reader with one notebook open; keeps every console error and every request to an outside host."""

    def __init__(self, page, address):
        self.page, self.address = page, address
        self.errors, self.outside = [], []
        page.on("console", self._keep)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", self._note)

    def _keep(self, message):
        if message.type == "error" and not message.text.startswith(LAB_ITSELF):
            self.errors.append(f"{message.text} ({message.location['url']})")

    def _note(self, request):
        if not request.url.startswith((self.address, self.address.replace("http", "ws"), "data:", "blob:")):
            self.outside.append(request.url)

    def open(self, notebook):
        self.page.goto(f"{self.address}/lab/tree/notebooks/{notebook}?reset")
        self.page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
        self.page.get_by_text("| Idle").wait_for(timeout=60_000)  # in the status bar, once a kernel answers
        self.page.wait_for_timeout(1000)

    def restart_and_run_all(self, seconds=120):
        """Returns how many seconds it took, kernel start included."""
        start = time.monotonic()
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.get_by_role("menuitem", name="Restart Kernel and Run All Cells").click()
        self.page.locator(".jp-Dialog .jp-mod-accept").click()
        self.page.wait_for_function(
            """() => [...document.querySelectorAll(".jp-InputPrompt")]
                       .some((prompt) => prompt.textContent.includes("*"))"""
        )
        self.page.wait_for_function(
            """(red) => {
              const prompts = [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")]
                .filter((prompt) => !prompt.closest(".jp-Cell").querySelector(".jp-InputPlaceholder"))
                .map((prompt) => prompt.textContent);  // a folded cell shows no number
              const running = prompts.some((prompt) => prompt.includes("*"));
              const done = prompts.length && prompts.every((prompt) => /\\d/.test(prompt));
              return done || (document.querySelector(red) && !running);
            }""",
            arg=RED,
            timeout=seconds * 1000,
        )
        return time.monotonic() - start

    def red_cells(self):
        return self.page.locator(RED).all_inner_texts()

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
