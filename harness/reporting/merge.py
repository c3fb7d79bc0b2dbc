"""One report of several runs: each kept whole below runs/, read as one."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from harness.adapters.verdict_file import write_verdicts
from harness.attribution.incidents import group_incidents
from harness.attribution.odd_phone import find_odd_phones
from harness.ports import InstrumentError
from harness.reporting.junit import join_junit
from harness.reporting.manifest import MANIFEST_SCHEMA, write_manifest
from harness.reporting.run_record import merged_ids, read_run

PLACE = "runs"
_LEFT_OUT = shutil.ignore_patterns("allure-report", "*.partial", "*.zip")


def merge_runs(runs: Sequence[Path], target: Path) -> Path:
    """Fills `target`, which must be new or empty; returns it. The runs stay as they are.

    Raises InstrumentError("report", …) for what is no run folder or a target in use.
    """
    if target.exists() and any(target.iterdir()):
        raise InstrumentError(
            "report", f"merge into {target}", "it is not empty", advice="Choose another --out."
        )
    records = [read_run(run.resolve()) for run in runs]
    target.mkdir(parents=True, exist_ok=True)
    places: list[dict[str, str]] = []
    for number, record in enumerate(records, 1):
        run_id = str(record.manifest.get("run_id", record.folder.name))
        inside = f"{PLACE}/{number:02d}-{record.folder.name}"
        shutil.copytree(record.folder, target / inside, ignore=_LEFT_OUT)
        places.append({"run_id": run_id, "path": inside})
    write_manifest(target, _manifest(target, [record.manifest for record in records], places))
    whole = read_run(target, verdicts_needed=False)
    verdicts = [item.verdict for item in whole.tries]
    odd = {one.phone: str(one) for one in find_odd_phones(verdicts)}
    write_verdicts(target / "verdicts.json", verdicts, group_incidents(verdicts, odd=odd))
    _allure_results(target, places)
    join_junit([target / place["path"] / "junit.xml" for place in places], target / "junit.xml")
    return target


def _manifest(
    target: Path, manifests: Sequence[dict[str, Any]], places: list[dict[str, str]]
) -> dict[str, Any]:
    devices = {str(one.get("name")): one for man in manifests for one in man.get("devices", [])}
    incidents = {man.get("incident") for man in manifests}
    return {
        "run_id": target.name,
        "started": min((man.get("started", "") for man in manifests), default=""),
        "ended": max((man.get("ended", "") for man in manifests), default=""),
        "incident": next(iter(incidents)) if len(incidents) == 1 else None,
        "simulated": any(man.get("simulated") for man in manifests),
        "devices": list(devices.values()),
        "scenarios": sorted({one for man in manifests for one in man.get("scenarios", [])}),
        "apps": [app for man in manifests for app in man.get("apps", [])],
        "tools": {k: v for man in manifests for k, v in man.get("tools", {}).items()},
        "problems": [one for man in manifests for one in man.get("problems", [])],
        "merged_runs": places,
        "schema": MANIFEST_SCHEMA,
    }


def _allure_results(target: Path, places: list[dict[str, str]]) -> None:
    """All results together; the same scenario on the same phone is a retry to Allure."""
    together = target / "allure-results"
    together.mkdir()
    taken: set[str] = set()
    for place in places:
        folder = target / place["path"]
        ids = merged_ids([item.verdict.id for item in read_run(folder).tries], taken)
        for path in sorted((folder / "allure-results").glob("*")):
            if path.name.endswith("-result.json"):
                _copy_result(path, together / path.name, ids)
            elif path.is_file():
                shutil.copy2(path, together / path.name)


def _copy_result(source: Path, target: Path, ids: dict[str, str]) -> None:
    """A result with the verdict's id of the merged run; links of the old place are left out."""
    try:
        result: dict[str, Any] = msgspec.json.decode(source.read_bytes())
    except msgspec.DecodeError:
        return
    for label in result.get("labels", []):
        if label.get("name") == "verdict":
            label["value"] = ids.get(label.get("value"), label.get("value"))
    result["links"] = [
        link for link in result.get("links", []) if not str(link.get("url", "")).startswith("../")
    ]
    target.write_bytes(msgspec.json.encode(result))
