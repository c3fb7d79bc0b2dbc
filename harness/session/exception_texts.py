"""Takes secrets out of an exception where it lies.

pytest, junit.xml and Allure each read an exception by themselves and at different
moments, so it is the exception that is cleaned, as early as it is seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

Clean = Callable[[str], str]
_SLOTS = ("strerror", "filename", "filename2")  # of OSError
_MOST = 50  # exceptions of one chain


def clean_exception(error: BaseException, clean: Clean) -> None:
    """The error and all that it came from, in place: arguments, texts it holds, notes."""
    for one in _chain(error):
        one.args = tuple(clean(part) if isinstance(part, str) else part for part in one.args)
        for name in (*vars(one), *_SLOTS):
            value: object = getattr(one, name, None)
            if isinstance(value, str):
                setattr(one, name, clean(value))
        if hasattr(one, "__notes__"):
            one.__notes__ = [clean(str(note)) for note in one.__notes__]


def _chain(error: BaseException) -> Iterator[BaseException]:
    waiting: list[BaseException | None] = [error]
    seen: set[int] = set()
    while waiting and len(seen) < _MOST:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [one.__cause__, one.__context__]
        if isinstance(one, BaseExceptionGroup):
            waiting += one.exceptions
