"""Signal names and numbers, as `kill -l` on Android has them."""

from __future__ import annotations

NUMBERS: dict[str, int] = {
    "EXIT": 0, "HUP": 1, "INT": 2, "QUIT": 3, "ILL": 4, "TRAP": 5, "ABRT": 6, "BUS": 7,
    "FPE": 8, "KILL": 9, "USR1": 10, "SEGV": 11, "USR2": 12, "PIPE": 13, "ALRM": 14,
    "TERM": 15, "CHLD": 17, "CONT": 18, "STOP": 19, "TSTP": 20, "TTIN": 21, "TTOU": 22,
    "URG": 23, "WINCH": 28, "IO": 29, "SYS": 31,
}  # fmt: skip
NAMES = {number: name for name, number in NUMBERS.items()}
HUP, INT, QUIT, KILL, PIPE, TERM, STOP = 1, 2, 3, 9, 13, 15, 19
HARMLESS = frozenset({0, 17, 18, 23, 28})
UNSTOPPABLE = frozenset({KILL, STOP})


def number_of(text: str) -> int | None:
    """The number of `TERM`, `SIGTERM`, `term` or `15`; None if there is no such signal."""
    if text.isdigit():
        return int(text) if int(text) < 65 else None
    return NUMBERS.get(text.upper().removeprefix("SIG"))
