"""What was run, on what and with which tools, for manifest.json."""

from __future__ import annotations

import time
from importlib import metadata
from typing import TYPE_CHECKING

from harness.domain.verdict import DeviceLabel

if TYPE_CHECKING:  # run.py imports this file
    from harness.session.run import Run

_TOOLS = ("Appium-Python-Client", "adbutils", "mitmproxy", "pytest", "allure-pytest")


def write_run_manifest(run: Run, devices: list[DeviceLabel]) -> None:
    """Writes the manifest without its list of artefacts, which the reports add."""
    from harness.reporting.manifest import read_manifest, write_manifest

    content = read_manifest(run.folder.path)
    content.pop("schema", None)
    labels = {device.name: device for device in devices}
    content |= {
        "run_id": run.folder.id,
        "started": _iso(run.started),
        "ended": _iso(time.time()),
        "incident": run.request.incident,
        "interception": run.request.interception,
        "simulated": any(device.simulated for device in labels.values()),
        "devices": [
            {"name": d.name, "serial": d.serial, "model": d.model, "api": d.api}
            | {"simulated": d.simulated}
            for d in labels.values()
        ],
        "scenarios": sorted({verdict.scenario or "" for verdict in run.verdicts}),
        "tools": tool_versions(),
        "problems": [*run.unsuitable, *run.problems],
    }
    write_manifest(run.folder.path, content)


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
