"""QUIC is blocked only where asked for, by a rule that goes away again."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.adapters.attach import quic
from harness.adapters.attach.attach import Attachment
from harness.adapters.attach.journal import Journal
from harness.adapters.attach.reset import reset_phone
from harness.ports import InstrumentError, ProxyAddress, ShellResult
from tests.adapters.attach.phone_stand_in import StandIn

PROXY = ProxyAddress("127.0.0.1", 4711, Path("/ca.pem"), 1)


class Firewalled(StandIn):
    """A phone with rules, as `iptables` keeps them."""

    def __init__(self, *, rootable: bool = True, refuses: str = "") -> None:
        super().__init__(rootable=rootable)
        self.rules: list[str] = []
        self.refuses = refuses

    def shell(
        self, command: str, *, timeout: float = 10.0, stdin: bytes | None = None
    ) -> ShellResult:
        loop = command.startswith("while ")
        words = command.removeprefix("while ").split()
        if "tables" not in words[0]:
            return super().shell(command, timeout=timeout, stdin=stdin)
        table, verb = words[0], words[2]
        if table == self.refuses:
            return ShellResult(command, "", "Permission denied", 4)
        if verb == "-I":
            self.rules.append(table)
        elif loop:
            self.rules = [rule for rule in self.rules if rule != table]
        return ShellResult(command, "", "", 0 if verb == "-I" or table in self.rules else 1)


@pytest.mark.parametrize(
    ("policy", "rootable", "rules", "told"),
    [
        (quic.BLOCK, True, ["iptables", "ip6tables"], "blocked"),
        (quic.BLOCK, False, [], "left"),
        (quic.LEAVE, True, [], "left"),
    ],
)
def test_the_policy_is_kept_told_and_undone(
    policy: str, rootable: bool, rules: list[str], told: str, tmp_path: Path
) -> None:
    phone = Firewalled(rootable=rootable)
    attachment = Attachment(phone, PROXY, quic_policy=policy, journals=tmp_path)

    attachment.attach()
    assert phone.rules == rules
    assert attachment.verify().quic == told
    attachment.detach()

    assert phone.rules == []


def test_reset_removes_what_a_killed_run_left(tmp_path: Path) -> None:
    phone = Firewalled()
    phone.rules = ["iptables", "ip6tables", "iptables"]
    journal = Journal(phone.serial, tmp_path)
    entry = journal.open()
    entry.pid, entry.quic = 1 << 22, True
    journal.save(entry)

    reset_phone(phone, journals=tmp_path)

    assert phone.rules == []
    assert journal.load() is None


def test_a_phone_that_refuses_is_put_back_and_told(tmp_path: Path) -> None:
    phone = Firewalled(refuses="ip6tables")
    attachment = Attachment(phone, PROXY, quic_policy=quic.BLOCK, journals=tmp_path)

    with pytest.raises(InstrumentError, match=r"block QUIC on stand-in.*quic: leave"):
        attachment.attach()

    assert phone.rules == []


def test_without_root_the_rule_cannot_be_removed_and_that_is_said() -> None:
    (left,) = quic.unblock(Firewalled(rootable=False))

    assert "a reboot removes it too" in left


def test_a_rule_that_stays_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    phone = Firewalled()
    phone.rules = ["iptables"]
    shell = phone.shell

    def stubborn(command: str, **more: float) -> ShellResult:
        return ShellResult(command, "", "", 1) if command.startswith("while") else shell(command)

    monkeypatch.setattr(phone, "shell", stubborn)

    (left,) = quic.unblock(phone)

    assert "iptables is still there" in left
