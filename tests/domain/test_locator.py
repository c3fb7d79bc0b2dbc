import pytest

from harness.domain.locator import Locator


@pytest.mark.parametrize(
    ("locator", "shown"),
    [
        (Locator(texts=("Log in", "Connexion")), "text 'Log in' (+1)"),
        (Locator(descs=("Profile",), flags={"clickable": True}), "desc 'Profile', clickable=true"),
        (Locator(hints=("User",), class_name="EditText"), "hint 'User', class EditText"),
        (Locator(id="cover", within="list", position=2), "id 'cover', within list, position 2"),
    ],
)
def test_a_locator_says_what_it_looks_for(locator: Locator, shown: str) -> None:
    assert str(locator) == shown
