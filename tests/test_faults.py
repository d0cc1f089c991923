"""Whatever befalls a class's run: the right exit code and one line, what was done is kept, nothing is left, ``--resume`` completes.

The faults are in ``fault_lessons.py`` and ``fault_commands.py``; a lost worker of a cluster is in ``test_cluster.py``.
"""

import re

import fault_commands  # noqa: F401 - it and the next put their faults into FAULTS
import fault_lessons  # noqa: F401
import pytest
from fault_room import FAULTS, Fault, ImpossibleError, Room, Seen, undergo

CASES = [pytest.param(fault, kernels, id=f"{fault.name}-{kernels}") for fault in FAULTS for kernels in fault.kernels]


@pytest.mark.slow
@pytest.mark.parametrize(("fault", "kernels"), CASES)
def test_after_a_fault_nothing_is_lost_and_nothing_is_left(fault, kernels, tmp_path):
    with Room(tmp_path / "room", kernels) as room:
        try:
            seen = undergo(fault.cause, room)
        except ImpossibleError as impossible:
            pytest.skip(str(impossible))
    check(fault, seen)


def check(fault: Fault, seen: Seen) -> None:
    """What must hold after each fault."""
    # Told in one line with the right code, and never with a stack.
    assert seen.ended.code == fault.code, seen.ended
    assert re.search(fault.says or "^$", seen.ended.said), seen.ended
    # What stands above it is a line of the bar for each run, or one for each other run that failed.
    assert all(re.match(r"\[\d+/\d+\] |.*_lesson\.ipynb", line) for line in seen.ended.err.strip().splitlines()[:-1]), seen.ended
    assert "Traceback" not in seen.ended.out + seen.ended.err + seen.resumed.out + seen.resumed.err, (seen.ended, seen.resumed)
    # No process is left, and the runner never grew.
    assert seen.processes == seen.processes_after == []
    assert seen.ended.peak < 500
    # What the log calls done is there and can be read, unless that is the fault; only a killed command leaves parts of files.
    if not fault.spoils:
        assert seen.look.unreadable == ()
        assert seen.look.done <= set(seen.look.outputs)
    assert fault.killed or seen.look.leftovers == ()
    # The resumption does what was not done, and only that.
    assert seen.resumed.code == 0, seen.resumed
    assert set(seen.look_after.states.values()) == {"done"}
    assert set(seen.look_after.states) == set(seen.look_after.outputs)
    # Nobody can find what a killed command left in the system's folder for temporary files.
    left = [name for name in seen.look_after.leftovers if not (fault.killed and name.startswith("tmp/"))]
    assert (list(seen.look_after.unreadable), left) == ([], [])
    assert seen.again == seen.expected_again
