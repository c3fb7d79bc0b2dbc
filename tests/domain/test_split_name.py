"""Names of splits as bundletool and the Play store give them."""

import pytest

from harness.domain.split_name import SplitName, read_split_name


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("", SplitName()),
        ("config.arm64_v8a", SplitName(abi="arm64-v8a")),
        ("config.x86_64", SplitName(abi="x86_64")),
        ("config.xxhdpi", SplitName(density=480)),
        ("config.213dpi", SplitName(density=213)),
        ("config.de", SplitName(language="de")),
        ("config.pt_BR", SplitName(language="pt")),
        ("config.fil", SplitName(language="fil")),
        ("config.other_tcf", SplitName(other="other_tcf")),
        ("config.tier_0", SplitName(other="tier_0")),
        ("camera", SplitName("camera")),
        ("camera.config.arm64_v8a", SplitName("camera", abi="arm64-v8a")),
        ("my_config.thing", SplitName("my_config.thing")),
    ],
)
def test_a_name_is_read(text: str, due: SplitName) -> None:
    assert read_split_name(text) == due
