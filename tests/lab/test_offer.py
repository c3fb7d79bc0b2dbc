"""How phones are offered and asked for."""

from __future__ import annotations

import pytest

from harness.lab.offer import Offer, offer_of, parse_where, wanted

PIXEL = Offer("shelf-1", "pixel", {"model": "Pixel 8", "api": "34", "lab": "berlin"})
OTHER = Offer("shelf-2", "pixel", {"api": "30", "lab": "berlin"})
TAGGED = Offer("shelf-3", "old", {"api": "30"}, ("wifi", "rack-2"), account="0ff1")
SIM = Offer("shelf-2", "sim", {"lab": "berlin"})


def test_an_offer_survives_the_scheduler() -> None:
    assert offer_of(PIXEL.resources) == PIXEL
    assert offer_of(TAGGED.resources) == TAGGED
    assert offer_of({}) is None
    assert offer_of({"GPU": 1.0}) is None
    assert offer_of({**PIXEL.resources, "phones": 0.0}) is None


@pytest.mark.parametrize(
    ("names", "where", "expected"),
    [
        ((), {}, [PIXEL, OTHER, SIM]),
        ((), {"api": "34"}, [PIXEL]),
        ((), {"host": "shelf-2", "phone": "sim"}, [SIM]),
        (("sim",), {}, [SIM]),
        (("shelf-2.pixel", "sim", "shelf-2.sim"), {}, [OTHER, SIM]),
        (("pixel",), {"api": "30"}, [OTHER]),
    ],
    ids=["all", "by a label", "by host", "by its name", "by its whole name", "by both"],
)
def test_who_is_chosen(
    names: tuple[str, ...], where: dict[str, str], expected: list[Offer]
) -> None:
    assert wanted([PIXEL, OTHER, SIM], names, where) == expected


def test_each_tag_is_a_label() -> None:
    assert [TAGGED.fits({"tag": tag}) for tag in ("wifi", "rack-2", "x")] == [True, True, False]


@pytest.mark.parametrize(
    ("name", "told"), [("pixel", "more than one phone is"), ("nexus", "no phone is")]
)
def test_a_name_that_does_not_tell_one_phone(name: str, told: str) -> None:
    with pytest.raises(ValueError, match=f"{told} called '{name}'.*offered: shelf-1.pixel, "):
        wanted([PIXEL, OTHER], [name], {})


def test_labels_are_written_with_an_equals_sign() -> None:
    assert parse_where(["api=34", "lab = x"]) == {"api": "34", "lab": "x"}
    for text in ("api", "=34", "api="):
        with pytest.raises(ValueError, match="--where"):
            parse_where([text])
