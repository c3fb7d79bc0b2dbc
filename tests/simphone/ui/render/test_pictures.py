from harness.simphone.ui.render.pictures import WALLPAPER, picture


def test_a_seed_is_always_the_same_picture() -> None:
    first = picture(7, 200, 300, avatar=False)
    picture.cache_clear()
    again = picture(7, 200, 300, avatar=False)
    assert first.size == (200, 300)
    assert first.tobytes() == again.tobytes()


def test_seeds_and_kinds_differ() -> None:
    looks = {
        picture(seed, 120, 120, avatar=avatar).tobytes()
        for seed in (1, 2, 3, WALLPAPER)
        for avatar in (False, True)
    }
    assert len(looks) == 8
