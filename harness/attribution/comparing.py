"""One value in three places: shown on the screen, said by the service, known before."""

import re
from collections.abc import Mapping, Sequence

from harness.attribution.answer import empty_value
from harness.domain.facts.screen import ScreenValue
from harness.domain.facts.traffic import Exchange
from harness.domain.profile import Need

ROUNDING = 0.1
"""Share by which a shortened number may be off where its text does not tell its precision."""

_MANTISSA = re.compile(r"(\d+)(?:[.,](\d+))?")


def fits(shown: ScreenValue, exact: int) -> bool:
    """Whether a number on the screen can stand for `exact`: "3.8M" fits 3 812 345, because
    it differs by less than one of its last digit. A partial count may be smaller."""
    if not isinstance(shown.value, int):
        return False
    if shown.partial:
        return (shown.value > 0) == (exact > 0) and shown.value <= exact
    if not shown.approximate:
        return shown.value == exact
    return abs(shown.value - exact) < _step(shown.text, shown.value)


def _step(text: str, value: int) -> float:
    """What one of the last shown digit is worth."""
    found = _MANTISSA.search(text)
    if found is None or not float(f"{found[1]}.{found[2] or 0}"):
        return ROUNDING * max(abs(value), 1)
    decimals = found[2] or ""
    return value / float(f"{found[1]}.{decimals or 0}") / 10 ** len(decimals)


def differs(shown: ScreenValue, said: int | str) -> bool:
    """The screen shows something else than was said; what was not read differs from nothing."""
    if shown.value is None:
        return False
    if isinstance(said, int) and isinstance(shown.value, int):
        return not fits(shown, said)
    return str(shown.value).lstrip("@").casefold() != str(said).lstrip("@").casefold()


def disagreements(
    shown: Sequence[ScreenValue],
    said: Mapping[str, Exchange],
    known: Mapping[str, int],
    needs: Sequence[Need],
) -> list[str]:
    """What does not fit together, in sentences; [] when all three agree as far as they are seen.

    `said`: the last good answer by need; `known`: numbers known before the app asked.
    """
    return list(
        dict.fromkeys(
            [
                *(text for value in shown for text in _against_said(value, said, needs)),
                *(text for value in shown for text in _against_known(value, known, needs)),
                *_against_itself(said, needs),
            ]
        )
    )


def _against_said(
    value: ScreenValue, said: Mapping[str, Exchange], needs: Sequence[Need]
) -> list[str]:
    found: list[str] = []
    for need in needs:
        answer = said.get(need.name)
        told = answer.values.get(value.name) if answer is not None else None
        if told is not None and differs(value, told):
            found.append(
                f"{need.label} said {told} for {value.name}, the screen shows {value.text!r}"
            )
    return found


def _against_known(
    value: ScreenValue, known: Mapping[str, int], needs: Sequence[Need]
) -> list[str]:
    """A number that cannot drop to 0, and a name that cannot be blank."""
    if any(value.name in need.nonempty for need in needs) and value.value in ("", "@", 0):
        return [f"the screen shows nothing for {value.name}"]
    if value.value != 0:
        return []
    for need in needs:
        twin = need.same_as.get(value.name, "").rpartition(".")[2]
        before = known.get(value.name) or known.get(twin) or 0
        if value.name in need.values and (value.name in need.positive or twin) and before > 0:
            return [f"the screen shows 0 for {value.name}, though it was {before} before"]
    return []


def _against_itself(said: Mapping[str, Exchange], needs: Sequence[Need]) -> list[str]:
    found: list[str] = []
    for need in needs:
        answer = said.get(need.name)
        name = empty_value(answer, need) if answer is not None else None
        if name is not None:
            found.append(f"{need.label} says 0 or nothing for {name}, against its other values")
    return found
