"""Tells others of a change: a command of the user's, or a webhook."""

from __future__ import annotations

import json
import shlex
import subprocess
from dataclasses import dataclass
from typing import Any

import httpx

from harness.domain.outage import Change
from harness.reporting.outage_words import tell

COMMAND_SECONDS = 60
WEBHOOK_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Notifier:
    """Where changes go. A target that fails is said, and never ends the watch."""

    command: str | None = None  # gets the JSON document on stdin
    webhook: str | None = None  # gets it by POST

    def send(self, change: Change) -> list[str]:
        """One sentence for each target that did not take it."""
        content = document(change)
        problems = [self._run(content), self._post(content)]
        return [problem for problem in problems if problem is not None]

    def _run(self, content: dict[str, Any]) -> str | None:
        if self.command is None:
            return None
        try:
            done = subprocess.run(
                shlex.split(self.command), input=json.dumps(content), text=True,
                capture_output=True, timeout=COMMAND_SECONDS, check=False,
            )  # fmt: skip
        except (OSError, ValueError, subprocess.TimeoutExpired) as error:
            return f"the hook {self.command!r} did not run: {error}"
        if done.returncode == 0:
            return None
        said = done.stderr.strip()[-200:]
        return f"the hook {self.command!r} ended with exit code {done.returncode}: {said}"

    def _post(self, content: dict[str, Any]) -> str | None:
        if self.webhook is None:
            return None
        try:
            answer = httpx.post(self.webhook, json=content, timeout=WEBHOOK_SECONDS)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return f"the webhook was not reached: {type(error).__name__}: {error}"
        if answer.is_success:
            return None
        return f"the webhook answered with HTTP {answer.status_code}"


def document(change: Change) -> dict[str, Any]:
    """What a target gets. Times in UTC seconds; fields are only ever added."""
    outage = change.outage
    return {
        "schema": 1,
        "change": str(change.kind),
        "at": change.at,
        "text": tell(change),
        "party": str(outage.party),
        "outage": outage.id,
        "started": outage.started,
        "ended": outage.ended,
        "failing": [{"phone": phone, "scenario": name} for phone, name in outage.failing],
    }
