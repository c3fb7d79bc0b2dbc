"""Which names are secret."""

import pytest

from harness.domain.profile import Secrets
from harness.redaction.names import Names, Treatment

PROFILE = Secrets(drop=("X-Gorgon", "mix_mode"), pseudonym=("cdid", "session_label"))


@pytest.mark.parametrize(
    ("name", "treatment"),
    [
        ("password", Treatment.DROP),
        ("X-Tt-Token", Treatment.DROP),
        ("Authorization", Treatment.DROP),
        ("sessionid_ss", Treatment.DROP),
        ("session_key", Treatment.DROP),
        ("x-gorgon", Treatment.DROP),
        ("MIX_MODE", Treatment.DROP),
        ("sms_code", Treatment.DROP),
        ("cdid", Treatment.PSEUDONYM),
        ("session_label", Treatment.PSEUDONYM),
        ("device_id", Treatment.PSEUDONYM),
        ("email", Treatment.PSEUDONYM),
        ("unique_id", Treatment.PSEUDONYM),
        ("status_code", Treatment.KEEP),
        ("error_code", Treatment.KEEP),
        ("X-Tt-Logid", Treatment.KEEP),
        ("follower_count", Treatment.KEEP),
        ("device_platform", Treatment.KEEP),
    ],
)
def test_treatment(name: str, treatment: Treatment) -> None:
    names = Names(PROFILE)
    assert names.treatment(name) is treatment
    assert names.treatment(name) is treatment, "also when asked again"
