"""Writes mitmproxy dumps for tests. Its import warns of pyparsing's old names; not ours to mend."""

from __future__ import annotations

import warnings
from pathlib import Path

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from mitmproxy import flow as mitm_flow
    from mitmproxy import http
    from mitmproxy.io import FlowWriter
    from mitmproxy.test import tflow


def dump(path: Path, *flows: mitm_flow.Flow) -> Path:
    """A file with these flows."""
    with path.open("wb") as target:
        writer = FlowWriter(target)
        for one in flows:
            writer.add(one)
    return path


def answered(status: int = 200) -> http.HTTPFlow:
    """An HTTP flow with that answer."""
    made = tflow.tflow(resp=True)
    assert made.response is not None
    made.response.status_code = status
    return made
