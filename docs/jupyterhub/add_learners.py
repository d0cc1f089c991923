"""Make an account of this machine for each learner code: `python3 add_learners.py codes.txt [GROUP] >> slips.txt`, as root, on Linux.

A code a line, in small letters, digits and hyphens, beginning with a letter. A slip is a line: the code, and a password made for
it. Whoever has an account already keeps it, with its password, and comes into the group, whose members the hub lets in.
"""

import os
import pwd
import secrets
import subprocess
import sys
from pathlib import Path

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is easily taken for another
LENGTH = 10
FIRST = 1000  # accounts below are the system's own


def add_learner(code: str, group: str) -> None:
    """Make the account, with a home that only its owner may enter and no login but the hub's, and print its slip; or make nothing."""
    run("useradd", "--create-home", "--key", "HOME_MODE=0700", "--shell", "/usr/sbin/nologin", "--groups", group, "--", code)
    try:
        password = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        run("chpasswd", given=f"{code}:{password}\n")
        print(code, password, flush=True)
    except BaseException:  # nobody would ever know its password
        run("userdel", "--remove", code)
        raise


def keep_learner(account: pwd.struct_passwd, group: str) -> None:
    """Put an account that is there into the group."""
    if account.pw_uid < FIRST:
        sys.exit(f"add_learners.py: {account.pw_name}: is an account of the system; choose another code")
    run("usermod", "--append", "--groups", group, account.pw_name)
    print(f"{account.pw_name} has an account already", file=sys.stderr)


def run(*command: str, given: str = "") -> None:
    """Run a command of the system; what it complains of is our last line."""
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"add_learners.py: {' '.join(done.stderr.split()) or f'{command[0]} failed'}")


def main(codes: str = "", group: str = "learners", *more: str) -> None:
    """Make what is missing, and print a slip for each new account."""
    if not codes or more:
        sys.exit("add_learners.py: write: python3 add_learners.py codes.txt [GROUP] >> slips.txt")
    if os.geteuid() != 0:
        sys.exit("add_learners.py: only root can make accounts")
    try:
        wanted = Path(codes).read_text(encoding="utf-8-sig").split()
        run("groupadd", "--force", group)
        there = {account.pw_name: account for account in pwd.getpwall()}
        for code in dict.fromkeys(wanted):
            if code in there:
                keep_learner(there[code], group)
            else:
                add_learner(code, group)
    except (OSError, ValueError) as error:
        sys.exit(f"add_learners.py: {error}")


if __name__ == "__main__":
    main(*sys.argv[1:])
