"""The table itself: wide, without doubles, with a truth that the contract knows."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.faultlab.fault import OUTCOMES, PARTIES, Fault
from tests.faultlab.faults import FAULTS, named
from tests.faultlab.world import DEAD_NAME

# The contract's table: which outcomes a truth may have.
POSSIBLE = {
    "none": {"passed"},
    "server": {"failed", "blocked"},
    "client": {"failed"},
    "network": {"failed"},
    "device": {"failed"},
    "account": {"failed", "blocked"},
    "harness": {"inconclusive"},
}


def test_names_are_unique() -> None:
    assert [name for name, count in Counter(f.name for f in FAULTS).items() if count > 1] == []


def test_the_table_is_wide_enough() -> None:
    assert len(FAULTS) >= 110
    assert {fault.party for fault in FAULTS} == set(PARTIES)
    assert {fault.outcome for fault in FAULTS} == set(OUTCOMES)
    assert {fault.visibility for fault in FAULTS} == {"open", "opaque"}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_truth_fits_the_contract(fault: Fault) -> None:
    assert fault.outcome in POSSIBLE[fault.party]
    assert fault.breaks
    assert fault.hosts
    assert fault.profile in {None, "tiktok", "plain"}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_hosts_are_invented_or_only_resolved_here(fault: Fault) -> None:
    names = [host.name for host in fault.hosts]

    assert len(set(names)) == len(names)
    assert DEAD_NAME not in names


def test_about_a_third_is_held_out_of_every_large_truth() -> None:
    for party, count in Counter(fault.party for fault in FAULTS).items():
        held_out = sum(fault.held_out for fault in FAULTS if fault.party == party)
        if count >= 20:
            assert 0.15 < held_out / count < 0.55, party
    assert 0.25 < sum(fault.held_out for fault in FAULTS) / len(FAULTS) < 0.45


def test_a_row_is_found_by_its_name() -> None:
    assert named("ok_get").party == "none"
    with pytest.raises(KeyError):
        named("imaginary")
