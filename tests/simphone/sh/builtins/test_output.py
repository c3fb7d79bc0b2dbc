from __future__ import annotations

import shlex

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.simphone.sh.bench import Bench

TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)


@pytest.mark.parametrize(
    ("script", "out", "rc"),
    [
        ("echo -n a", "a", 0),
        ("echo 'a\\tb'", "a\tb\n", 0),
        ("printf '%s:' a b", "a:b:", 0),
        ("printf -- '%d' x", "0", 1),
        ("printf", "", 1),
    ],
)
def test_output(bench: Bench, script: str, out: str, rc: int) -> None:
    result = bench.run(script)

    assert (result.out, result.rc) == (out, rc)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(TEXTS, max_size=4))
def test_quoted_words_arrive_as_they_are(bench: Bench, words: list[str]) -> None:
    result = bench.run("printf '%s\\1' " + " ".join(shlex.quote(w) for w in words))

    assert result.out == "".join(f"{word}\1" for word in words or [""])
