"""The block on the network: this machine is reached under all its names, nothing else under any."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

OFFLINE = Path(__file__).parent.parent / "course" / "offline"


@pytest.fixture
def blocked(tmp_path):
    """What a program asked for beyond this machine, run under the block."""

    def run(program: str) -> list[str]:
        (tmp_path / "outside").touch()
        environment = os.environ | {"PYTHONPATH": str(OFFLINE), "COURSE_OUTSIDE": str(tmp_path / "outside")}
        subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=False)
        return (tmp_path / "outside").read_text(encoding="utf-8").split()

    return run


@pytest.mark.parametrize("host", ["localhost.evil.invalid", "127.0.0.1.nip.invalid", "192.0.2.1", "::ffff:192.0.2.1", "2001:db8::1"])
def test_an_address_that_only_begins_like_this_machines_is_refused(blocked, host):
    assert blocked(f"import socket; socket.getaddrinfo({host!r}, 80)") == [host]


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "::1", "0.0.0.0", "::", "::ffff:127.0.0.1", ""])
def test_this_machine_is_let_pass(blocked, host):
    assert blocked(f"import socket; socket.getaddrinfo({host!r} or None, 80)") == []


def test_this_machines_own_name_is_let_pass(blocked):
    assert blocked("import socket; socket.gethostbyname(socket.gethostname())") == []


def test_a_name_looked_up_backwards_is_refused(blocked):
    assert blocked("import socket; socket.gethostbyaddr('192.0.2.1')") == ["192.0.2.1"]


def test_without_the_variable_nothing_happens():
    program = "import socket; socket.getaddrinfo('192.0.2.1', 80)"
    environment = {name: value for name, value in os.environ.items() if name != "COURSE_OUTSIDE"} | {"PYTHONPATH": str(OFFLINE)}
    assert subprocess.run([sys.executable, "-c", program], env=environment, check=False).returncode == 0
