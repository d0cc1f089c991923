"""JupyterHub on one machine for one class: every learner has an account of the machine, and a working copy and answers of their own.

Start it as root, in a folder that only root may enter, with `jupyterhub --config jupyterhub_config.py`. See docs/ways-in.md.
"""

import os
import pwd
import sys
from pathlib import Path

c = get_config()  # noqa: F821 # pyright: ignore[reportUndefinedVariable] - JupyterHub provides it

# What the hub and the learners' servers write is for its owner alone: the hub's database and keys, working copies, answers.
os.umask(0o077)

# Reachable from this machine only. Before a class comes in from elsewhere, give it a certificate: passwords pass here.
c.JupyterHub.bind_url = "http://127.0.0.1:8000"
# c.JupyterHub.bind_url = "https://0.0.0.0:443"
# c.JupyterHub.ssl_cert = "/etc/ssl/hub.pem"
# c.JupyterHub.ssl_key = "/etc/ssl/hub.key"

# Who may come in: accounts of this machine that are in this group (see add_learners.py), with their passwords.
c.JupyterHub.authenticator_class = "pam"
c.LocalAuthenticator.allowed_groups = {"learners"}

# Each learner's server is a process of that learner's account, on that learner's working copy, my-course in their home.
c.JupyterHub.spawner_class = "jupyterhub.spawner.LocalProcessSpawner"
# With -P, no program is taken from that home, where a folder may be called like one of ours.
c.Spawner.cmd = [sys.executable, "-P", "-m", "course", "lab"]


def close_home(spawner):
    """Let nobody else into the learner's home, which many systems make for all to enter."""
    Path(pwd.getpwnam(spawner.user.name).pw_dir).chmod(0o700)


c.Spawner.pre_spawn_hook = close_home
# Kernels are spoken to through files in the learner's home. Through ports, as is usual, any account could listen to what they put out.
c.Spawner.args = ["--KernelManager.transport=ipc"]
# Where those files lie; the path of such a file may have 107 characters at most, and the usual folder's name is long.
c.Spawner.environment = {"JUPYTER_RUNTIME_DIR": lambda spawner: f"{pwd.getpwnam(spawner.user.name).pw_dir}/.hub"}
# Settings in a learner's home could change the server that others' browsers trust.
c.Spawner.disable_user_config = True
# Thirty servers that start at once on a small machine take their time.
c.Spawner.start_timeout = 180
c.Spawner.http_timeout = 180
