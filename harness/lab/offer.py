"""A phone that a host offers, and how the scheduler knows it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

ANY_NAMED = "named"
"""Label that a job for one phone asks for."""

ANY = "phones"
"""Resource that every offered phone has once: one job at a time on a phone."""


OWN_LABELS = frozenset({"host", "phone", ANY_NAMED, ANY, "model", "api", "tag", "account"})
"""What the lab itself says of a phone."""


@dataclass(frozen=True, slots=True)
class Offer:
    """`labels` such as {"model": "Pixel 8", "api": "34", "lab": "berlin"}."""

    host: str
    phone: str  # name in the host's devices.yaml
    labels: Mapping[str, str] = field(default_factory=dict[str, str])
    tags: tuple[str, ...] = ()  # of its entry; each is a label tag=…
    account: str = ""  # key of its account in the ledgers; "" where it brings its own

    @property
    def name(self) -> str:
        """ "shelf-1.pixel": the phone's name in the whole lab, and in its reports."""
        return f"{self.host}.{self.phone}"

    @property
    def resources(self) -> dict[str, float]:
        """For the scheduler: what a job may ask for."""
        own = {**self.labels, "host": self.host, "phone": self.phone, ANY_NAMED: self.name}
        own |= {"account": self.account} if self.account else {}
        rows = [*own.items(), *(("tag", tag) for tag in self.tags)]
        return {ANY: 1.0} | {f"{key}:{value}": 1.0 for key, value in rows}

    def fits(self, where: Mapping[str, str]) -> bool:
        """It has all these labels; `host` and `phone` count as such."""
        own = {**self.labels, "host": self.host, "phone": self.phone}
        return all(
            value in self.tags if key == "tag" else own.get(key) == value
            for key, value in where.items()
        )


def offer_of(resources: Mapping[str, float]) -> Offer | None:
    """The offer behind a worker's resources; None for a worker that is no phone of ours."""
    if resources.get(ANY, 0) <= 0:
        return None
    rows = [row.partition(":") for row, amount in resources.items() if amount > 0 and ":" in row]
    labels = {key: value for key, _, value in rows if key != "tag"}
    tags = tuple(value for key, _, value in rows if key == "tag")
    host, phone = labels.pop("host", ""), labels.pop("phone", "")
    labels.pop(ANY_NAMED, None)
    account = labels.pop("account", "")
    return Offer(host, phone, labels, tags, account) if host and phone else None


def parse_where(texts: Sequence[str]) -> dict[str, str]:
    """["api=34"] → {"api": "34"}. Raises ValueError."""
    where: dict[str, str] = {}
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals or not key or not value:
            raise ValueError(f"--where {text}: write a label and its value, such as api=34")
        where[key.strip()] = value.strip()
    return where


def wanted(offers: Sequence[Offer], names: Sequence[str], where: Mapping[str, str]) -> list[Offer]:
    """The phones asked for: by "host.phone", by "phone" where only one host has it, or all.

    Raises ValueError naming what is offered.
    """
    fitting = [offer for offer in offers if offer.fits(where)]
    if not names:
        return fitting
    chosen: list[Offer] = []
    for name in names:
        found = [one for one in fitting if name in (one.name, one.phone)]
        if len(found) != 1:
            there = ", ".join(sorted(one.name for one in offers)) or "none"
            what = "no phone is" if not found else "more than one phone is"
            raise ValueError(f"{what} called {name!r} in the lab; offered: {there}")
        chosen += found
    return list({one.name: one for one in chosen}.values())
