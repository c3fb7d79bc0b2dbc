"""The loss list on the page and in Allure: complete, escaped, and without outside addresses."""

from dataclasses import replace
from pathlib import Path

from harness.adapters.inventory_file import encode_losses
from harness.loss.loss import LossList
from harness.reporting.allure_report import outside_addresses
from harness.reporting.loss_content import loss_content, loss_page, losses_in, losses_of
from tests.reporting.records import HOSTILE
from tests.reporting.test_loss_picture import LOSSES
from tests.reporting.test_page import page_of


def written(run: Path, losses: LossList = LOSSES) -> Path:
    folder = run / "tests" / "sim" / "login" / "try-1"
    folder.mkdir(parents=True)
    (folder / "losses.json").write_bytes(encode_losses(losses))
    return folder


def test_the_page_shows_table_picture_and_advice(tmp_path: Path) -> None:
    written(tmp_path)
    page = page_of(tmp_path)

    assert "What you had, and what is left" in page
    assert LOSSES.advice in page
    assert page.count('<svg class="losses"') == 1
    assert "draft 1 of 2" in page
    assert "Only the name is the same" not in page
    assert 'href="tests/sim/login/try-1/losses.json"' in page
    assert outside_addresses(page) == []


def test_a_run_without_losses_has_no_such_part(tmp_path: Path) -> None:
    assert "What you had, and what is left" not in page_of(tmp_path)
    assert losses_in(tmp_path) == []


def test_a_damaged_list_does_not_stop_the_page(tmp_path: Path) -> None:
    (written(tmp_path) / "losses.json").write_text("{")

    assert "What you had, and what is left" not in page_of(tmp_path)


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    row = replace(LOSSES.rows[0], item=HOSTILE, where=HOSTILE, how_known=HOSTILE)
    written(tmp_path, replace(LOSSES, rows=(row,), advice=HOSTILE))

    for page in (page_of(tmp_path), loss_page(replace(LOSSES, rows=(row,), advice=HOSTILE))):
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


def test_all_lists_of_a_run_are_found(tmp_path: Path) -> None:
    folder = written(tmp_path)

    assert losses_of(folder) == LOSSES
    assert losses_in(tmp_path) == [LOSSES]
    assert loss_content(None) is None


def test_allures_page_stands_alone() -> None:
    page = loss_page(LOSSES)

    assert page.startswith("<!doctype html>")
    assert "saved video" in page
    assert outside_addresses(page) == []
