"""The own block, and the lists of people."""

from __future__ import annotations

from dataclasses import replace

from harness.simphone.app.api import Session
from harness.simphone.app.context import Context
from harness.simphone.app.flows.failing import Failure
from harness.simphone.app.flows.kept import load_kept
from harness.simphone.app.reactions import label_for
from harness.simphone.app.state import PeoplePage, Profile

EXPIRED = "expired"


async def load_profile(context: Context) -> None:
    """Fetches the own block, keeps and shows it."""
    state = context.state
    if context.faults.has("loses-session", "profile"):
        forget(context)
    if not state.logged_in or not await context.may_ask("profile"):
        return
    state.profile_error = ""
    if context.faults.has("stale-cache-shown", "profile"):
        state.profile = _stale(context)
        context.render()
        return
    try:
        found = await _ask_profile(context)
    except Failure as error:
        context.failed("/aweme/v1/user/profile/self/", error)
        _profile_failed(context, label_for(error))
        return
    try:
        context.files.save_profile(found)
    except OSError as error:
        context.log("SharedPreferencesImpl", f"aweme_user.xml: {error}", "E")
    if context.faults.has("shows-wrong-counter", "profile"):
        found = replace(found, followers=0, following=0, likes=0)
    state.profile = found
    context.render()


async def _ask_profile(context: Context) -> Profile:
    path, seconds = "/aweme/v1/user/profile/self/", context.seconds("profile")
    if context.faults.has("malformed-request", "profile"):
        await context.api.malformed(context.api.hosts.api, path, seconds)
    return await context.api.profile(seconds)


def _profile_failed(context: Context, label: str) -> None:
    if label == EXPIRED:
        forget(context)
        context.phone.display.toast(context.package.name, context.t(EXPIRED))
    else:
        context.state.profile = None
        context.state.profile_error = context.t(label)
    context.render()


def _stale(context: Context) -> Profile | None:
    """An old copy, older than the last answer, so that the difference can be seen."""
    cached = context.files.cached_profile()
    if cached is None:
        return None
    return replace(cached, followers=cached.followers // 2, following=max(0, cached.following - 9))


def forget(context: Context) -> None:
    """No account any more, on the screen and in the files."""
    state = context.state
    state.logged_in, state.profile = False, None
    state.uid = state.sec_uid = ""
    load_kept(context)
    context.api.session = Session()
    try:
        context.files.forget_account()
    except OSError as error:
        context.log("SharedPreferencesImpl", f"aweme_user.xml: {error}", "E")
    context.render()


async def load_people(context: Context, kind: str) -> None:
    """Fetches one of the two lists."""
    state = context.state
    own = state.profile
    if own is None or not await context.may_ask("followers"):
        return
    state.people = PeoplePage(kind=kind, loading=True)
    context.show("people")
    page = PeoplePage(kind=kind)
    path = f"/aweme/v1/user/{kind.removesuffix('s')}/list/"
    seconds = context.seconds("followers")
    try:
        if context.faults.has("malformed-request", "followers"):
            await context.api.malformed(context.api.hosts.api, path, seconds)
        page.total, page.rows = await context.api.people(kind, own.uid, seconds)
    except Failure as error:
        context.failed(path, error)
        page.error = context.t(label_for(error))
    if state.people.kind == kind:
        state.people = page
        context.render()
