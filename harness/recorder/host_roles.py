"""Which role of the app profile a host plays; a host without one belongs to others."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import lru_cache

from harness.domain.profile import AppProfile


class HostRoles:
    """Looks hosts up by the profile's patterns; the first that matches wins."""

    def __init__(self, profile: AppProfile | None, wanted: Iterable[str] = ()) -> None:
        """`wanted`: hosts that were named for this capture and are never foreign."""
        self._wanted = frozenset(host.lower() for host in wanted)
        self.known = profile is not None
        self._patterns = (
            tuple((item.pattern.lower(), item.role) for item in profile.hosts) if profile else ()
        )
        self.role = lru_cache(maxsize=1024)(self._role)

    def _role(self, host: str) -> str | None:
        name = host.lower().rstrip(".")
        for pattern, role in self._patterns:
            if fnmatchcase(name, pattern):
                return role
        return None

    def foreign(self, host: str) -> bool:
        """True where a profile is known and the host is none of the app's."""
        return self.known and host.lower() not in self._wanted and self.role(host) is None
