"""The table of truths for scenarios: what happened, and what the verdict must say."""

from __future__ import annotations

from tests.attribution.account_truths import ACCOUNT_TRUTHS
from tests.attribution.client_truths import CLIENT_TRUTHS
from tests.attribution.content_truths import CONTENT_TRUTHS
from tests.attribution.harness_truths import HARNESS_TRUTHS
from tests.attribution.open_truths import OPEN_TRUTHS
from tests.attribution.server_truths import SERVER_TRUTHS
from tests.attribution.surroundings_truths import SURROUNDINGS_TRUTHS
from tests.attribution.truth import Truth

TRUTHS: list[Truth] = [
    *SERVER_TRUTHS,
    *CLIENT_TRUTHS,
    *SURROUNDINGS_TRUTHS,
    *ACCOUNT_TRUTHS,
    *HARNESS_TRUTHS,
    *OPEN_TRUTHS,
    *CONTENT_TRUTHS,
]
