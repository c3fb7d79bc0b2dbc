"""The words and pages of the tools that write HARs."""

from __future__ import annotations

from typing import Any

import pytest

from harness.adapters.har_tools import own_page, stated_error, translated


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("net::ERR_NAME_NOT_RESOLVED", "[Errno -2] Name or service not known"),
        ("NS_ERROR_CONNECTION_REFUSED", "[Errno 111] Connect call failed"),
        ("SEC_ERROR_EXPIRED_CERTIFICATE", "Certificate verify failed: certificate has expired"),
        ("net::ERR_ABORTED", "Client disconnected."),
        ("x" * 400, "x" * 300),
    ],
)
def test_names_of_browsers(text: str, ours: str) -> None:
    assert translated(text) == ours


@pytest.mark.parametrize(
    ("entry", "answer", "request_", "said"),
    [
        ({}, {"_error": "boom"}, {}, "boom"),
        ({"_netError": "boom"}, {}, {}, "boom"),
        ({}, {}, {"_errorMessage": "boom"}, "boom"),
        ({}, {"_charlesStatus": "FAILED", "_charlesErrorMessage": "boom"}, {}, "boom"),
        ({"_charlesStatus": "failed"}, {}, {}, "the call failed"),
        ({"_charlesStatus": "COMPLETE"}, {"_error": None}, {}, None),
    ],
)
def test_fields_of_their_own(
    entry: dict[str, Any], answer: dict[str, Any], request_: dict[str, Any], said: str | None
) -> None:
    assert stated_error(entry, answer, request_) == said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"text": "[Fiddler] DNS Lookup for x failed."}, "[Errno -2] Name or service not known"),
        ({"text": "[Fiddler] The connection to x failed."}, "[Errno 111] Connect call failed"),
        ({"text": "[Fiddler] The connection to x timed out"}, "[Errno 110] Connect call failed"),
        ({"text": "[Fiddler] odd"}, "the debugging proxy answered itself"),
        ({"text": "Charles Error Report: Connection reset"}, "server closed connection"),
        ({"text": "Charles Error Report"}, "the debugging proxy answered itself"),
        ({"text": "<html>nginx</html>"}, None),
        ({"size": 0}, None),
        (None, None),
    ],
)
def test_pages_of_their_own(content: object, said: str | None) -> None:
    assert own_page({"content": content}) == said
