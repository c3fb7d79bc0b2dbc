"""A host of a lab whose phones do not work: it leaves a small run for each job.

python -m tests.lab.idle_host URL CERTS NAME

A file CERTS/unplug takes one of its two phones away; with CERTS/slow a job waits until
that file is gone or the job is ended.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

from harness.lab import host_job
from harness.lab.host import HostPlan, join_lab
from harness.lab.offer import Offer
from tests.reporting.test_merge import run_folder


def small_run(command: list[str], log: Path, ending: Path, tell: Any) -> int:
    """Instead of `harness run`."""
    while (Path(sys.argv[2]) / "slow").exists() and not ending.exists():
        time.sleep(0.05)
    out = Path(command[command.index("--out") + 1])
    run_folder(out, allure=False)
    log.write_text("12:00:00 sim login: failed\n")
    tell("12:00:00 sim login: failed")
    return 1


def main() -> None:
    url, certs, name = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    setattr(host_job, "_follow", small_run)  # noqa: B010 - the one part that is left out
    (certs / "devices.yaml").write_text("phones:\n  sim: {launch: [harness, phone]}\n")
    offers = [Offer(name, "sim", {"api": "34"}), Offer(name, "unplugged", {"api": "30"})]

    def look() -> list[Offer]:
        return offers[:1] if (certs / "unplug").exists() else offers

    def tell(text: str) -> None:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()

    join_lab(HostPlan(url, certs, certs / "devices.yaml", look, tell, every=0.5))


if __name__ == "__main__":
    main()
