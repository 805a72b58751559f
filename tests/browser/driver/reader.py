"""What a reader does in JupyterLab and what the page lets the reader see."""

import re
import time

RED = '[data-mime-type$="vnd.jupyter.stderr"], [data-mime-type$="vnd.jupyter.error"]'
EXPLORER = ".figure-moves"
# JupyterLab says this of its own debugger whenever a kernel is restarted.
LAB_ITSELF = "Could not restore the debugger state"
# A control whose function fails leaves no trace in the notebook; the kernel complains in these messages.
COMPLAINT = re.compile(r'"msg_type": *"error"|"name": *"stderr"')
COMPLAINED = re.compile(r'"(?:ename|evalue|text)": *"((?:[^"\\]|\\.)*)"')


class Reader:
    """A reader with one notebook open.

    Keeps every console error, every request to an outside host, every complaint of the kernel, and what
    controls have sent to the kernel that it has not answered yet.
    """

    def __init__(self, page, address):
        self.page, self.address = page, address
        self.errors, self.outside, self.complaints, self.unanswered = [], [], [], set()
        page.on("console", self._keep)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", self._note)
        page.on("websocket", self._listen)

    def _keep(self, message):
        if message.type == "error" and not message.text.startswith(LAB_ITSELF):
            self.errors.append(f"{message.text} ({message.location['url']})")

    def _note(self, request):
        if not request.url.startswith((self.address, self.address.replace("http", "ws"), "data:", "blob:")):
            self.outside.append(request.url)

    def _listen(self, socket):
        socket.on("framesent", lambda frame: self._hear_page(_text(frame)))
        socket.on("framereceived", lambda frame: self._hear_kernel(_text(frame)))

    def _hear_page(self, message):
        if '"msg_type":"comm_msg"' in message:
            self.unanswered.add(_ids(message)[0])

    def _hear_kernel(self, message):
        if '"execution_state": "idle"' in message:
            self.unanswered.difference_update(_ids(message))
        if COMPLAINT.search(message):
            self.complaints.append(" ".join(COMPLAINED.findall(message)))

    def settle(self, seconds=20):
        """Wait until the kernel has answered all that the controls sent, and the page shows it."""
        end, quiet = time.monotonic() + seconds, 0
        while quiet < 3 and time.monotonic() < end:
            self.page.wait_for_timeout(20)
            quiet = 0 if self.unanswered else quiet + 1

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
        """The kinds of the cells, which are chosen, and the mode: what a key that gets through changes."""
        return self.page.locator(".jp-Notebook").evaluate(
            """(notebook) => [...notebook.querySelectorAll(".jp-Cell")]
                 .map((cell) => (cell.matches(".jp-CodeCell") ? "code" : "text")
                              + (cell.matches(".jp-mod-selected") ? "*" : ""))
                 .join(" ") + (notebook.matches(".jp-mod-editMode") ? " edited" : "")"""
        )

    def explorers(self):
        return self.page.locator(EXPLORER).all()


def _text(frame):
    return frame if isinstance(frame, str) else frame.decode("utf-8", "replace")


def _ids(message):
    return re.findall(r'"msg_id": *"([^"]+)"', message)
