"""Faults of a lesson, its kernel and the disk: each a function that causes one in a room and returns how the command ended."""

import json
import os
import subprocess
import sys
from pathlib import Path

from fault_room import BOTH, Ended, ImpossibleError, Room, fault, mount


def run_with(room: Room, source: str, *arguments: str) -> Ended:
    """Two lessons are run, one of which does this."""
    room.lesson(1)
    room.lesson(2, source)
    return room.run(*arguments)


# --- a lesson or its kernel


@fault("a kernel is killed in mid-cell", 1, r"02_lesson\.ipynb, cell 3: .*[Dd]ied", BOTH)
def kernel_killed(room: Room) -> Ended:
    return run_with(room, "import signal; os.kill(os.getpid(), signal.SIGKILL)")


@fault("a kernel eats its memory limit (300 MiB)", 1, r"02_lesson\.ipynb, cell 3: (MemoryError|.*timed out)", BOTH)
def memory_eaten(room: Room) -> Ended:
    if not sys.platform.startswith("linux"):
        raise ImpossibleError("only Linux limits the memory of a process")
    return run_with(
        room, "eaten = []\nwhile True: eaten.append(bytearray(10**6))", "--memory", "300", "--timeout", "30"
    )  # it may have none left to answer with


@fault("a cell without end (limit 2 s)", 1, r"02_lesson\.ipynb, cell 3: .*(timed out|timeout)")
def endless_cell(room: Room) -> Ended:
    return run_with(room, "while True: pass", "--timeout", "2")


@fault("a cell without end in C code, deaf to interrupts (limit 2 s)", 1, r"02_lesson\.ipynb, cell 3: .*(timed out|timeout)", BOTH)
def deaf_cell(room: Room) -> Ended:
    return run_with(room, "import itertools; sum(itertools.repeat(1))", "--timeout", "2")


@fault("a cell asks `input()`", 1, r"02_lesson\.ipynb, cell 3: StdinNotImplementedError")
def input_asked(room: Room) -> Ended:
    return run_with(room, "input('Your name? ')")


@fault("a cell prints without end (limit 3 s)", 1, r"02_lesson\.ipynb, cell 3: .*(timed out|timeout)")
def endless_print(room: Room) -> Ended:
    return run_with(room, "while True: print('x' * 1_000)", "--timeout", "3")


@fault("a cell shows tiny things without end (limit 3 s)", 1, r"02_lesson\.ipynb, cell 3: .*(timed out|timeout)")
def endless_display(room: Room) -> Ended:
    return run_with(room, "while True: display(1)", "--timeout", "3")


@fault("an error of 5 million characters", 1, r"02_lesson\.ipynb, cell 3: ValueError: x{100,2000}…?$")
def endless_error(room: Room) -> Ended:
    return run_with(room, "raise ValueError('x' * 5_000_000)")


@fault(
    "an error that no file can hold (half a surrogate pair)",
    1,
    r"02_lesson\.ipynb, cell 3: the cell failed, and its kernel could not tell why",
)
def unwritable_error(room: Room) -> Ended:
    return run_with(room, r"raise ValueError('\udc80 \ud800')")


@fault("an output that no file can hold (half a surrogate pair)", 0, "")
def unwritable_output(room: Room) -> Ended:
    return run_with(room, r"display({'text/plain': '\udc80'}, raw=True); print('\udc80')")


@fault("a notebook that is no JSON", 2, r"02_lesson\.ipynb: not a valid notebook: .*")
def broken_notebook(room: Room) -> Ended:
    room.lesson(1)
    path = room.lesson(2)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    room.mends.append(lambda: path.write_bytes(whole))
    return room.run()


