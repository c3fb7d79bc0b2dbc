"""What the listing prints is taken apart wherever it is cut and whatever names hold."""

import pytest

from harness.adapters.inventory.access import Access
from harness.adapters.inventory.listing import (
    Listed,
    ListingReader,
    denied_paths,
    listing_script,
    new_mark,
)
from harness.adapters.inventory.trees import Tree
from harness.domain.storage import INTERNAL, Area, Tier

MARK = b"@0123456789"
STREAM = (
    b"@0123456789>0\n"
    b"@0123456789|3|1790000000|11|10180|/d/a b,\n|9|@x|\\.mp4\n"
    b"@0123456789|0|1790000001|12|10180|/d/\xf0\x9f\x98\x80\n\n"
    b"@0123456789<0\n@0123456789!1\n"
    b"@0123456789|209715200|1790000002|13|0|/s/\xff.mp4\n"
)
FILES = [
    Listed("/d/a b,\n|9|@x|\\.mp4", 3, 1790000000, 11, 10180, 0),
    Listed("/d/😀\n", 0, 1790000001, 12, 10180, 0),
    Listed("/s/\\xff.mp4", 209715200, 1790000002, 13, 0, None),
]


@pytest.mark.parametrize("step", [1, 2, 7, 64, 10_000])
def test_the_stream_may_be_cut_anywhere(step: int) -> None:
    found: list[Listed] = []
    reader = ListingReader(MARK, found.append)
    for at in range(0, len(STREAM), step):
        reader.feed(STREAM[at : at + step])
    reader.close()

    assert found == FILES
    assert (reader.complete, reader.absent) == ({0}, {1})


def test_a_stream_that_ends_within_a_record_gives_what_was_whole() -> None:
    found: list[Listed] = []
    reader = ListingReader(MARK, found.append)
    reader.feed(STREAM[:30])
    reader.close()

    assert found == []
    assert reader.complete == set()


def test_each_call_has_a_mark_of_its_own() -> None:
    assert len({new_mark() for _ in range(20)}) == 20


def test_private_folders_go_into_one_script_of_whoever_may_look() -> None:
    trees = [
        Tree(Area.CE, INTERNAL, "/data/user/0/a.b", "", private=True),
        Tree(Area.DE, INTERNAL, "/data/user_de/0/a.b", "", private=True),
        Tree(Area.MEDIA, INTERNAL, "/storage/emulated/0/Android/media/a.b", ""),
    ]
    as_app = listing_script(trees, Access(Tier.RUN_AS, "a.b"), MARK)
    as_su = listing_script(trees, Access(Tier.SU, "a.b", su="su -c"), MARK)

    assert as_app.count("run-as a.b sh -c") == 1
    assert as_su.count("su -c ") == 3  # private folders, shared folders, files by name
    assert "run-as" not in listing_script(trees[2:], Access(Tier.RUN_AS, "a.b"), MARK)


def test_refusals_name_their_paths() -> None:
    text = (
        "find: /data/a: Permission denied\nfind: '/data/b c': Permission denied\n"
        "ls: cannot open directory '/data/d': Operation not permitted\n"
        "stat: /data/e: No such file or directory\n"
    )
    assert denied_paths(text) == ["/data/a", "/data/b c", "/data/d"]
