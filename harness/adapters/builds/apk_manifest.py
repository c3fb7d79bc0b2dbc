"""What an APK's manifest says of it, read by the platform's own aapt2."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from harness.adapters.builds.archive import DamagedBuildError
from harness.adapters.child import tethered
from harness.adapters.places import runnable_aapt2
from harness.ports import InstrumentError

TIMEOUT = 60.0
"""Seconds; a real APK of 200 MB takes 0.1."""

_ATTRIBUTE = re.compile(
    r"A: (?:http://schemas\.android\.com/apk/res/android:)?"
    r"(?P<name>\w+)(?:\(0x[0-9a-f]+\))?=(?P<value>\"[^\"]*\"|\S+)"
)


@dataclass(frozen=True, slots=True)
class ApkManifest:
    """`split` is "" for a base."""

    package: str
    version_code: int  # with its major half, as Android's longVersionCode
    version_name: str
    split: str
    min_api: int


def read_apk_manifest(apk: Path, shown: str | None = None) -> ApkManifest:
    """`shown`: what messages call the file. Raises DamagedBuildError, and InstrumentError
    ("tools", …) where aapt2 is missing or hangs."""
    command = [str(runnable_aapt2()), "dump", "xmltree", "--file", "AndroidManifest.xml", str(apk)]
    try:
        done = subprocess.run(
            tethered(command), capture_output=True, timeout=TIMEOUT, check=False, text=True
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise InstrumentError(
            "tools", f"read the manifest of {shown or apk}", str(error), advice="Run: make setup"
        ) from error
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip().replace(str(apk), "it").splitlines()
        told = f"is no APK: aapt2 ended with {done.returncode}: {' '.join(said)[:200]}"
        raise DamagedBuildError(shown or apk, told)
    manifest = parse_tree(done.stdout)
    if manifest is None:
        raise DamagedBuildError(shown or apk, "is no APK: its manifest names no package")
    return manifest


def parse_tree(text: str) -> ApkManifest | None:
    """`aapt2 dump xmltree`: indented lines, "E:" elements and "A:" attributes. Pure."""
    values: dict[str, str] = {}
    element = ""
    for line in text.splitlines():
        stripped = line.lstrip()
        if stripped.startswith("E: "):
            element = stripped[3:].split(" ")[0]
            if element == "application":
                break  # nothing behind it is asked for
        found = _ATTRIBUTE.match(stripped)
        if found is not None and element in ("manifest", "uses-sdk"):
            values.setdefault(found["name"], found["value"].strip('"'))
    if not values.get("package"):
        return None
    code = (_number(values.get("versionCodeMajor")) << 32) | _number(values.get("versionCode"))
    return ApkManifest(
        package=values["package"],
        version_code=code,
        version_name=values.get("versionName", ""),
        split=values.get("split", ""),
        min_api=_number(values.get("minSdkVersion")) or 1,
    )


def _number(text: str | None) -> int:
    try:
        return int(text or "0", 0)
    except ValueError:
        return 0
