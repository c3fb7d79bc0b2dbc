"""The whole table: every fault of the lab, each once."""

from __future__ import annotations

from dataclasses import replace

from tests.faultlab.fault import Fault
from tests.faultlab.rows import (
    app,
    fifth_answers,
    fifth_asked,
    fifth_content,
    fifth_gates,
    fifth_hands,
    fifth_ourselves,
    fifth_paths,
    fifth_phone,
    fifth_screens,
    fifth_shown,
    fifth_sound,
    fifth_wire,
    fifth_words,
    fourth_practice,
    healthy,
    machinery,
    mixed,
    network,
    origin_tls,
    second_answers,
    second_sides,
    second_wire,
    silence,
    sixth_answers,
    sixth_ends,
    sixth_envelopes,
    sixth_network,
    sixth_odd,
    sixth_opaque,
    sixth_own,
    sixth_phone,
    sixth_reach,
    sixth_streams,
    sixth_told,
    sixth_unseen,
    status,
    third_answers,
    third_sides,
    third_wire,
    tiktok,
    trust,
)

_SECOND = (*second_answers.ROWS, *second_wire.ROWS, *second_sides.ROWS)
_THIRD = (*third_answers.ROWS, *third_wire.ROWS, *third_sides.ROWS)
_FIFTH = (
    *fifth_answers.ROWS,
    *fifth_asked.ROWS,
    *fifth_content.ROWS,
    *fifth_gates.ROWS,
    *fifth_hands.ROWS,
    *fifth_ourselves.ROWS,
    *fifth_paths.ROWS,
    *fifth_phone.ROWS,
    *fifth_screens.ROWS,
    *fifth_shown.ROWS,
    *fifth_sound.ROWS,
    *fifth_wire.ROWS,
    *fifth_words.ROWS,
)
_SIXTH = (
    *sixth_answers.ROWS,
    *sixth_ends.ROWS,
    *sixth_envelopes.ROWS,
    *sixth_network.ROWS,
    *sixth_odd.ROWS,
    *sixth_opaque.ROWS,
    *sixth_own.ROWS,
    *sixth_phone.ROWS,
    *sixth_reach.ROWS,
    *sixth_streams.ROWS,
    *sixth_told.ROWS,
    *sixth_unseen.ROWS,
)

FAULTS: tuple[Fault, ...] = (
    *healthy.ROWS,
    *status.ROWS,
    *silence.ROWS,
    *origin_tls.ROWS,
    *network.ROWS,
    *app.ROWS,
    *trust.ROWS,
    *machinery.ROWS,
    *tiktok.ROWS,
    *mixed.ROWS,
    *(replace(row, draw=2) for row in _SECOND),
    *(replace(row, draw=3) for row in _THIRD),
    *(replace(row, draw=4) for row in fourth_practice.ROWS),
    *(replace(row, draw=5) for row in _FIFTH),
    *(replace(row, draw=6) for row in _SIXTH),
)


def named(name: str) -> Fault:
    """Raises KeyError for a name that is not in the table."""
    return {fault.name: fault for fault in FAULTS}[name]
