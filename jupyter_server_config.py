"""The course's own settings of a Jupyter server: `course.py` has the environment's server read this file."""

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


get_config().ServerApp.kernel_websocket_connection_class = Undelayed  # noqa: F821  (given by Jupyter)
