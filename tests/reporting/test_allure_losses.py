"""What Allure gets of a loss list."""

import allure
import pytest

from harness.adapters.inventory_file import decode_losses
from harness.reporting.allure_losses import attach_losses
from tests.reporting.test_loss_picture import LOSSES


def test_a_page_for_people_and_a_document_for_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    attached: list[tuple[str | bytes, str]] = []

    def attach(body: str | bytes, name: str, kind: object) -> None:
        attached.append((body, name))

    monkeypatch.setattr(allure, "attach", attach)
    attach_losses(LOSSES)

    (page, title), (document, name) = attached
    assert title == "What was lost"
    assert LOSSES.advice in str(page)
    assert name == "losses.json"
    assert isinstance(document, bytes)
    assert decode_losses(document) == LOSSES
