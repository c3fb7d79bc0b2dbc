"""What to do and what not to do, told apart: people read them as two lists. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_NOT_TO_DO = re.compile(r"(do not|don't|never|change nothing)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Advice:
    """Whole sentences."""

    do: tuple[str, ...] = ()
    do_not: tuple[str, ...] = ()


def told_apart(sentences: Iterable[str]) -> Advice:
    """A verdict's sentences by what they ask for. One that says two things, as those of older
    runs do ("Do not …; wait …"), becomes two."""
    clauses = [part for line in sentences for part in line.split("; ") if part.strip()]
    said = [_sentence(clause.strip()) for clause in clauses]
    return Advice(
        tuple(line for line in said if not _NOT_TO_DO.match(line)),
        tuple(line for line in said if _NOT_TO_DO.match(line)),
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")
