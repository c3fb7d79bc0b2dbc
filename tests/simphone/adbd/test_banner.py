from harness.simphone.adbd.banner import DEFAULT_FEATURES, banner
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
    assert not [f for f in DEFAULT_FEATURES if f.startswith("sendrecv") or f == "delayed_ack"]
