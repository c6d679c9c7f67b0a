"""D017: the port that is asked for is taken."""

import socket
from pathlib import Path

import pytest

from builder.cli import main
from builder.core.errors import ConfigError
from builder.studio import prepare


def test_a_port_that_is_taken_is_told_and_a_free_one_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        assert main(["serve", str(tmp_path), "--port", str(taken)]) == 3
        assert f"error D017: cannot listen on port {taken}" in capsys.readouterr().err
    serving = prepare(tmp_path, port=0)
    serving.listening.close()
    assert not capsys.readouterr().err


def test_a_port_beyond_all_ports_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        prepare(tmp_path, port=70_000)
    assert caught.value.diagnostic.code == "D017"
