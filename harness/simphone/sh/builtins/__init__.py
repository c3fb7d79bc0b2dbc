"""Commands that are part of the shell itself."""

from __future__ import annotations

from harness.simphone.sh.builtins import (
    flow,
    jobs,
    options,
    output,
    reading,
    testing,
    variables,
)
from harness.simphone.sh.simple import Builtin

BUILTINS: dict[str, Builtin] = {
    **flow.BUILTINS,
    **jobs.BUILTINS,
    **options.BUILTINS,
    **output.BUILTINS,
    **reading.BUILTINS,
    **testing.BUILTINS,
    **variables.BUILTINS,
}
KEEP_ASSIGNMENTS = frozenset({":", ".", "eval", "export", "set", "readonly", "trap", "unset"})
"""POSIX's special builtins: `A=1` before them stays set."""