def _run_with_kernel(room: Room, name: str, *argv: str) -> Ended:
    room.lesson(1)
    path = room.lesson(2)
    notebook = json.loads(path.read_text())
    notebook["metadata"]["kernelspec"]["name"] = name
    path.write_text(json.dumps(notebook))
    spec = room.folder / "jupyter" / "kernels" / name / "kernel.json"

    def specify(*argv: str) -> None:
        spec.parent.mkdir(parents=True, exist_ok=True)
        spec.write_text(json.dumps({"argv": argv, "display_name": name, "language": "python"}))

    if argv:
        specify(*argv)
    room.mends.append(lambda: specify(sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"))
    return room.run()


@fault("an unknown kernel", 1, r"02_lesson\.ipynb, cell \?: NoSuchKernel: No such kernel named nowhere")
def unknown_kernel(room: Room) -> Ended:
    return _run_with_kernel(room, "nowhere")


@fault("a kernel that ends while it starts", 1, r"02_lesson\.ipynb, cell \?: .*died")
def stillborn_kernel(room: Room) -> Ended:
    return _run_with_kernel(room, "stillborn", sys.executable, "-c", "raise SystemExit(3)")


@fault("a kernel whose program may not be executed", 1, r"02_lesson\.ipynb, cell \?: PermissionError: .*catalogue")
def forbidden_program(room: Room) -> Ended:
    return _run_with_kernel(room, "forbidden", str(room.case / "catalogue.toml"), "{connection_file}")


@fault("the process that warm kernels are forked from is killed", 1, r"0[12]_lesson\.ipynb, cell \d+: .*[Dd]ied", ("warm",))
def forkserver_killed(room: Room) -> Ended:
    room.lesson(1, "import signal, time; os.kill(os.getppid(), signal.SIGKILL); time.sleep(60)")
    for number in (2, 3, 4):
        room.lesson(number)
    return room.run()


@fault("the path for temporary files is too long for warm kernels' sockets: they are ordinary", 0, "", ("warm",))
def long_temporary_path(room: Room) -> Ended:
    folder = room.temporary / ("x" * 100)
    folder.mkdir()
    room.environment["TMPDIR"] = str(folder)
    ended = run_with(room, "pass")
    folder.rmdir()  # nothing was left in it
    room.environment["TMPDIR"] = str(room.temporary)
    return ended


# --- the disk


@fault("the disk fills up during the run", 1, r"course: .*02_lesson\.ipynb: cannot be written: No space left on device; .*--resume")
def disk_full(room: Room) -> Ended:
    room.mount("9m")
    room.jobs = 1
    return run_with(room, _fill(room))


@fault("the disk fills up before the packets", 1, r"course: .*packet\.html: cannot be written: No space left on device; .*")
def disk_full_at_packets(room: Room) -> Ended:
    room.mount("9m")
    room.jobs = 1
    # What is free then holds the outputs, the log, and no packet.
    return run_with(room, _fill(room, keep=8_192))


def _fill(room: Room, keep: int = 0) -> str:
    ballast = room.out.parent / "ballast"
    room.mends.append(ballast.unlink)
    lines = [f"with open({str(ballast)!r}, 'wb', buffering=0) as file:", "    try:", "        while file.write(bytes(4096)) == 4096: pass"]
    lines += ["    except OSError: pass", f"size = os.path.getsize({str(ballast)!r})", f"os.truncate({str(ballast)!r}, size - {keep})"]
    return "\n".join(lines)


@fault("the disk turns read-only during the run", 1, r"course: .*02_lesson\.ipynb: cannot be written: Read-only file system; .*--resume")
def disk_turned_read_only(room: Room) -> Ended:
    room.mount("9m")
    room.jobs = 1
    # The disk itself is busy as long as the command works in it, so the folder becomes one of its own.
    folder = str(room.out / "class")
    room.mends.append(lambda: subprocess.run(["umount", "-l", folder], check=True, capture_output=True))
    mounts = [["mount", "--bind", folder, folder], ["mount", "-o", "remount,bind,ro", folder]]
    return run_with(room, f"import subprocess\nfor mount in {mounts!r}: subprocess.run(mount, check=True)")


@fault("a folder on a read-only disk", 2, r"course: .*out: cannot be made: Read-only file system; choose another folder with --out")
def read_only_disk(room: Room) -> Ended:
    room.mount("9m")
    disk = str(room.out.parent)
    mount("-o", "remount,ro", disk)
    room.mends.append(lambda: mount("-o", "remount,rw", disk))
    return run_with(room, "pass")


@fault("a folder that may not be written", 2, r"course: .*out: cannot be made: (Operation not permitted|Permission denied); choose another")
def forbidden_folder(room: Room) -> Ended:
    parent = room.folder / "forbidden"
    parent.mkdir()
    room.out = parent / "out"
    if os.geteuid():
        parent.chmod(0o500)
        room.mends.append(lambda: parent.chmod(0o700))
    else:  # root may write where nobody may, but not what is immutable
        _change_attribute("+i", parent)
        room.stack.callback(_change_attribute, "-i", parent)
        room.mends.append(lambda: _change_attribute("-i", parent))
    return run_with(room, "pass")


def _change_attribute(change: str, path: Path) -> None:
    try:
        subprocess.run(["chattr", change, str(path)], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        raise ImpossibleError("nothing is forbidden to root here, and this disk has no immutable folders") from None
