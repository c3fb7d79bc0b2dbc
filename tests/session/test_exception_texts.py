"""An exception holds no secret any more, wherever it held one."""

from __future__ import annotations

import traceback

import pytest

from harness.ports import InstrumentError
from harness.session.exception_texts import clean_exception


def clean(text: str) -> str:
    return text.replace("hunter2", "<secret>")


def raised(error: BaseException, cause: BaseException | None = None) -> BaseException:
    try:
        raise error from cause
    except BaseException as caught:  # noqa: BLE001 - also KeyboardInterrupt is one
        return caught


@pytest.mark.parametrize(
    "error",
    [
        raised(AssertionError("the app says: hunter2")),
        raised(InstrumentError("adb", "type hunter2", "exit 1: hunter2")),
        raised(ValueError("a"), KeyError("hunter2")),
        raised(ExceptionGroup("two", [ValueError("hunter2"), OSError(2, "no hunter2")])),
        raised(KeyboardInterrupt("hunter2")),
    ],
    ids=["assertion", "instrument", "cause", "group", "interrupt"],
)
def test_no_text_of_the_chain_keeps_it(error: BaseException) -> None:
    error.add_note("seen while hunter2 was typed")

    clean_exception(error, clean)

    told = "".join(traceback.format_exception(error))
    assert "hunter2" not in told.replace(__file__, "").split("raise error")[-1]
    assert "hunter2" not in repr(vars(error))
    assert "<secret>" in told


def test_a_chain_that_bites_its_tail_ends() -> None:
    one, two = ValueError("hunter2"), ValueError("x")
    one.__context__, two.__context__ = two, one

    clean_exception(one, clean)

    assert one.args == ("<secret>",)
