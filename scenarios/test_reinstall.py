"""What does deleting the app cost, item by item?"""

import pytest

from harness.pages.app import App
from harness.session.experiment import Experiment
from harness.session.steps import Steps


@pytest.mark.scenario("reinstall", start="installed", destructive=True, order=40)
def test_reinstall(app: App, experiment: Experiment, step: Steps) -> None:
    with step("take the inventory"):
        experiment.take_before()

    with step("save what can be saved"):
        experiment.save()  # nothing is deleted that could not be installed again

    with step("take the app away"):
        experiment.remove()

    with step("install the same build again"):
        experiment.install()

    with step("take the inventory again"):
        experiment.take_after()

    with step("open the app", needs="start"):
        experiment.open_app(app)

    with step("ask the service what it still has"):
        experiment.ask_service(app)  # only if the account has a log-in left

    with step("tell what was lost"):
        experiment.tell_losses()

    with step("put back what was saved"):
        experiment.put_back()

    with step("open the app once more", needs="start"):
        experiment.open_app(app)
