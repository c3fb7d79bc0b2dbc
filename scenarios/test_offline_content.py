"""Do offline videos, drafts and saved videos work without any network?

The network is taken from the phone and given back; an outage of the service must not
matter here. A kind of which nothing is there is said and is no failure.
"""

import pytest

from harness.pages.app import App
from harness.plugin.fixtures import TestAccount
from harness.session.offline_content import OfflineContent, opening
from harness.session.steps import Steps
from harness.session.three_way import ThreeWay


@pytest.mark.scenario("offline_content", start="logged_in", order=10)
def test_offline_content(
    app: App, account: TestAccount, values: ThreeWay, content: OfflineContent, step: Steps
) -> None:
    with step("look at what lies on the phone"):
        values.read_known()
        content.survey()

    with content.without_network():
        with step("open the app without network"):
            app.open()
            account.require_logged_in(app.profile(), values)

        with step("play the offline videos"):
            videos = opening(content, "offline_video", app.offline_videos)
            content.check(videos, "offline_video")

        with step("open the drafts"):
            drafts = opening(content, "draft", app.drafts)
            content.check(drafts, "draft")

        with step("play the saved videos"):
            content.check(content.saved_videos(), "saved_video")
