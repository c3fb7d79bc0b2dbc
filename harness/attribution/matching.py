"""What the profile says of a host and of a call: role, region, need, known texts."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from harness.attribution.wildcard import wildcard
from harness.domain.profile import AppProfile, CodeMeaning, HostRole, Need, TextMeaning

UNLISTED = "other"
"""Role of a host that the profile does not name."""

BACKGROUND_ROLES = frozenset(
    {"telemetry", "cdn", "config", "live", "im", "control", "web", "captcha", UNLISTED}
)
"""Hosts whose trouble is not the trouble of a step, unless the step needs them."""

FELT_ROLES = frozenset({"captcha", "cdn", "live", "im", "web"})
"""Background for a step that does not need it, and yet what a person sees or waits for."""

_KEPT = 20_000  # answers remembered; a capture of a crawler must not fill the memory


@dataclass(slots=True)
class _CompiledNeed:
    need: Need
    endpoints: list[tuple[Callable[[str], bool], str | None, tuple[str, ...]]]


@dataclass(slots=True)
class Matcher:
    """The profile, compiled once and asked often."""

    profile: AppProfile
    _hosts: list[tuple[Callable[[str], bool], HostRole]] = field(init=False)
    _needs: list[_CompiledNeed] = field(init=False)
    _texts: list[tuple[re.Pattern[str], TextMeaning]] | None = field(init=False, default=None)
    _roles: dict[str, HostRole] = field(init=False, default_factory=dict[str, HostRole])
    _calls: dict[tuple[str, str, str], Need | None] = field(
        init=False, default_factory=dict[tuple[str, str, str], Need | None]
    )

    def __post_init__(self) -> None:
        self._hosts = [(wildcard(entry.pattern.lower()), entry) for entry in self.profile.hosts]
        self._needs = [
            _CompiledNeed(
                need,
                [
                    (wildcard(point.path), point.method, point.host_roles)
                    for point in need.endpoints
                ],
            )
            for need in self.profile.needs.values()
        ]

    def _host(self, host: str) -> HostRole:
        found = self._roles.get(host)
        if found is None:
            lowered = host.lower().rstrip(".")
            listed = (entry for fits, entry in self._hosts if fits(lowered))
            found = next(listed, HostRole(pattern=host, role=UNLISTED))
            if len(self._roles) < _KEPT:
                self._roles[host] = found
        return found

    def role(self, host: str) -> str:
        """The host's role; UNLISTED for one that no pattern fits."""
        return self._host(host).role

    def region(self, host: str) -> str | None:
        """The region token of the host's name, or the one its pattern fixes."""
        fixed = self._host(host).region
        if fixed is not None or self.profile.region_pattern is None:
            return fixed
        found = re.search(self.profile.region_pattern, host)
        return found.group(1) if found else None

    def need(self, host: str, method: str, path: str) -> Need | None:
        """The first need of the profile that this call serves."""
        key = (host, method, path)
        if key in self._calls:
            return self._calls[key]
        role = self.role(host)
        found: Need | None = None
        for compiled in self._needs:
            if any(
                fits(path) and wanted in {None, method} and (not roles or role in roles)
                for fits, wanted, roles in compiled.endpoints
            ):
                found = compiled.need
                break
        if len(self._calls) < _KEPT:
            self._calls[key] = found
        return found

    def serves(self, need: Need, host: str, method: str, path: str) -> bool:
        """Whether the call serves exactly this need (several needs may share a call)."""
        role = self.role(host)
        compiled = next((entry for entry in self._needs if entry.need.name == need.name), None)
        return compiled is not None and any(
            fits(path) and wanted in {None, method} and (not roles or role in roles)
            for fits, wanted, roles in compiled.endpoints
        )

    def code(self, family: str, code: int | None) -> CodeMeaning | None:
        """The meaning of an app-level code, or None for one without a source."""
        for entry in self.profile.codes:
            if entry.family == family and entry.code == code:
                return entry
        return None

    def text(self, shown: str) -> TextMeaning | None:
        """The first known text that stands in `shown` (a message of the service or screen)."""
        if self._texts is None:  # most captures show none, and there are hundreds
            self._texts = [
                (re.compile(pattern, re.IGNORECASE), meaning)
                for meaning in self.profile.texts
                for patterns in meaning.patterns.values()
                for pattern in patterns
            ]
        for pattern, meaning in self._texts:
            if pattern.search(shown):
                return meaning
        return None

    def text_by_id(self, text_id: str) -> TextMeaning | None:
        """The known text of that id."""
        for meaning in self.profile.texts:
            if meaning.id == text_id:
                return meaning
        return None
