"""How a shell leaves loops, functions and itself: exceptions of the interpreter."""

from __future__ import annotations


class LoopJump(Exception):  # noqa: N818 -- control flow, not an error
    """Leaves or repeats the loop `levels` out."""

    def __init__(self, levels: int) -> None:
        super().__init__(levels)
        self.levels = levels


class BreakLoop(LoopJump):
    """`break N`."""


class ContinueLoop(LoopJump):
    """`continue N`."""


class ReturnFrom(Exception):  # noqa: N818 -- control flow, not an error
    """`return STATUS`."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class ExitShell(Exception):  # noqa: N818 -- control flow, not an error
    """`exit STATUS`."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status
