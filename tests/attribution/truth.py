"""One line of the table of truths."""

from __future__ import annotations

from typing import Any

type Truth = tuple[str, tuple[Any, ...], dict[str, Any], str, str]
"""What happened, the facts, changes of the script, and the due outcome and party."""
