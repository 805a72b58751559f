"""The server of the environment passes each message on at once."""

from jupyter_server.serverapp import ServerApp
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

from cecourse.server import Undelayed


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


def test_the_environments_server_connects_like_that():
    server = ServerApp()
    server.load_config_file(suppress_errors=False)
    assert server.kernel_websocket_connection_class is Undelayed
