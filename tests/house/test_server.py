"""The server of the environment passes each message on at once, whatever else it is told."""

import pytest
from jupyter_server.serverapp import ServerApp
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

import course


@pytest.fixture
def server_of(monkeypatch):
    """A Jupyter server with the configuration of one Python's prefix alone."""

    def server_of(prefix):
        monkeypatch.setattr("jupyter_core.application.jupyter_config_path", lambda: [f"{prefix}/etc/jupyter"])
        server = ServerApp(config_dir=f"{prefix}/etc/jupyter")
        server.load_config_file(suppress_errors=False)
        return server

    return server_of


def test_a_page_is_connected_without_delay(server_of, monkeypatch):
    done = []

    class Handler:
        def set_nodelay(self, value):
            done.append(("set_nodelay", value))

    class Tried(server_of(course.VENV).kernel_websocket_connection_class):
        websocket_handler = Handler()

    monkeypatch.setattr(ZMQChannelsWebsocketConnection, "connect", lambda self: done.append("connected"))
    Tried.__new__(Tried).connect()
    assert done == [("set_nodelay", True), "connected"]


def test_settings_that_are_there_stay(server_of, tmp_path):
    config = tmp_path / "etc/jupyter/jupyter_server_config.py"
    config.parent.mkdir(parents=True)
    config.write_text("c.ServerApp.port = 8123")
    theirs = tmp_path / "share/jupyter/lab/settings/overrides.json"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("{}")
    for _ in range(2):
        course.settings(tmp_path)
    server = server_of(tmp_path)
    assert (server.port, server.kernel_websocket_connection_class.__name__) == (8123, "Undelayed")
    assert config.read_text().count("load_subconfig") == 1
    assert theirs.read_text() == "{}"


def test_jupyterlab_takes_the_course_s_settings(tmp_path):
    from jupyterlab_server.settings_utils import _get_overrides

    course.settings(tmp_path)
    settings, error = _get_overrides(str(tmp_path / "share/jupyter/lab/settings"))
    assert (settings, error) == (course.LAB, "")
