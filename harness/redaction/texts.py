"""Takes out of free text what looks like a token, an e-mail address or a phone number."""

from __future__ import annotations

import re

from harness.redaction.pseudonym import Pseudonyms

DROPPED = "<dropped>"

_JWT = re.compile(r"\beyJ[\w-]{8,}\.[\w-]{4,}\.[\w-]*")
_BEARER = re.compile(r"\b(bearer|basic|digest)\s+[\w+/=.~-]{6,}", re.IGNORECASE)
_ASSIGNED = re.compile(
    r"\b(pass(?:word|wd|phrase)?|pwd|token|secret|session(?:id|_id|_key)?|authorization)"
    r"(\"?\s*[=:]\s*\"?)([^\s\"'&,;}<]{3,})",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_HEX = re.compile(r"(?<![\w~])(?=[0-9a-fA-F]*\d)[0-9a-fA-F]{32,}(?!\w)")
_BASE64 = re.compile(r"(?<![\w~/+-])(?=[\w+/-]*\d)(?=[\w+/-]*[A-Z])[A-Za-z0-9+/_-]{40,}={0,2}")
_PHONE = re.compile(
    r"(?<![\w.~:/+-])(?:\+\d[\d ().-]{6,17}\d|\(?0\d{2,5}\)?[ /-]\d[\d -]{4,10}\d"
    r"|(?!(?:19|20)\d\d)\d{10,12})(?![\w.:])"
)
_SUSPECT = re.compile(
    r"\d{8}|@|[\w+/-]{32}|eyJ|passw|passp|pwd|token|secret|session|authoriz|bearer|basic|digest"
    r"|\d\)?[ ()./-]{1,2}\(?\d",
    re.IGNORECASE,
)
"""One quick look: most texts hold nothing that the patterns below could find."""
_DIGIT = re.compile(r"\d")
_LONG_NUMBER = re.compile(r"(?<![\w.~])\d{15,}(?!\w|\.\d)")


def free_text(text: str, pseudonyms: Pseudonyms) -> str:
    """The text without secrets; identifiers become tags. Dates, versions and counts stay."""
    if len(text) < 6 or not _SUSPECT.search(text):
        return text
    if "eyJ" in text:
        text = _JWT.sub(DROPPED, text)
    text = _BEARER.sub(lambda found: f"{found[1]} {DROPPED}", text)
    text = _ASSIGNED.sub(_assigned, text)
    if "@" in text:
        text = _EMAIL.sub(lambda found: pseudonyms.tag(found[0].lower()), text)
    if not _DIGIT.search(text):
        return text  # all of what follows has at least one
    text = _HEX.sub(lambda found: pseudonyms.tag(found[0]), text)
    text = _BASE64.sub(lambda found: pseudonyms.tag(found[0]), text)
    text = _LONG_NUMBER.sub(lambda found: pseudonyms.tag(found[0]), text)
    return _PHONE.sub(lambda found: pseudonyms.tag(re.sub(r"\D", "", found[0])), text)


def _assigned(found: re.Match[str]) -> str:
    return found[0] if found[3] == DROPPED else f"{found[1]}{found[2]}{DROPPED}"
