"""``python -m course`` is the ``course`` command."""

from .cli import main

main()
