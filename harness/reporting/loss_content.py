"""The loss list as the run's page and Allure show it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup

from harness.adapters.inventory_file import InventoryFileError, read_losses
from harness.loss.loss import Fate, LossList
from harness.reporting.loss_picture import draw_losses
from harness.reporting.loss_words import FATES, TONES, gaps, size

NAME = "losses.json"
"""In the folder of a try."""


def losses_of(folder: Path) -> LossList | None:
    """The loss list of a try's folder; None where there is none that can be read."""
    path = folder / NAME
    if not path.is_file():
        return None
    try:
        return read_losses(path)
    except InventoryFileError:
        return None


def losses_in(run: Path) -> list[LossList]:
    """The loss lists of all tries of a run folder."""
    found = (losses_of(file.parent) for file in sorted(run.glob(f"tests/*/*/try-*/{NAME}")))
    return [losses for losses in found if losses is not None]


def loss_content(losses: LossList | None) -> dict[str, Any] | None:
    """What the template shows of it: picture, advice, rows with the worst first."""
    if losses is None:
        return None
    order = list(Fate)
    return {
        "advice": losses.advice,
        "picture": Markup(draw_losses(losses)),  # noqa: S704  # drawn by us, every text in it escaped
        "rows": [
            {
                "item": row.item,
                "where": row.where,
                "fate": FATES[row.fate],
                "tone": TONES[row.fate],
                "returns": row.returns,
                "how_known": row.how_known,
                "size": size(row.size) if row.size else "",
            }
            for row in sorted(losses.rows, key=lambda row: order.index(row.fate))
        ],
        "unseen": gaps(losses.unseen),
        "files": len(losses.files),
        "copies": [{"told": copy.told, "kept": copy.kept} for copy in losses.copies],
    }


def loss_page(losses: LossList) -> str:
    """A page of its own, for Allure's attachments; asks for no outside address."""
    environment = Environment(
        loader=PackageLoader("harness.reporting", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        trim_blocks=True,
    )
    return environment.get_template("losses_page.html.j2").render(losses=loss_content(losses))
