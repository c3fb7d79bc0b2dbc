"""DropBoxManager: crash, ANR and tombstone reports that the system keeps."""

from __future__ import annotations

from dataclasses import dataclass

MAX_ENTRIES = 1000
LOW_PRIORITY = (
    "data_app_wtf", "keymaster", "system_server_wtf", "system_app_strictmode", "system_app_wtf",
    "system_server_strictmode", "data_app_strictmode", "netstats",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Report:
    """One entry; `text` ends with a line feed."""

    time: float
    tag: str
    text: str

    @property
    def size(self) -> int:
        return len(self.text.encode())

    @property
    def file(self) -> str:
        return f"/data/system/dropbox/{self.tag}@{int(self.time * 1000)}.txt"


class DropBox:
    """Oldest first, as `dumpsys dropbox` lists it."""

    def __init__(self) -> None:
        self.reports: list[Report] = []

    def add(self, report: Report) -> None:
        self.reports.append(report)
        del self.reports[:-MAX_ENTRIES]
