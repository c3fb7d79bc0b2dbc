"""Names behind addresses."""

from __future__ import annotations

from harness.recorder import name_book
from harness.recorder.name_book import NameBook


def test_made_up_addresses_stay_and_lead_back() -> None:
    book = NameBook()
    assert [book.address_for(name) for name in ("A.test", "b.test", "a.test")] == [
        "198.19.0.1", "198.19.0.2", "198.19.0.1",
    ]  # fmt: skip
    assert book.name_of("198.19.0.2") == "b.test"
    assert book.name_of("10.0.0.1") == "10.0.0.1"


def test_the_last_answer_counts_and_the_oldest_is_forgotten() -> None:
    book = NameBook()
    book.learn("10.0.0.1", "Old.test.")
    book.learn("10.0.0.1", "new.test.")
    assert book.name_of("10.0.0.1") == "new.test"
    for number in range(name_book.MOST):
        book.learn(f"10.1.{number // 256}.{number % 256}", "x.test")
    assert book.name_of("10.0.0.1") == "10.0.0.1"
