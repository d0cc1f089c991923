"""Install the course from this folder, without a network: ``python3 install.py [FOLDER]``.

It needs nothing but Python, and keeps to what a Python of some years ago can read, so that it can say which one is wanted.
"""

import hashlib
import json
import os
import platform
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SHELL = '#!/bin/sh\ncd {folder} && exec .venv/bin/course lab "$@"\n'
START = {
    "Windows": ("start-course.cmd", '@cd /d "%~dp0"\r\n@.venv\\Scripts\\course.exe lab %*\r\n@if errorlevel 1 pause\r\n'),
    "Darwin": ("start-course.command", SHELL),
    "Linux": ("start-course.sh", SHELL),
}


def main(arguments):
    """Install into the folder that is named, or into one in the home folder; the exit code is 0 when it is done."""
    if len(arguments) > 1 or any(word.startswith("-") for word in arguments):
        return refuse("write: python3 install.py [FOLDER]")
    try:
        folder = Path(arguments[0]).expanduser().resolve() if arguments else Path.home() / "alliance-notebooks"
        bundle = json.loads((HERE / "bundle.json").read_text(encoding="utf-8"))
        problem = wrong_machine(bundle["machines"]) or damaged(bundle["wheels"]) or not_ours(folder)
        if problem:
            return refuse(problem)
        print(f"Installing into {folder}; this takes a minute or two.", flush=True)
        install(folder, bundle["package"])
        start = write_start(folder)
    except subprocess.CalledProcessError:
        return refuse("the installation failed; what went wrong stands above. On Debian and Ubuntu, 'apt install python3-venv' may help.")
    except KeyboardInterrupt:
        return refuse("interrupted; nothing is installed.")
    except (OSError, RuntimeError, ValueError, KeyError) as error:
        return refuse(f"this cannot be done: {error}. Copy the bundle again, or name another folder.")
    print(f"Done. To begin, now and every time, open\n\n    {start}\n")
    return 0


def wrong_machine(machines):
    """What to say when the bundle is for other machines than this one; nothing when it is for this one."""
    python = ".".join(str(part) for part in sys.version_info[:2])
    mine = {"system": platform.system(), "machine": platform.machine(), "python": python}
    for one in machines:
        oldest = tuple(int(part) for part in one["oldest"].split("."))
        if all(one[part] == mine[part] for part in mine) and sys.version_info[:3] >= oldest:
            return ""
    wanted = ", ".join(one["name"] for one in machines)
    here = f"{mine['system']} ({mine['machine']}) with Python {platform.python_version()}"
    return f"this bundle is for {wanted}; here is {here}. Start it with another Python, or ask for a bundle for this computer."


def damaged(wheels):
    """What to say when a file of the bundle is missing or not as it was made; nothing when all are whole."""
    for name in sorted(wheels):
        path = HERE / "wheels" / name
        if not path.is_file():
            return f"{name} is missing from this copy of the bundle. Copy the whole folder again."
        if hashlib.sha256(path.read_bytes()).hexdigest() != wheels[name]:
            return f"{name} is damaged in this copy of the bundle. Copy the whole folder again."
    return ""


def not_ours(folder):
    """What to say when the folder has an environment in which the course is not; nothing when we may make it anew."""
    there = folder / ".venv"
    if os.path.lexists(str(there)) and not any((there / name).is_file() for name in ("bin/course", "Scripts/course.exe")):
        return f"{there} is there and the course is not in it. Remove it if nothing needs it, or name another folder."
    return ""


def install(folder, package):
    """Make a new environment in the folder, in place of ours that is there, and put the package into it; what else is there stays."""
    try:
        fill(folder, package)
    except BaseException:
        shutil.rmtree(str(folder / ".venv"), ignore_errors=True)  # a half of one would stand in the way of the next attempt
        raise


def fill(folder, package):
    """The work of ``install``."""
    # Settings of pip and Python might point to a network, or to other packages.
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
    alone = dict(kept, PIP_CONFIG_FILE=os.devnull)
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder / ".venv")], check=True, env=alone)
    python = folder / ".venv" / ("Scripts/python.exe" if platform.system() == "Windows" else "bin/python")
    pip = [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-index", "--no-compile"]
    given = ["--find-links", str(HERE / "wheels"), "--constraint", str(HERE / "constraints.txt")]
    subprocess.run([*pip, *given, package], check=True, env=alone)


def write_start(folder):
    """Write the file that opens the course, and give its path."""
    name, text = START[platform.system()]
    path = folder / name
    # The whole path, since the file may be opened through a link.
    path.write_bytes(os.fsencode(text.replace("{folder}", shlex.quote(str(folder)))))
    path.chmod(0o755)
    return path


def refuse(why):
    """Say why nothing is installed; the exit code for it."""
    print(f"install.py: {why}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
