"""What was run, on what and with which tools, for manifest.json."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict
from importlib import metadata
from typing import TYPE_CHECKING, Any

from harness.domain.verdict import DeviceLabel, Verdict

if TYPE_CHECKING:  # run_end.py imports this file
    from harness.session.run_end import RunEnd

_TOOLS = ("Appium-Python-Client", "adbutils", "mitmproxy", "pytest", "allure-pytest")


def write_run_manifest(end: RunEnd) -> None:
    """Writes the manifest without its list of artefacts, which the reports add."""
    from harness.reporting.manifest import read_manifest, write_manifest

    known = [verdict.device for verdict in end.verdicts if verdict.device is not None]
    content = read_manifest(end.folder.path)
    content.pop("schema", None)
    content |= manifest_content(end, end.folder.id, end.incident, [*known, *end.labels])
    content["interception"] = end.interception
    write_manifest(end.folder.path, content)


def manifest_content(
    end: RunEnd, run_id: str, incident: str | None, devices: list[DeviceLabel]
) -> dict[str, Any]:
    """The manifest's fields as far as a run knows them."""
    labels = {device.name: device for device in devices}
    return {
        "run_id": run_id,
        "started": _iso(end.started),
        "ended": _iso(time.time()),
        "incident": incident,
        "simulated": any(device.simulated for device in labels.values()),
        "devices": [
            {"name": d.name, "serial": d.serial, "model": d.model, "api": d.api}
            | {"simulated": d.simulated}
            for d in labels.values()
        ],
        "apps": builds_of(end.verdicts),
        "scenarios": sorted({verdict.scenario or "" for verdict in end.verdicts}),
        "tools": tool_versions(),
        "problems": [*end.unsuitable, *end.problems],
    }


def builds_of(verdicts: Sequence[Verdict]) -> list[dict[str, Any]]:
    """Which build each phone's results are for; two rows where a store updated it meanwhile."""
    rows = [
        {"device": verdict.device.name, **asdict(verdict.app)}
        for verdict in verdicts
        if verdict.device is not None and verdict.app is not None
    ]
    return [row for index, row in enumerate(rows) if row not in rows[:index]]


def tool_versions() -> dict[str, str]:
    """Versions of the Python packages that did the work."""
    found: dict[str, str] = {}
    for name in _TOOLS:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def _iso(moment: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment))
