"""When a try's film is kept, when nothing is filmed, and what a film that fails costs."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.domain.facts.screen import ScreenFilm
from harness.ports import InstrumentError
from harness.session.film import TryFilm


class FakeRecorder:
    """Numbers its pieces; `breaks` names the calls that fail."""

    def __init__(self, *breaks: str) -> None:
        self.breaks = breaks
        self.calls: list[str] = []

    def _call(self, name: str) -> None:
        self.calls.append(name)
        if name in self.breaks:
            raise InstrumentError("adb", f"{name} filming", "no codec")

    def start(self) -> None:
        self._call("start")

    def stop(self) -> list[bytes]:
        self._call("stop")
        return [b"piece %d" % self.calls.count("stop")]

    def drop(self) -> None:
        self.calls.append("drop")


def test_a_film_of_a_failure_is_kept(tmp_path: Path) -> None:
    recorder = FakeRecorder()
    film = TryFilm(recorder, tmp_path)
    film.begin()
    assert list(tmp_path.iterdir()) == []
    assert film.end(keep=True) == ScreenFilm(("film-1.mp4",))
    assert (tmp_path / "film-1.mp4").read_bytes() == b"piece 1"


def test_else_it_never_reaches_the_disk(tmp_path: Path) -> None:
    recorder = FakeRecorder()
    film = TryFilm(recorder, tmp_path)
    film.begin()
    with film.unseen():
        pass
    assert film.end(keep=False) is None
    assert recorder.calls[-1] == "drop"
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_filmed_while_a_secret_is_typed(tmp_path: Path) -> None:
    recorder = FakeRecorder()
    film = TryFilm(recorder, tmp_path)
    film.begin()
    with film.unseen():
        assert recorder.calls == ["start", "stop"]
        with film.unseen():
            assert recorder.calls == ["start", "stop"]
        assert recorder.calls == ["start", "stop"]
    with pytest.raises(ValueError, match="typed wrongly"), film.unseen():
        raise ValueError("typed wrongly")
    assert recorder.calls == ["start", "stop", "start", "stop", "start"]
    told = film.end(keep=True)
    assert told == ScreenFilm(("film-1.mp4", "film-2.mp4", "film-3.mp4"), paused=2)


@pytest.mark.parametrize(("breaks", "calls"), [("start", ["start", "drop"]),
                                               ("stop", ["start", "stop", "drop"])])  # fmt: skip
def test_a_film_that_fails_costs_the_try_nothing(
    tmp_path: Path, breaks: str, calls: list[str]
) -> None:
    recorder = FakeRecorder(breaks)
    film = TryFilm(recorder, tmp_path)
    film.begin()
    with film.unseen():
        pass
    told = film.end(keep=True)
    assert recorder.calls == calls  # and it is not tried again
    assert told is not None
    assert told.files == ()
    assert "no codec" in told.why_not


def test_a_phone_that_is_not_to_be_filmed(tmp_path: Path) -> None:
    film = TryFilm(None, tmp_path)
    film.begin()
    with film.unseen():
        pass
    assert film.end(keep=True) is None
    assert film.end(keep=False) is None


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    film = TryFilm(FakeRecorder(), tmp_path / "not there")
    film.begin()
    told = film.end(keep=True)
    assert told is not None
    assert "No such file" in told.why_not
