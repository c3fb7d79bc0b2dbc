"""Weights add up, the heaviest comes first, doubt halves and doubles."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from harness.attribution.rule import Match
from harness.attribution.weigh import MOST, MOST_ALONE, blend, lean, settled, sureness
from harness.domain.verdict import Candidate
from harness.domain.vocabulary import Party

PARTIES = st.sampled_from(list(Party))


@given(st.floats(0.01, 1.0), st.lists(PARTIES, max_size=4, unique=True))
def test_candidates_add_up_to_one(sure: float, rest: list[Party]) -> None:
    found = lean(Party.SERVER, sure, *[party for party in rest if party is not Party.SERVER])
    assert abs(sum(entry.weight for entry in found) - 1.0) < 1e-9
    weights = [entry.weight for entry in found]
    assert weights == sorted(weights, reverse=True)
    assert blend([found, found]) == found


@given(st.floats(0.0, 1.0), st.integers(0, 5), st.integers(0, 3))
def test_witnesses_never_make_it_certain(start: float, supports: int, contradicts: int) -> None:
    sure = sureness(start, supports, contradicts)
    assert 0.2 <= sure <= (MOST if supports else MOST_ALONE)
    assert sureness(start, supports + 1, contradicts) >= sure
    assert sureness(start, supports, contradicts + 1) <= sure


def test_no_party_is_named_where_none_outweighs() -> None:
    even = Match(lean(Party.SERVER, 0.5, Party.NETWORK), "s")
    near = Match(settled([Candidate(Party.SERVER, 0.62), Candidate(Party.CLIENT, 0.5)]), "s")
    nobody = Match(lean(Party.UNKNOWN, 1.0), "s")
    assert [m.party for m in (even, near, nobody)] == [Party.UNKNOWN] * 3
    assert nobody.confidence == 0.0
    assert Match(lean(Party.NONE, 1.0), "s").party is Party.NONE
