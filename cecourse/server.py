"""How JupyterLab's server passes on what a kernel says: each message at once."""

from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class Undelayed(ZMQChannelsWebsocketConnection):
    """A page's connection to its kernel, without Nagle's algorithm.

    A slider's move is answered in several small messages.  Nagle's algorithm holds the second of them until
    the page has acknowledged the first, and the page may take 40 ms for that.
    """

    def connect(self) -> Any:
        self.websocket_handler.set_nodelay(True)
        return super().connect()
