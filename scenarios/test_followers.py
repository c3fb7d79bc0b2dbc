"""Does the account show its followers, and is what it shows true?

It needs somebody to be logged in and never logs in by itself: the account's one try of
the run belongs to the log-in scenario. Names of other people are never written down.
"""

import pytest

from harness.pages.app import App
from harness.plugin.fixtures import TestAccount
from harness.session.steps import Steps
from harness.session.three_way import ThreeWay


def see_profile(app: App) -> bool:
    app.open()
    return app.profile().logged_in


def see_followers(app: App) -> bool:
    return see_profile(app) and app.profile().open_followers().wait().loaded


@pytest.mark.scenario("followers", start="logged_in", order=20)
def test_followers(app: App, account: TestAccount, values: ThreeWay, step: Steps) -> None:
    with step("look at what the phone has cached"):
        values.read_known()

    with step("open the app", needs="start"):
        app.open()

    with step("see the own counters", needs="own_profile", again=see_profile):
        profile = app.profile()
        account.require_logged_in(profile, values)
        assert profile.logged_in, f"the own profile is not shown: {profile.problem}"
        values.compare(profile.counters, "own_profile")

    with step("see the followers", needs="followers", again=see_followers):
        people = profile.open_followers().wait()
        assert people.loaded, f"the list of followers is not shown: {people.problem}"
        values.compare(people.counts, "followers")
