"""Can a person log in with user name and password?"""

import pytest

from harness.pages.app import App
from harness.plugin.fixtures import TestAccount
from harness.session.steps import Steps


@pytest.mark.scenario("login", start="logged_out", order=30)
def test_log_in(app: App, account: TestAccount, step: Steps) -> None:
    with step("open the app", needs="start"):
        app.open()

    with step("go to the log-in form"):
        profile = app.profile()
        account.require_logged_out(profile)
        log_in = profile.open_log_in()
        log_in.use_phone_email_username()
        log_in.choose_username_tab()

    with step("fill in the log-in form"):
        log_in.type_user(account.user)
        log_in.type_password(account.password)

    with step("submit log-in", needs=("login_check", "login")):
        account.take_log_in()  # one try: what the ledger refuses is not tried
        log_in.submit()
        result = log_in.outcome()
        assert result.logged_in, f"not logged in; the app says: {result.message}"

    with step("see the own profile", needs="own_profile"):
        profile = app.profile()
        assert profile.logged_in, f"no profile after the log-in: {profile.problem}"
