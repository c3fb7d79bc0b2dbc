"""All of the redaction with the names, key and known secrets of one run."""

from __future__ import annotations

from collections.abc import Iterable

from harness.domain.profile import Secrets
from harness.redaction.addresses import redact_path, redact_url
from harness.redaction.bodies import redact_body
from harness.redaction.documents import redact_json
from harness.redaction.headers import redact_headers
from harness.redaction.known import redact_texts
from harness.redaction.names import Names, Treatment
from harness.redaction.pseudonym import Pseudonyms
from harness.redaction.texts import DROPPED, free_text


class Redactor:
    """What every instrument asks before it writes something down."""

    def __init__(
        self, key: bytes, *, secrets: Secrets | None = None, known: Iterable[str] = ()
    ) -> None:
        """`key`: the run's key, at least 16 bytes. `known`: secret values of this run
        (password, user name), removed wherever and however they appear."""
        self.names = Names(secrets)
        self.pseudonyms = Pseudonyms(key)
        self._known = tuple(value for value in known if value)

    def tag(self, value: str) -> str:
        """The pseudonym of an identifier."""
        return self.pseudonyms.tag(value)

    def text(self, text: str) -> str:
        """Free text: log lines, messages, exception texts, page sources."""
        return free_text(self.known(text), self.pseudonyms)

    def known(self, text: str) -> str:
        """Only the known secret values are taken out."""
        return redact_texts(text, self._known) if self._known else text

    def path(self, path: str) -> str:
        """A URL's path, without its query."""
        return redact_path(self.known(path), self.pseudonyms)

    def url(self, url: str) -> str:
        """A URL or a path with its query: names kept, values taken out."""
        return redact_url(self.known(url), self.names, self.pseudonyms)

    def headers(self, fields: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """Headers in the same order and number."""
        clean = redact_headers(fields, self.names, self.pseudonyms)
        return [(name, self.known(value)) for name, value in clean]

    def body(self, data: bytes, content_type: str) -> bytes:
        """A decoded body; binary ones by size and keyed hash."""
        clean = redact_body(data, content_type, self.names, self.pseudonyms)
        if not self._known:
            return clean
        return self.known(clean.decode("utf-8", "replace")).encode()

    def document(self, value: object) -> object:
        """A JSON value."""
        return redact_json(value, self.names, self.pseudonyms)

    def value(self, name: str, value: int | str | None) -> int | str | None:
        """One named value that the profile asks for."""
        if isinstance(value, str) and value:
            treatment = self.names.treatment(name)
            if treatment is Treatment.DROP:
                return DROPPED
            if treatment is Treatment.PSEUDONYM:
                return self.tag(value)
            return self.text(value)
        return value
