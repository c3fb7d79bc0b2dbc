"""The folder of one run: reports/<UTC time>-<id>/, and the link `latest`."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from pathlib import Path

from harness.adapters.places import clone_root
from harness.domain.file_stem import file_stem
from harness.ports import InstrumentError


@dataclass(frozen=True, slots=True)
class RunFolder:
    """Paths of a run; `id` also names it in the ledger."""

    path: Path
    id: str

    @property
    def logs(self) -> Path:
        """Logs of our own servers."""
        return self.path / "logs"

    def try_folder(self, device: str, scenario: str, number: int) -> Path:
        """tests/<device>/<scenario>/try-<n>, made."""
        folder = self.path / "tests" / file_stem(device) / file_stem(scenario) / f"try-{number}"
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def relative(self, path: Path) -> str:
        """A path as it is written into observations."""
        return path.relative_to(self.path).as_posix()


def make_run_folder(chosen: Path | None = None) -> RunFolder:
    """A new folder below reports/, or the one that was chosen (made when missing)."""
    run = f"{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}-{secrets.token_hex(3)}"
    path = (chosen if chosen is not None else clone_root() / "reports" / run).absolute()
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise InstrumentError(
            "disk", f"make the run folder {path}", str(error), advice="Choose another with --out."
        ) from error
    return RunFolder(path, run)


def link_latest(path: Path) -> None:
    """reports/latest → this run, where the run lies beside it; no link elsewhere."""
    if path.parent.name != "reports":
        return
    link = path.parent / "latest"
    partial = path.parent / f".latest-{secrets.token_hex(3)}"
    try:
        partial.symlink_to(path.name)
        partial.replace(link)
    except OSError:
        partial.unlink(missing_ok=True)  # a file system without links; the run itself is there
