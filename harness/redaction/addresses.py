"""URLs: identifiers out of the path, values out of the query."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

from harness.redaction.names import Names, Treatment
from harness.redaction.pseudonym import TAG, Pseudonyms
from harness.redaction.texts import DROPPED

_ID = re.compile(
    r"\d{6,}"
    r"|[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
    r"|(?=[0-9a-fA-F]*\d)[0-9a-fA-F]{16,}"
    r"|(?=[\w=+-]*\d)(?=[\w=+-]*[A-Z])[\w=+-]{20,}"
    r"|\+?\d[\d-]{7,}"
    r"|.*@.+"
)
LONGEST_REPEATED = 256
"""Characters; what is longer is not remembered."""
_SHORTEST_SCAN = 6
_LONGEST_KIND = 5  # of a file name's ending


def redact_path(path: str, pseudonyms: Pseudonyms) -> str:
    """The path without query and fragment; segments that are identifiers become tags."""
    bare = re.split(r"[?#]", path, maxsplit=1)[0]
    return "/".join(
        [
            _segment(part, pseudonyms)
            if len(part) <= LONGEST_REPEATED
            else _clean_segment(part, pseudonyms)
            for part in bare.split("/")
        ]
    )


def _clean_segment(part: str, pseudonyms: Pseudonyms) -> str:
    plain = unquote(part.partition(";")[0])
    if TAG.fullmatch(plain) or (len(plain) < _SHORTEST_SCAN and "@" not in plain):
        return part.partition(";")[0]
    if _ID.fullmatch(plain):
        return pseudonyms.tag(plain)
    stem, dot, kind = plain.rpartition(".")
    if kind.isalnum() and len(kind) <= _LONGEST_KIND and _ID.fullmatch(stem):
        return f"{pseudonyms.tag(stem)}{dot}{kind}"
    return part.partition(";")[0]


_segment = lru_cache(maxsize=1024)(_clean_segment)


def redact_pairs(text: str, names: Names, pseudonyms: Pseudonyms) -> str:
    """A query or a form: names and order kept, values dropped or, for identifiers, tagged."""
    if not text:
        return ""
    return "&".join(
        [
            _pair(pair, names, pseudonyms)
            if len(pair) <= LONGEST_REPEATED
            else _clean_pair(pair, names, pseudonyms)
            for pair in text.split("&")
        ]
    )


def _clean_pair(pair: str, names: Names, pseudonyms: Pseudonyms) -> str:
    name, equals, value = pair.partition("=")
    if not equals:
        # A bare value may be an identifier in disguise.
        return name if re.fullmatch(r"[a-zA-Z_.-]{0,32}", name) else DROPPED
    if not value:
        return pair
    if names.treatment(unquote(name)) is Treatment.PSEUDONYM:
        return f"{name}={pseudonyms.tag(unquote(value.replace('+', ' ')))}"
    return f"{name}={DROPPED}"


_pair = lru_cache(maxsize=1024)(_clean_pair)
"""Remembered: an app sends the same two dozen parameters with each request."""


def redact_url(url: str, names: Names, pseudonyms: Pseudonyms) -> str:
    """A whole URL or a path with query; user and password before the host are removed."""
    bare, _, _ = url.partition("#")
    where, mark, query = bare.partition("?")
    scheme, slashes, rest = where.partition("://")
    if slashes:
        authority, slash, path = rest.partition("/")
        host = authority.rpartition("@")[2]
        where = f"{scheme}://{host}{slash}{redact_path(path, pseudonyms)}"
    else:
        where = redact_path(where, pseudonyms)
    return where + mark + redact_pairs(query, names, pseudonyms)
