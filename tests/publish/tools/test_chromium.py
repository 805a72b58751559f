"""Chromium is found, or it is said what to do."""

import pytest

from cecourse.publish.tools.chromium import found


def test_where_there_is_no_chromium_it_is_said_how_to_come_by_it(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit, match=r"expected a program named chromium, .*apt install chromium"):
        found()
