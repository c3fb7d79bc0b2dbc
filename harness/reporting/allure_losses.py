"""Puts a loss list on the Allure result of the test that runs now."""

from __future__ import annotations

import allure

from harness.adapters.inventory_file import encode_losses
from harness.loss.loss import LossList
from harness.reporting.loss_content import NAME, loss_page


def attach_losses(losses: LossList) -> None:
    """The table with its picture as a page, and the document for machines."""
    allure.attach(loss_page(losses), "What was lost", allure.attachment_type.HTML)
    allure.attach(encode_losses(losses), NAME, allure.attachment_type.JSON)
