import pytest

from harness.simphone.adbd.banner import banner, features_of
from harness.simphone.contracts import PhoneSpec


def test_the_banner_names_the_phone_and_its_features() -> None:
    spec = PhoneSpec(name="x", product="shiba", model="Pixel 8")

    assert banner(spec, "device", ["cmd", "abb"]) == (
        b"device::ro.product.name=shiba;ro.product.model=Pixel 8;"
        b"ro.product.device=shiba;features=cmd,abb"
    )


def test_the_state_word_comes_first() -> None:
    assert banner(PhoneSpec(name="x"), "recovery", []).startswith(b"recovery::")


def test_no_feature_is_announced_that_is_not_spoken() -> None:
    assert not [f for f in features_of(36) if f.startswith("sendrecv") or f == "delayed_ack"]


@pytest.mark.parametrize(
    ("api", "present", "absent"),
    [
        (26, {"shell_v2", "cmd", "stat_v2"}, {"abb", "fixed_push_mkdir"}),
        (28, {"fixed_push_mkdir"}, {"abb_exec", "apex"}),
        (29, {"abb", "abb_exec"}, {"ls_v2", "remount_shell"}),
        (30, {"ls_v2", "remount_shell", "track_app"}, set[str]()),
    ],
)
def test_features_are_those_of_the_version(api: int, present: set[str], absent: set[str]) -> None:
    assert present <= set(features_of(api))
    assert not absent & set(features_of(api))
