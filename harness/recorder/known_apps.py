"""Reads answers of apps that are described, where nobody said which app is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from harness.domain.profile import AppProfile, Secrets
from harness.recorder.envelope import Answer, AnswerReader, Asked
from harness.recorder.host_roles import HostRoles
from harness.recorder.standard_refusal import standard_refusal
from harness.redaction.redactor import Redactor

TALKING = frozenset({"api", "passport", "captcha", "config", "im", "live"})
"""Roles of hosts whose answers mean something to their app; other hosts serve anybody."""


class KnownApps:
    """One reader for each profile; a host belongs to the first profile that knows it."""

    def __init__(self, profiles: Iterable[AppProfile], redactor: Redactor) -> None:
        self._redactor = redactor
        self._readers: list[tuple[HostRoles, AnswerReader]] = []
        for profile in profiles:
            roles = HostRoles(profile)
            self._readers.append((roles, AnswerReader(profile, roles, redactor)))
        self._of = lru_cache(maxsize=1024)(self._reader_of)

    def read(
        self, asked: Asked, document: object, headers: Mapping[str, str], status: int
    ) -> Answer:
        """As AnswerReader.read; of a host that no profile knows only a standard refusal."""
        reader = self._of(asked.host)
        if reader is not None:
            return reader.read(asked, document, headers, status)
        told = standard_refusal(document, self._redactor) if 200 <= status < 300 else None
        return Answer(told)

    def _reader_of(self, host: str) -> AnswerReader | None:
        for roles, reader in self._readers:
            if roles.role(host) in TALKING:
                return reader
        return None


def all_secrets(profiles: Iterable[AppProfile]) -> Secrets:
    """What any of the apps calls secret: it is not known whose traffic will come by."""
    listed = list(profiles)
    return Secrets(
        drop=tuple(dict.fromkeys(name for one in listed for name in one.secrets.drop)),
        pseudonym=tuple(dict.fromkeys(name for one in listed for name in one.secrets.pseudonym)),
    )
