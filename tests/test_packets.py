"""A run's folder gets a page for every group, the same bytes each time, by one process or by two."""

import contextlib
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from stored_run import page, write_run

from course.packets import build_packets
from course.results import RESULTS
from helpers.errors import CourseError

GROUPS = ("group 10", "group 2", "class")


def pages(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.html")}


def test_every_group_gets_its_packet_and_the_index_lists_them_in_a_readers_order(tmp_path):
    run = write_run(tmp_path, GROUPS, ("00",))
    index = build_packets(run).read_text(encoding="utf-8")
    assert sorted(pages(run)) == ["class/packet.html", "group-0/packet.html", "group-1/packet.html", "index.html"]
    assert "<h1>Packet of group 10</h1>" in page(run, group="group-0")
    assert index.index(">class<") < index.index(">group 2<") < index.index(">group 10<")
    assert 'href="group-1/packet.html#00_start"' in index


def test_building_twice_gives_the_same_bytes_in_every_view(tmp_path):
    run = write_run(tmp_path, ("class",), ("00",))
    built = []
    for _ in range(2):
        for view in ("packet", "teacher", "exercises", "solutions"):
            build_packets(run, view)
        built.append(pages(run))
    assert built[0] == built[1]
    assert len(built[0]) == 5


@pytest.mark.slow
def test_two_processes_write_what_one_writes(tmp_path, small):
    run = write_run(tmp_path / "run", tuple(f"g{number}" for number in range(9)), ("00",))
    build_packets(run, "teacher", workers=1)
    one = pages(run)
    build_packets(run, "teacher", workers=2)
    assert pages(run) == one


@pytest.mark.slow
def test_an_error_in_a_worker_is_one_line_here(tmp_path):
    run = write_run(tmp_path, ("a", "b"), ("00",))
    (run / "b" / "packet.html").mkdir()
    with pytest.raises(CourseError, match=r"b/packet\.html: cannot be written"):
        build_packets(run, workers=2)


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGKILL])
def test_whoever_stops_the_build_stops_its_workers(tmp_path, blow):
    run = write_run(tmp_path, tuple(f"g{number}" for number in range(200)), ("00",))
    lines = ["from pathlib import Path", "from course.packets import build_packets", "if __name__ == '__main__':"]
    (tmp_path / "build.py").write_text("\n".join([*lines, f"    build_packets(Path({str(run)!r}))"]))
    parent = subprocess.Popen([sys.executable, str(tmp_path / "build.py")], stderr=subprocess.PIPE, start_new_session=True)
    while not list(run.glob("*/packet.html")) and parent.poll() is None:
        time.sleep(0.1)
    assert len(session_of(parent.pid)) >= 4  # it, the server that forks, two workers
    parent.send_signal(blow)
    said = parent.communicate()[1].decode()
    assert said.count("Traceback") == (blow == signal.SIGINT)  # the workers say nothing
    until = time.monotonic() + 20
    while session_of(parent.pid) and time.monotonic() < until:
        time.sleep(0.1)
    assert session_of(parent.pid) == []


def session_of(leader):
    """The processes of a session that still do something."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, _, session = path.read_text().rpartition(")")[2].split()[:4]
            found += [path.parent.name] if int(session) == leader and state not in "ZX" else []
    return found


def test_what_is_no_run_is_told_and_a_result_that_leads_elsewhere_is_refused(tmp_path):
    with pytest.raises(CourseError, match="is not the folder of a run"):
        build_packets(tmp_path)
    run = write_run(tmp_path / "run", ("class",), ("00",))
    line = json.loads((run / RESULTS).read_text())
    for odd in (
        {"folder": "../elsewhere"},
        {"folder": ".."},
        {"folder": ""},
        {"notebook": "../../secret.ipynb"},
        {"notebook": "/etc/x.ipynb"},
    ):
        (run / RESULTS).write_text(json.dumps(line | odd) + "\n")
        with pytest.raises(CourseError, match="names a place outside the run"):
            build_packets(run)
    assert pages(tmp_path) == {}
