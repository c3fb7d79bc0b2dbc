import stat

import pytest

from harness.simphone.toybox.modes import as_text, changed, kind_of


@pytest.mark.parametrize(
    ("mode", "change", "result"),
    [
        (0o644, "755", 0o755), (0o644, "u+x", 0o744), (0o777, "go-rwx", 0o700),
        (0o644, "a=r", 0o444), (0o644, "+x", 0o755), (0o644, "u=rwx,g=rx,o=", 0o750),
        (stat.S_IFDIR | 0o600, "a+X", 0o711), (0o600, "a+X", 0o600), (0o755, "u+s", 0o4755),
        (0o777, "+t", 0o1777), (0o644, "zz", None), (0o644, "99", None),
    ],
)  # fmt: skip
def test_changes(mode: int, change: str, result: int | None) -> None:
    assert changed(mode, change) == result


def test_words() -> None:
    assert as_text(stat.S_IFDIR | 0o2770) == "drwxrws---"
    assert kind_of(stat.S_IFREG, 0) == "regular empty file"
    assert kind_of(stat.S_IFLNK, 3) == "symbolic link"
