"""Python imports this at its start when its folder is on PYTHONPATH: connections beyond this machine are refused and noted.

``course validate`` starts the compared run so. An audit hook cannot be taken out again, and sees every way to a socket.
The file that ``COURSE_OUTSIDE`` names gets a line for each address asked for; without that variable nothing happens.
"""

import os
import sys
from typing import Any

_LOG = os.environ.get("COURSE_OUTSIDE", "")
_NAMES = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyname_ex", "socket.gethostbyaddr")


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _NAMES:
        host = arguments[0]
    elif event in ("socket.connect", "socket.sendto", "socket.sendmsg") and isinstance(arguments[1], tuple):
        host = arguments[1][0]  # a text or bytes instead of a tuple is a socket of this machine
    else:
        return
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "localhost")
    if not _is_here(name):
        with open(_LOG, "a", encoding="utf-8") as file:  # noqa: PTH123 - pathlib is not loaded this early
            file.write(f"{name}\n")
        raise ConnectionRefusedError(f"the network is blocked while lessons are compared: {name}")


def _is_here(name: str) -> bool:
    """Whether a name or address is this machine's."""
    import ipaddress
    import socket

    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return name.lower() in ("localhost", socket.gethostname().lower())
    address = getattr(address, "ipv4_mapped", None) or address
    return address.is_loopback or address.is_unspecified


if _LOG:
    sys.addaudithook(_refuse)
