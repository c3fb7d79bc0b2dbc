"""Drafts: the tile on the own profile, the list, and the editor of one."""

from __future__ import annotations

from datetime import UTC, datetime

from harness.simphone.app.kept.drafts import Draft
from harness.simphone.app.screens.chrome import centred, title_bar
from harness.simphone.app.screens.view import View
from harness.simphone.ui.node import Node
from harness.simphone.ui.widgets import (
    GREY,
    button,
    column,
    group,
    image,
    list_view,
    row,
    spacer,
    text,
)

COVER = 180


def drafts_tile(view: View) -> list[Node]:
    """The first tile of the profile's grid; none when there are no drafts."""
    drafts = view.state.drafts.drafts
    if not drafts:
        return []
    label = view.t("drafts_count").format(n=len(drafts))
    words = text(label, size=36, bold=True, color="#ffffff", align="center", height=90)
    words.style.background = "#00000080"
    still = image(picture=picture_of(drafts[0]))
    cover = column(spacer(), words)
    tile = group(still, cover, desc=label, on_click=view.click("drafts"), height=356)
    return [row(tile, spacer(weight=2), height=420), spacer(8)]


def drafts(view: View) -> Node:
    """The list, newest first."""
    rows = [_row(view, draft) for draft in view.state.drafts.drafts]
    content = list_view(*rows) if rows else centred(view.t("no_drafts"))
    return column(title_bar(view, view.t("drafts")), content)


def draft_editor(view: View) -> Node:
    """One draft, or why it cannot be opened."""
    page = view.state.drafts
    if page.opened is None or page.broken:
        return column(title_bar(view, ""), centred(view.t("draft_broken")))
    still = image(picture=picture_of(page.opened), weight=1)
    post = button(view.t("post"), on_click=view.click("nothing"), weight=1)
    post.height = None
    return column(
        title_bar(view, page.title),
        still,
        spacer(24),
        row(spacer(72, weight=0), post, spacer(72, weight=0), height=132),
        spacer(24),
    )


def picture_of(draft: Draft) -> int:
    """The seed of a draft's drawn still."""
    return sum(draft.draft_id.encode())


def _row(view: View, draft: Draft) -> Node:
    title = text(draft.title, bold=True)
    title.style.max_lines = 1
    when = datetime.fromtimestamp(draft.created, UTC)
    return row(
        spacer(32, weight=0),
        image(picture=picture_of(draft), height=COVER),
        spacer(32, weight=0),
        column(
            spacer(),
            title,
            text(f"{when:%Y-%m-%d}", color=GREY, size=36),
            spacer(),
        ),
        height=220,
        on_click=view.click("open-draft", draft.draft_id),
    )
