"""The users of a phone as Android prints them."""

from __future__ import annotations

from dataclasses import dataclass

from harness.simphone.contracts import PhoneSpec
from harness.simphone.contracts.users import FULL, INITIALIZED, MANAGED, TYPED_FROM

PRIMARY, ADMIN, SYSTEM, MAIN = 0x1, 0x2, 0x800, 0x4000
MAIN_FROM = 34
"""API level from which `UserInfo` has FLAG_MAIN."""


@dataclass(frozen=True, slots=True)
class UserInfo:
    """android.content.pm.UserInfo."""

    id: int
    name: str
    flags: int
    running: bool

    @property
    def managed(self) -> bool:
        """A work profile."""
        return bool(self.flags & MANAGED)

    def __str__(self) -> str:
        return f"UserInfo{{{self.id}:{self.name}:{self.flags:x}}}"


def users_of(spec: PhoneSpec) -> list[UserInfo]:
    """The owner first."""
    flags = PRIMARY | ADMIN | INITIALIZED
    if spec.api >= TYPED_FROM:
        flags |= FULL | SYSTEM
    if spec.api >= MAIN_FROM:
        flags |= MAIN
    others = [UserInfo(u.id, u.name, u.flags(spec.api), u.running) for u in spec.users]
    return [UserInfo(0, "Owner", flags, running=True), *others]
