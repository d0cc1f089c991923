"""JupyterLab on a working copy, or on a case: the command that opens it, the environment it gets, and where it runs already."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

from .given import HIDDEN

# JupyterLab's settings for learners, our extension of its server, and the one of its page (labextensions/).
_CONFIG = Path(__file__).with_name("jupyter")
_LAYOUTS = "JUPYTERLAB_WORKSPACES_DIR"
_HUB = "JUPYTERHUB_SERVICE_URL"  # set where a JupyterHub starts us, and below it
_TERMINAL = "JUPYTER_SERVER_URL"  # set in the terminals of a Jupyter server


def is_started_by_hub() -> bool:
    """Whether a JupyterHub starts us as a learner's server; a command in a terminal of that server is no such start."""
    return bool(os.environ.get(_HUB)) and not os.environ.get(_TERMINAL)


def lab_command(folder: Path, options: list[str], page: str = "") -> list[str]:
    """The command that opens JupyterLab on a folder, or JupyterHub's server, if a hub starts it.

    It opens the file ``page``; when left out, that of a working copy: the first time the first lesson, afterwards what was open last.
    """
    program = "jupyterhub.singleuser" if is_started_by_hub() else "jupyterlab"
    # With -P, no program is taken from the folder that we are in, where a learner's random.py may lie.
    command = [sys.executable, "-P", "-m", program]
    first = f"/lab/tree/{quote(page)}" if page else _first_page(folder)
    command += [f"--ServerApp.root_dir={folder.resolve()}", f"--LabApp.default_url={first}"]
    told = any("allow_root" in option or "allow-root" in option for option in options)
    if not told and hasattr(os, "geteuid") and os.geteuid() == 0:  # in a container; without it JupyterLab would not start
        command.append("--ServerApp.allow_root=True")
    return [*command, *options]


def lab_environment(folder: Path) -> dict[str, str]:
    """The environment for JupyterLab: ours, with the course's settings in front of the machine's.

    The kernel is the one of this Python, even if the user's folder has others of the same name. Which notebooks were open is
    kept in the working copy.
    """
    ours = dict(os.environ)
    for name in ("JUPYTER_CONFIG_PATH", "JUPYTER_PATH"):
        ours[name] = os.pathsep.join([str(_CONFIG), *filter(None, [os.environ.get(name)])])
    ours[_LAYOUTS] = str(_layouts(folder))
    ours.setdefault("JUPYTER_PREFER_ENV_PATH", "1")
    if is_started_by_hub():
        ours["JUPYTERHUB_DEFAULT_URL"] = ours.get("JUPYTERHUB_DEFAULT_URL") or _first_page(folder)
    return ours


def become(command: list[str], environment: dict[str, str]) -> None:
    """Let a command take our place, so that a signal reaches it; Windows would give the terminal back at once, so there we wait."""
    if os.name == "nt":
        sys.exit(subprocess.call(command, env=environment))
    os.execve(command[0], command, environment)


def find_running(folder: Path) -> str:
    """The address of a JupyterLab that runs on this folder already, with its key; empty when none does.

    What a crash left behind names a process and a port that may have other owners by now: one counts only if it listens at the other.
    Nobody is sent the key to find that out.
    """
    from jupyter_server.serverapp import list_running_servers

    here = os.path.realpath(folder)
    for server in list_running_servers():
        if os.path.realpath(server.get("root_dir", "")) == here and _listens(server):
            return f"{server['url']}lab?token={server['token']}" if server.get("token") else f"{server['url']}lab"
    return ""


def _listens(server: dict[str, Any]) -> bool:
    import psutil

    try:
        sockets = psutil.Process(server["pid"]).net_connections("tcp")
    except psutil.Error:  # gone since, or somebody else's
        return False
    return any(one.status == psutil.CONN_LISTEN and one.laddr.port == server["port"] for one in sockets)


def _first_page(folder: Path) -> str:
    if any(_layouts(folder).glob("default-*.jupyterlab-workspace")):
        return "/lab"
    first = min(path.name for path in folder.glob("[0-9][0-9]_*.ipynb"))
    return f"/lab/tree/{quote(first)}"


def _layouts(folder: Path) -> Path:
    return Path(os.environ.get(_LAYOUTS) or folder.resolve() / HIDDEN / "layouts")
