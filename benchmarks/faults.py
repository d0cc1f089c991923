"""What happens to a class's run when something goes wrong: every fault, caused for real by real commands, as a table.

python benchmarks/faults.py [FAULT…]        a few minutes; Linux, as root for the faults of disks; prints Markdown

The faults are those of ``tests/test_faults.py``, which asserts what this only tells.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "benchmarks")]

import fault_commands  # noqa: E402, F401 - it and the next put their faults into FAULTS
import fault_lessons  # noqa: E402, F401
from fault_room import FAULTS, Fault, ImpossibleError, Room, Seen, undergo  # noqa: E402
from tables import as_table  # noqa: E402

HEAD = ("fault", "kernels", "what the command says last", "exit code", "on the disk", "processes left after 5 s", "--resume")
CLUSTER = "tests/test_cluster.py"
_LONGEST = 160  # characters of what was said


def measure(names: Iterable[str] = ()) -> Iterator[tuple[object, ...]]:
    """The rows of the table, one by one: of the faults with these names, or of all and of a cluster's lost worker."""
    chosen = set(names)
    for fault in FAULTS:
        if not chosen or fault.name in chosen:
            for kernels in fault.kernels:
                yield _row(fault, kernels)
    if not chosen:
        yield _lost_worker()


def tell(names: Iterable[str] = ()) -> str:
    """The table as Markdown, with what it is about."""
    told = (
        "Each fault is caused for real, in a run of two to four small lessons by `course run`; then the cause is taken away and"
        " `course run --resume` is called. `tests/test_faults.py` asserts what stands here. Exit codes: 0 done, 1 some runs failed or"
        " could not be kept, 2 nothing was begun, 130 interrupted, -9 killed."
    )
    return f"{told}\n\n{as_table(HEAD, measure(names))}"


def _row(fault: Fault, kernels: str) -> tuple[object, ...]:
    print(f"{fault.name}, {kernels}", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder, Room(Path(folder) / "room", kernels) as room:
        try:
            seen = undergo(fault.cause, room)
        except ImpossibleError as impossible:
            return fault.what, kernels, f"not tried: {impossible}", "–", "–", "–", "–"
        said = seen.ended.said.replace(str(room.folder), "…") if seen.ended.err else "–"
    said = said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
    return fault.what, kernels, said, seen.ended.code, _kept(seen), len(seen.processes), _resumed(seen)


def _kept(seen: Seen) -> str:
    if not seen.look.states:
        return "nothing was begun"
    done = len(seen.look.done & set(seen.look.outputs))
    parts = [f"{done} done", f"{len(seen.look.states) - len(seen.look.done)} failed"]
    parts += [f"cannot be read: {name}" for name in seen.look.unreadable]
    if len(parts) == 2:
        parts.append("all can be read")
    return ", ".join([*parts, *(f"{name} is left" for name in seen.look.leftovers if name.endswith(".part"))])


def _resumed(seen: Seen) -> str:
    kept = len(set(seen.look_after.outputs) - seen.again)
    missing = "" if seen.look_after.done == set(seen.look_after.outputs) else ", not all done"
    ended = "all done" if seen.resumed.code == 0 and not missing else f"exit code {seen.resumed.code}{missing}"
    return f"{len(seen.again)} run, {kept} left as they were; {ended}"


def _lost_worker() -> tuple[object, ...]:
    """A worker of a cluster that is killed midway: the test says all, so its verdict stands here."""
    print(CLUSTER, file=sys.stderr)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(ROOT / CLUSTER), "-k", "worker and (lost or killed)"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    verdict = done.stdout.strip().splitlines()[-1] if done.stdout.strip() else "no test"
    return "one of a cluster's workers is killed", "ordinary", f"{CLUSTER}: {verdict}", "–", "–", "–", "–"


def main() -> None:
    """Print the table."""
    print(tell(sys.argv[1:]))


if __name__ == "__main__":
    main()
