"""The workflow, the Dockerfile and the compose file: valid, pinned, least rights, nothing lost."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from harness.adapters.devices_file import load_devices
from harness.adapters.places import clone_root

ROOT = clone_root()
WORKFLOW = ROOT / ".github" / "workflows" / "harness.yml"
BIN = Path(sys.executable).parent


def workflow() -> dict[str, Any]:
    return yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))


def steps(job: str) -> list[dict[str, Any]]:
    return workflow()["jobs"][job]["steps"]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(BIN / words[0]), *words[1:]],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        ("check-jsonschema", "--builtin-schema", "vendor.github-workflows", str(WORKFLOW)),
        ("check-jsonschema", "--builtin-schema", "vendor.compose-spec", "compose.yaml"),
        ("hadolint", "Dockerfile"),
    ],
    ids=["workflow", "compose", "Dockerfile"],
)
def test_linters_have_nothing_to_say(words: tuple[str, ...]) -> None:
    done = run(*words)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("job", ["simulated", "emulator"])
def test_actions_are_pinned_and_rights_are_least(job: str) -> None:
    used = [step["uses"] for step in steps(job) if "uses" in step]
    assert used
    assert [action for action in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", action)] == []
    assert workflow()["permissions"] == {"contents": "read"}
    assert "permissions" not in workflow()["jobs"][job]
    checkout = steps(job)[0]
    assert checkout["with"] == {"persist-credentials": False}
    assert workflow()["jobs"][job]["timeout-minutes"] <= 60


@pytest.mark.parametrize("job", ["simulated", "emulator"])
def test_artefacts_and_summary_come_whatever_happened(job: str) -> None:
    last = {step.get("name", step.get("uses", "").partition("@")[0]): step for step in steps(job)}
    assert last["actions/upload-artifact"]["if"] == "always()"
    assert "reports/" in last["actions/upload-artifact"]["with"]["path"]
    assert last["Summary"]["if"] == "always()"
    assert "GITHUB_STEP_SUMMARY" in last["Summary"]["run"]


def test_inputs_never_stand_in_a_shell_line() -> None:
    """What somebody typed into a form would be run otherwise."""
    lines = [
        step["run"] for job in ("simulated", "emulator") for step in steps(job) if "run" in step
    ]
    assert [line for line in lines if "${{" in line] == []


def test_kvm_is_opened_before_the_emulator_starts() -> None:
    order = [step.get("name") for step in steps("emulator")]
    assert order.index("Let this user use KVM") < order.index("Scenarios")
    script = steps("emulator")[order.index("Scenarios")]["with"]["script"]
    assert "\n" not in script.strip()  # the action runs each line in a shell of its own


def test_the_emulators_entry_is_one_that_we_read() -> None:
    (entry,) = load_devices(ROOT / ".github" / "devices-emulator.yaml")
    assert (entry.name, entry.serial) == ("emulator", "emulator-5554")
    assert entry.app_file == str(ROOT / ".github" / ".." / "app-under-test")
    assert entry.account.password_env == "HARNESS_PASSWORD"


def test_the_image_runs_as_nobody_special() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users == ["1000"]
    services = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
    for service in services.values():
        assert "privileged" not in service
        assert service["cap_drop"] == ["ALL"]
