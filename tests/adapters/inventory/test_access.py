"""The tier, as the phone's answers prove it."""

import pytest

from harness.adapters.inventory.access import Access, choose_access, probes
from harness.domain.storage import Tier

SHELL = "uid=2000(shell) gid=2000(shell) groups=2000(shell),1078(ext_data_rw) context=u:r:shell:s0"
ROOT = "uid=0(root) gid=0(root) groups=0(root),1004(input) context=u:r:su:s0"
RUN_AS = "uid=10142(u0_a142) gid=10142(u0_a142) context=u:r:runas_app:s0:c142,c256,c512,c768"
REFUSED = "run-as: package not debuggable: a.b"


@pytest.mark.parametrize(
    ("answers", "open_data", "tier", "su"),
    [
        ({"id": ROOT, "run_as": RUN_AS}, False, Tier.ADB_ROOT, ""),
        ({"id": SHELL, "su0": ROOT}, False, Tier.SU, "su 0 sh -c"),
        ({"id": SHELL, "su0": "su: invalid uid 'id'", "su1": ROOT}, False, Tier.SU, "su -c"),
        ({"id": SHELL, "su2": ROOT + "\n"}, False, Tier.SU, "su root sh -c"),
        ({"id": SHELL, "su0": SHELL, "run_as": RUN_AS}, True, Tier.RUN_AS, ""),
        ({"id": SHELL, "run_as": REFUSED}, True, Tier.SHELL_OPEN, ""),
        ({"id": SHELL, "run_as": REFUSED}, False, Tier.SHELL_CLOSED, ""),
        ({}, False, Tier.SHELL_CLOSED, ""),
        # the words alone are no root: some phones answer so and stay what they were
        (
            {"id": SHELL, "su1": "adbd cannot run as root in production builds"},
            False,
            Tier.SHELL_CLOSED,
            "",
        ),
    ],
    ids=range(9),
)
def test_choose_access(answers: dict[str, str], open_data: bool, tier: Tier, su: str) -> None:
    found = choose_access(answers, "a.b", 0, open_data=open_data)

    assert (found.tier, found.su) == (tier, su)


@pytest.mark.parametrize(
    ("access", "private", "shared"),
    [
        (Access(Tier.ADB_ROOT, "a.b"), "ls 'x'", "ls 'x'"),
        (
            Access(Tier.SU, "a.b", su="su 0 sh -c"),
            "su 0 sh -c 'ls '\\''x'\\'''",
            "su 0 sh -c 'ls '\\''x'\\'''",
        ),
        (Access(Tier.RUN_AS, "a.b"), "run-as a.b sh -c 'ls '\\''x'\\'''", "ls 'x'"),
        (Access(Tier.RUN_AS, "a.b", 10), "run-as a.b --user 10 sh -c 'ls '\\''x'\\'''", "ls 'x'"),
    ],
)
def test_scripts_run_as_somebody_who_may_look(access: Access, private: str, shared: str) -> None:
    assert access.private("ls 'x'") == private
    assert access.shared("ls 'x'") == shared


def test_su_is_asked_only_where_there_is_one_and_not_for_ever() -> None:
    asked = [command for name, command in probes("a.b", 10).items() if name.startswith("su")]

    assert len(asked) == 3
    assert all(command.startswith("command -v su >/dev/null && timeout 5 ") for command in asked)
    assert probes("a.b", 10)["run_as"] == "run-as a.b --user 10 id 2>&1"
