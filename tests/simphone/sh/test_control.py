from harness.simphone.sh.control import BreakLoop, ContinueLoop, ExitShell, LoopJump, ReturnFrom


def test_jumps_carry_how_far_and_with_which_status() -> None:
    assert BreakLoop(2).levels == 2
    assert isinstance(ContinueLoop(1), LoopJump)
    assert (ReturnFrom(3).status, ExitShell(4).status) == (3, 4)
