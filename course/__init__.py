"""What a teacher or CI runs: lessons, rosters, runs, packets, gradebook, validation, the ``course`` command."""

import sys

# nbformat imports jsonschema, which tries to import this for a check of web addresses that no notebook asks for. It builds a
# grammar when it is imported: 0.8 s of every command. Where it cannot be imported, jsonschema does without.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
