"""Users of a phone beside its owner."""

from __future__ import annotations

from dataclasses import dataclass

INITIALIZED, MANAGED, FULL, PROFILE = 0x10, 0x20, 0x400, 0x1000
TYPED_FROM = 30
"""API level from which `UserInfo` has FLAG_FULL and FLAG_PROFILE."""
KINDS = ("work", "second", "clone")
FIRST_ID = 10


@dataclass(frozen=True, slots=True)
class OtherUser:
    """`kind`: "work" (managed profile), "second" (a person), "clone" (second copies of apps)."""

    id: int
    name: str
    kind: str

    @property
    def running(self) -> bool:
        """Profiles run with their owner, another person's user only once switched to."""
        return self.kind != "second"

    def flags(self, api: int) -> int:
        """As `pm list users` prints them in hexadecimal (android.content.pm.UserInfo)."""
        typed = FULL if self.kind == "second" else PROFILE
        managed = MANAGED if self.kind == "work" else 0
        return INITIALIZED | managed | (typed if api >= TYPED_FROM else 0)


def make_users(kinds: tuple[str, ...], clone_id: int | None = None) -> tuple[OtherUser, ...]:
    """Users in the order asked for. `clone_id`: the maker's number for second copies of apps;
    None = the next free one, as the platform does. Raises ValueError for an unknown kind."""
    names = {"work": "Work profile", "second": "Second person", "clone": "Clone"}
    found: list[OtherUser] = []
    for kind in kinds:
        if kind not in KINDS:
            raise ValueError(f"user {kind!r} is not simulated; known: {', '.join(KINDS)}")
        free = next(n for n in range(FIRST_ID, 100) if all(n != user.id for user in found))
        number = clone_id if kind == "clone" and clone_id is not None else free
        if any(user.id == number for user in found):
            raise ValueError(f"this maker's phones have one user for clones, number {number}")
        found.append(OtherUser(number, names[kind], kind))
    return tuple(found)
