"""What was accepted of every figure: digests of its numbers and of its bytes, and with which libraries."""

import json
from pathlib import Path

PATH = Path(__file__).with_name("expected.json")


def accepted():
    return json.loads(PATH.read_text(encoding="utf-8"))
