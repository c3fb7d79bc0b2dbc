"""Addresses of the simulated internet."""

from harness.simphone.network.addresses import AddressBook, is_address


def test_each_name_has_one_and_is_found_by_it() -> None:
    book = AddressBook()
    first, second = book.address_of("a.test"), book.address_of("b.test")
    assert (first, second, book.address_of("a.test")) == ("198.18.0.1", "198.18.0.2", first)
    assert [book.name_of(host) for host in (second, "10.0.0.1", "c.test")] == [
        "b.test", "10.0.0.1", "c.test",
    ]  # fmt: skip


def test_what_an_address_is() -> None:
    assert is_address("198.18.0.1")
    assert not is_address("a.test")
