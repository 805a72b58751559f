"""The server that `make lab` starts passes each message on at once."""

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

from cecourse.server import Undelayed

from .browser.lab import CONNECTION, ROOT


def test_a_page_is_connected_without_delay(monkeypatch):
    done = []

    class Handler:
        def set_nodelay(self, value):
            done.append(("set_nodelay", value))

    class Tried(Undelayed):
        websocket_handler = Handler()

    monkeypatch.setattr(ZMQChannelsWebsocketConnection, "connect", lambda self: done.append("connected"))
    Tried.__new__(Tried).connect()
    assert done == [("set_nodelay", True), "connected"]


def test_the_course_is_opened_with_that_connection():
    assert CONNECTION in (ROOT / "Makefile").read_text(encoding="utf-8")
    assert CONNECTION.endswith(f"{Undelayed.__module__}.{Undelayed.__qualname__}")
