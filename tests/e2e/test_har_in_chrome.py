"""Chrome's network panel takes our HAR: read by the importer of its own developer tools."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness.adapters.har import export_har
from harness.domain.facts.traffic import Connection
from tests.adapters.chrome_devtools import DevTools, chrome
from tests.adapters.test_har import T, exchange, seen

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.timeout(120),
    pytest.mark.skipif(chrome() is None, reason="no Chrome or Chromium is installed"),
]

IMPORT = """
import('./models/har/har.js').then(har => {
  const root = new har.HARFormat.HARRoot(JSON.parse(%s));
  return JSON.stringify(har.Importer.Importer.requestsFromHARLog(root.log).map(request => ({
    url: request.url(), method: request.requestMethod, status: request.statusCode,
    type: request.mimeType, seconds: request.duration, begun: request.startTime,
    finished: request.finished, size: request.resourceSize, moved: request.transferSize,
    from: request.remoteAddress(), joined: request.connectionId,
  })));
})
"""
"""What the panel does with a file that is dropped on it."""


def test_times_failures_and_opaque_hosts_are_shown(tmp_path: Path) -> None:
    hang = exchange(flow="f2", status=None, head=None, ended=12.1, error="Client disconnected.")
    tunnel = Connection(
        "c2", opened=30.0, host="pinned.test", port=443, address="1.2.3.4:443",
        connect_done=30.1, closed=33.0, passed_through=True, bytes_up=500, bytes_down=4200,
    )  # fmt: skip
    cut = replace(exchange(flow="f3", path="/cut"), error="peer closed")
    refused = replace(tunnel, client="c3", passed_through=False, client_tls_error="unknown ca")
    file = tmp_path / "capture.har"
    count = export_har(
        [
            seen(exchange(), "exchange", 20.0),
            seen(hang, "exchange", 21.0),
            seen(cut, "exchange", 22.0),
            seen(tunnel, "connection", 34.0),
            seen(refused, "connection", 35.0),
        ],
        file,
    )

    shown = opened(file, tmp_path)

    assert len(shown) == count == 5
    rows = {(row["url"], row["status"]): row for row in shown}
    good = rows["https://api.test/login", 200]
    assert (good["method"], good["type"]) == ("POST", "application/json")
    assert (good["size"], good["moved"], good["joined"]) == (77, 77, "c1")
    assert (good["seconds"], good["begun"]) == (pytest.approx(0.6), pytest.approx(T - 10.0))
    hung = rows["https://api.test/login", 0]
    assert hung["seconds"] == pytest.approx(2.1)
    assert rows["https://api.test/cut", 0]["seconds"] == pytest.approx(0.6)
    for status in (0, 200):  # refused and passed through: both are entries of their own
        opaque = rows["https://pinned.test:443/", status]
        assert (opaque["method"], opaque["moved"], opaque["from"]) == (
            "CONNECT",
            4200,
            "1.2.3.4:443",
        )
        assert opaque["seconds"] == pytest.approx(3.0)
    assert all(row["finished"] for row in shown)


def opened(file: Path, folder: Path) -> list[dict[str, Any]]:
    """The rows of the panel."""
    with DevTools(str(chrome()), folder / "profile") as tools:
        return json.loads(tools.ask(IMPORT % json.dumps(file.read_text("utf-8"))))
