"""Allure: categories and environment beside the results, then the single-file report."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import msgspec

from harness.adapters.child import tethered
from harness.adapters.places import node_binary, node_folder
from harness.domain.vocabulary import Party
from harness.ports import InstrumentError
from harness.reporting import words

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
    """Results grouped by the answerable party; the plugin prefixes messages with `[party]`."""
    statuses = ["failed", "broken", "skipped", "unknown"]
    return [
        {
            "name": f"Answerable: {words.PARTIES[party]}",
            "messageRegex": rf"(?s)^\[{party}\].*",
            "matchedStatuses": statuses,
        }
        for party in Party
        if party is not Party.NONE
    ]


def write_context(results: Path, manifest: dict[str, Any]) -> None:
    """categories.json, environment.properties and executor.json beside the results."""
    results.mkdir(parents=True, exist_ok=True)
    (results / "categories.json").write_bytes(msgspec.json.encode(categories()))
    environment = {
        "simulated": manifest.get("simulated"),
        "incident": manifest.get("incident"),
        **{f"tool.{name}": version for name, version in manifest.get("tools", {}).items()},
        **{
            f"phone.{device.get('name')}": f"{device.get('model')} API {device.get('api')}"
            for device in manifest.get("devices", [])
        },
    }
    lines = [
        f"{key}={one_line(value)}\n" for key, value in environment.items() if value is not None
    ]
    (results / "environment.properties").write_text("".join(lines), encoding="utf-8")
    executor = {
        "name": os.environ.get("GITHUB_WORKFLOW", "harness"),
        "type": "github" if os.environ.get("GITHUB_ACTIONS") else "local",
        "buildName": manifest.get("run_id", results.parent.name),
    }
    (results / "executor.json").write_bytes(msgspec.json.encode(executor))


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
    results, report = run / "allure-results", run / "allure-report"
    config = run / "allurerc.json"
    options = {"singleFile": True, "reportName": name, "reportLanguage": "en"}
    plugins = {"awesome": {"options": options}}
    config.write_bytes(msgspec.json.encode({"name": name, "plugins": plugins}))
    command = [
        str(node_binary()),
        str(node_folder() / "node_modules" / "allure" / "cli.js"),
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
