"""Log-in: the form, one try, what follows from its answer; and logging out."""

from __future__ import annotations

from collections.abc import Mapping

from harness.simphone.app.api import Session
from harness.simphone.app.context import Context
from harness.simphone.app.flows.failing import Failure
from harness.simphone.app.flows.kept import load_kept, take_account
from harness.simphone.app.flows.popups import greet_account
from harness.simphone.app.flows.profile import forget, load_profile
from harness.simphone.app.flows.start import keep_session
from harness.simphone.app.reactions import gate_for, label_for
from harness.simphone.app.state import LoginForm


def typed(context: Context, field: str, value: str) -> None:
    """A field of the form has a new text; only a change of the button redraws."""
    form = context.state.form
    before = (form.ready, form.error)
    if field in ("phone", "name", "password"):
        setattr(form, field, value)
        form.error = ""
    if (form.ready, form.error) != before:
        context.render()


async def submit(context: Context) -> None:
    """The button of the form."""
    form = context.state.form
    if not form.ready or not await context.may_ask("login"):
        return
    form.busy, form.error = True, ""
    context.render()
    context.track("login_submit", platform="email" if form.tab == "name" else "phone")
    context.spawn(_try(context, form))


async def _try(context: Context, form: LoginForm) -> None:
    user = form.name if form.tab == "name" else form.phone
    path = "/passport/user/login/"
    seconds = context.seconds("login")
    try:
        await _check_name(context, user)
        if context.faults.has("malformed-request", "login"):
            await context.api.malformed(context.api.hosts.login, path, seconds)
        data = await context.api.log_in(user, form.password, seconds)
    except Failure as error:
        context.failed(path, error)
        context.track("login_failure", error_code=getattr(error, "code", -1))
        await _refused(context, form, error)
        return
    finally:
        form.busy = False
    await _welcome(context, data)


async def _check_name(context: Context, user: str) -> None:
    """Asked first; the app goes on whatever comes of it."""
    try:
        await context.api.check_name(user, context.seconds("login"))
    except Failure as error:
        context.failed("/passport/user/check_login_name/", error)


async def _refused(context: Context, form: LoginForm, error: Exception) -> None:
    form.busy = False
    gate = gate_for(error)
    if gate is None:
        form.error = context.t(label_for(error))
        context.render()
        return
    context.state.captcha_loaded = None
    context.show(gate)
    if gate == "captcha":
        try:
            await context.api.load(context.api.hosts.captcha, "/captcha/get")
            context.state.captcha_loaded = True
        except Failure as failure:
            context.failed("/captcha/get", failure)
            context.state.captcha_loaded = False
        context.render()


async def _welcome(context: Context, data: Mapping[str, object]) -> None:
    state = context.state
    if context.faults.has("loses-session", "login"):
        context.api.session = Session()
        state.form = LoginForm()
        context.replace("feed", "profile")
        return
    try:
        keep_session(context)
        take_account(context, str(data.get("user_id_str", "")), str(data.get("sec_user_id", "")))
    except OSError as error:
        context.log("SharedPreferencesImpl", f"token_shared_preference.xml: {error}", "E")
        context.api.session = Session()
        state.form.error = context.t("storage_full")
        context.render()
        return
    state.logged_in, state.profile = True, None
    load_kept(context)
    state.form = LoginForm()
    context.track("login_success")
    greet_account(context)
    context.replace("feed", "profile")
    await load_profile(context)


async def log_out(context: Context) -> None:
    """Ends the session on both sides; the app does so even when the service is silent."""
    context.track("logout")
    context.spawn(_tell(context))
    forget(context)
    context.replace("feed", "profile")


async def _tell(context: Context) -> None:
    try:
        await context.api.log_out()
    except Failure as error:
        context.failed("/passport/user/logout/", error)
