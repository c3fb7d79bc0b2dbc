"""A member's certificate: whole, closed to others, asked for on both sides."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.lab.certs import make_certs
from harness.lab.security import VARIABLE, member_folder, security_of
from harness.ports import InstrumentError


def test_a_members_folder_is_found_whole_and_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    (*_, member) = make_certs(tmp_path, ["a"])
    with pytest.raises(InstrumentError, match="no --certs is given"):
        member_folder(None)
    monkeypatch.setenv(VARIABLE, str(member))
    assert member_folder(None) == member
    assert security_of(member).require_encryption

    (member / "member-key.pem").chmod(0o644)
    with pytest.raises(InstrumentError, match="others may read it"):
        member_folder(member)
    with pytest.raises(InstrumentError, match="no such file"):
        member_folder(tmp_path)
