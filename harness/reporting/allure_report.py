"""Allure: categories and environment beside the results, then the single-file report."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from harness.adapters.child import tethered
from harness.adapters.places import is_missing, node_binary, node_folder
from harness.domain.verdict import AppLabel
from harness.domain.vocabulary import Party
from harness.ports import InstrumentError
from harness.reporting import words
from harness.reporting.allure_history import KEPT, history_of
from harness.reporting.manifest import read_manifest

SECONDS = 120
# Allure 3.18 puts this tag into every report, with no option to leave it out.
ANALYTICS = re.compile(
    r"<script\b[^>]*\bsrc=\"https?://[^\"]*\"[^>]*></script>\s*"
    r"(?:<script>\s*window\.dataLayer\b.*?</script>)?",
    re.DOTALL,
)
OUTSIDE = re.compile(
    r"<(?:script|link|img|iframe)\b[^>]*?\b(?:src|href)=[\"'](https?:)?//[^\"']+", re.IGNORECASE
)


def categories() -> list[dict[str, Any]]:
    """Results grouped by the answerable party, which the plugin puts on as a label.

    Allure 3 takes them from its configuration only; a categories.json is not read.
    """
    statuses = ["failed", "broken", "skipped", "unknown"]
    return [
        {
            "name": f"At fault: {words.PARTIES[party]}",
            "matchers": {"statuses": statuses, "labels": {"party": f"^{party}$"}},
            "groupByMessage": True,
        }
        for party in Party
        if party is not Party.NONE
    ]


def write_context(results: Path, manifest: dict[str, Any]) -> None:
    """environment.properties and executor.json beside the results."""
    results.mkdir(parents=True, exist_ok=True)
    environment = {
        "simulated": manifest.get("simulated"),
        "incident": manifest.get("incident"),
        **{f"tool.{name}": version for name, version in manifest.get("tools", {}).items()},
        **{
            f"phone.{device.get('name')}": f"{device.get('model')} API {device.get('api')}"
            for device in manifest.get("devices", [])
        },
        **builds(manifest.get("apps", [])),
    }
    lines = [
        f"{key}={one_line(value)}\n" for key, value in environment.items() if value is not None
    ]
    (results / "environment.properties").write_text("".join(lines), encoding="utf-8")
    executor = executor_of(os.environ) | {"buildName": manifest.get("run_id", results.parent.name)}
    (results / "executor.json").write_bytes(msgspec.json.encode(executor))


def builds(apps: list[dict[str, Any]]) -> dict[str, str]:
    """The app's build on each phone; all of them where a store updated it meanwhile."""
    found: dict[str, list[str]] = {}
    for app in apps:
        label = AppLabel(**{key: value for key, value in app.items() if key != "device"})
        found.setdefault(f"app.{app['device']}", []).append(words.build(label))
    return {key: "; then ".join(texts) for key, texts in found.items()}


def executor_of(environment: Mapping[str, str]) -> dict[str, Any]:
    """Who ran it, in Allure's words; in GitHub Actions with the way back to the job's page.

    Source: docs.github.com, "Variables", default environment variables.
    """
    if not environment.get("GITHUB_ACTIONS"):
        return {"name": "harness", "type": "local"}
    found: dict[str, Any] = {
        "name": environment.get("GITHUB_WORKFLOW", "harness"),
        "type": "github",
    }
    server, project = environment.get("GITHUB_SERVER_URL"), environment.get("GITHUB_REPOSITORY")
    if server and project:
        job = f"{server}/{project}/actions/runs/{environment.get('GITHUB_RUN_ID', '')}"
        found |= {"url": f"{server}/{project}/actions", "buildUrl": job}
    if (number := environment.get("GITHUB_RUN_NUMBER", "")).isdigit():
        found["buildOrder"] = int(number)
    return found


def one_line(value: object) -> str:
    """A value for a .properties file: one line, no escapes that change its meaning."""
    return " ".join(str(value).split()).replace("\\", "/")


def without_analytics(page: str) -> str:
    """The report's page without the scripts it would fetch from outside."""
    return ANALYTICS.sub("", page)


def outside_addresses(page: str) -> list[str]:
    """Elements that would make a browser ask another address."""
    return [match.group(0)[:160] for match in OUTSIDE.finditer(page)]


def build_allure(run: Path, *, name: str = "Diagnosis") -> Path:
    """`allure-report/index.html`, one file that opens from disk.

    Raises InstrumentError("report", …) with Allure's exit code and last words.
    """
    run_id = str(read_manifest(run).get("run_id", run.name))
    with history_of(run, run_id) as history:
        return _generate(run, _configuration(run_id, name, history))


def _configuration(run_id: str, title: str, history: Path | None) -> dict[str, Any]:
    """Allure's own settings; `name` names the point in the history."""
    options = {"singleFile": True, "reportName": title, "reportLanguage": "en"}
    settings: dict[str, Any] = {
        "name": run_id,
        "plugins": {"awesome": {"options": options}},
        "categories": categories(),
    }
    if history is not None:
        settings |= {"historyPath": str(history.resolve()), "historyLimit": KEPT}
    return settings


def _generate(run: Path, settings: dict[str, Any]) -> Path:
    results, report = run / "allure-results", run / "allure-report"
    config = run / "allurerc.json"
    program = node_folder() / "node_modules" / "allure" / "cli.js"
    if is_missing("allure") or not program.exists():
        raise InstrumentError(
            "report",
            "find allure",
            f"{program} is not there",
            advice="Run make setup, then: harness report RUN",
        )
    config.write_bytes(msgspec.json.encode(settings))
    command = [
        str(node_binary()),
        str(program),
        "generate",
        str(results.resolve()),
        "--config",
        str(config.resolve()),
        "--output",
        str(report.resolve()),
    ]
    try:
        done = subprocess.run(
            tethered(command), cwd=run, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise InstrumentError("report", "allure generate", f"no end after {SECONDS} s") from error
    finally:
        config.unlink(missing_ok=True)
    page = report / "index.html"
    if done.returncode != 0 or not page.is_file():
        said = (done.stderr or done.stdout).decode("utf-8", "replace").strip()[-300:]
        raise InstrumentError(
            "report",
            "allure generate",
            f"exit {done.returncode}: {said}",
            advice="The page index.html and allure-results/ are complete without it.",
        )
    page.write_text(without_analytics(page.read_text(encoding="utf-8")), encoding="utf-8")
    return page
