"""A person installs our certificate: told how, waited for, seen."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from harness.adapters.observation_file import ObservationWriter
from harness.domain.facts.capture import CaptureVisibility
from harness.session.user_trust import ask_to_remove, await_user_trust


class Offer:
    """An Attachment that only offers; the person's browser then asks what `shown` tells."""

    def __init__(self, file: Path, *shown: CaptureVisibility) -> None:
        self.trust = "none"
        self.file = file
        self.shown = shown

    def offer_certificate(self) -> None:
        with ObservationWriter(self.file, source="proxy", host="h") as log:
            for facts in self.shown:
                log.write("capture.visibility", facts)


USER = CaptureVisibility("decrypted", "user")


@pytest.mark.parametrize(
    ("before", "shown", "trusted"),
    [
        ((), (USER,), True),
        ((), (), False),
        ((), (CaptureVisibility("reached", "user"),), False),
        ((), (CaptureVisibility("decrypted", "system"),), False),
        ((USER,), (), False),  # an earlier run's
    ],
)
def test_only_a_request_through_the_user_store_ends_the_wait(
    before: tuple[CaptureVisibility, ...],
    shown: tuple[CaptureVisibility, ...],
    *,
    trusted: bool,
    tmp_path: Path,
) -> None:
    file, said = tmp_path / "proxy.jsonl", list[str]()
    Offer(file, *before).offer_certificate()
    offer = Offer(file, *shown)

    found = await_user_trust("pixel", 33, cast("Any", offer), file, patience=0.05, tell=said.append)

    assert found is trusted
    assert offer.trust == ("user" if trusted else "none")
    assert said[1].startswith("pixel: 1. Settings")
    assert ("thank you" in said[-1]) == trusted
    assert ("going on without it" in said[-1]) != trusted


def test_afterwards_it_is_asked_for_its_removal(capsys: pytest.CaptureFixture[str]) -> None:
    ask_to_remove("pixel", 29)

    assert "pixel: please remove our test certificate: Settings" in capsys.readouterr().err
