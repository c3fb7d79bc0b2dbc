"""What is wrong with a file of settings; the user's to mend (exit code 2)."""

from __future__ import annotations


class SettingError(ValueError):
    """A settings file is wrong: one sentence with file, line, key and what would be right.

    `line` is None where there is no line: a file that is absent or cannot be read.
    """

    def __init__(self, file: str, line: int | None, text: str) -> None:
        self.file = file
        self.line = line
        self.text = text
        super().__init__(file, line, text)

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.text}"
