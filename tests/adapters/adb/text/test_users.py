from harness.adapters.adb.text.users import read_users

USERS = """Users:
\tUserInfo{0:Owner:c13} running
\tUserInfo{10:Team: lab:30} running
\tUserInfo{999:Clone:801010}
"""
DUMP = """    User 0: ceDataInode=1 installed=true hidden=false
    User 10: ceDataInode=0 installed=false hidden=false
    User 999: ceDataInode=2 installed=true hidden=false
"""


def test_names_with_colons_and_who_has_the_app() -> None:
    found = read_users(USERS, DUMP)

    assert [(u.id, u.name, u.kind, u.running, u.has_app) for u in found] == [
        (0, "Owner", "main", True, True),
        (10, "Team: lab", "work", True, False),
        (999, "Clone", "clone", False, True),
    ]


def test_without_a_dump_nobody_knows_who_has_the_app() -> None:
    assert {user.has_app for user in read_users(USERS)} == {None}
    assert read_users("") == ()
