"""Opening drafts."""

from __future__ import annotations

from harness.simphone.app.context import Context
from harness.simphone.app.flows.kept import load_kept
from harness.simphone.app.kept.drafts import BrokenDraftError


async def open_drafts(context: Context, _value: str) -> None:
    """The tile on the own profile."""
    if not await context.may_ask("drafts"):
        return
    load_kept(context)
    context.track("enter_drafts_page", count=len(context.state.drafts.drafts))
    context.show("drafts")


async def open_draft(context: Context, draft_id: str) -> None:
    """A row of the list."""
    page = context.state.drafts
    page.opened = next((d for d in page.drafts if d.draft_id == draft_id), None)
    page.broken, page.title = page.opened is None, ""
    if page.opened is not None:
        try:
            page.title = context.files.drafts.open(page.opened)
        except BrokenDraftError as error:
            context.log("Draft", f"{draft_id}: {error}", "W")
            page.broken = True
        page.broken = page.broken or context.faults.has("opens-nothing", "drafts")
    context.show("draft-editor")
