"""What a teacher or a CI runs: lessons, runs, packets, validation, the ``course`` command."""
