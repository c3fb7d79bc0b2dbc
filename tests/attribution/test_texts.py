"""Every sentence of advice says one thing: what to do, or what not to do."""

import pytest

from harness.attribution.texts import advice_for, undecided
from harness.domain.advice import told_apart
from harness.domain.vocabulary import Outcome, Party

MEANINGS = (None, "captcha", "rate_limited", "too_many_attempts", "wrong_password")


@pytest.mark.parametrize("meaning", MEANINGS)
@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("party", Party)
def test_a_sentence_is_of_one_kind(party: Party, outcome: Outcome, meaning: str | None) -> None:
    sentences = advice_for(party, outcome, meaning)
    said = told_apart(sentences)

    assert sorted((*said.do, *said.do_not)) == sorted(sentences)
    assert [line for line in said.do if "not " in line.partition(":")[0].lower()] == []
    assert all(line.startswith("Do not ") for line in said.do_not)


@pytest.mark.parametrize("party", [party for party in Party if party is not Party.NONE])
def test_whoever_is_at_fault_both_lists_have_something(party: Party) -> None:
    said = told_apart(advice_for(party, Outcome.FAILED))

    assert said.do
    assert said.do_not


def test_a_verdict_that_names_nobody_names_who_it_could_be() -> None:
    said = undecided("It hung.", [Party.SERVER, Party.NETWORK, Party.CLIENT])

    assert said.startswith("It hung. Whether the service, the network or the app is answerable")
    assert "Whether the app is" in undecided("It hung.", [Party.CLIENT])
