"""The lab's certificates: one authority, a folder a member, nothing that others may read."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from harness.lab.certs import make_certs
from harness.ports import InstrumentError


def test_each_member_gets_a_folder_and_the_authority_signs_all(tmp_path: Path) -> None:
    members = make_certs(tmp_path / "lab", ["shelf-1", "127.0.0.1"])

    assert [member.name for member in members] == ["scheduler", "client", "shelf-1", "127.0.0.1"]
    for member in members:
        context = ssl.create_default_context(cafile=str(member / "ca.pem"))
        context.load_cert_chain(member / "member.pem", member / "member-key.pem")
        assert {file.stat().st_mode & 0o777 for file in member.iterdir()} == {0o600}
        assert member.stat().st_mode & 0o777 == 0o700
        assert not (member / "ca-key.pem").exists()


def test_hosts_are_added_later_and_what_is_there_stays(tmp_path: Path) -> None:
    make_certs(tmp_path, ["a"])
    before = (tmp_path / "a" / "member.pem").read_bytes(), (tmp_path / "ca.pem").read_bytes()

    make_certs(tmp_path, ["a", "b"])

    after = (tmp_path / "a" / "member.pem").read_bytes(), (tmp_path / "ca.pem").read_bytes()
    assert after == before
    assert (tmp_path / "b" / "ca.pem").read_bytes() == before[1]


@pytest.mark.parametrize("name", ["../x", "", "a b", "-x"])
def test_a_name_that_is_no_hosts_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InstrumentError, match="no host name"):
        make_certs(tmp_path, [name])


def test_a_broken_authority_is_said(tmp_path: Path) -> None:
    make_certs(tmp_path, [])
    (tmp_path / "ca-key.pem").write_text("no key")

    with pytest.raises(InstrumentError, match="make certificates"):
        make_certs(tmp_path, ["late"])
