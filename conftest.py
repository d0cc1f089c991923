"""Loaded by any pytest started on this repository, so that plain ``pytest --nbval notebooks`` compares as we do."""

pytest_plugins = ["course.nbval_types"]
