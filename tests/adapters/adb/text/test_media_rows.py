"""Rows of MediaStore with names that look like more columns."""

from harness.adapters.adb.text.media_rows import MediaRow, read_media_rows

TEXT = """Row: 0 _id=34, _size=123, owner_package_name=com.x, _data=/s/DCIM/a.mp4
Row: 1 _id=35, _size=NULL, owner_package_name=NULL, _data=/s/DCIM/b, _id=9
c.mp4
Row: 2 _id=oops, _size=1, owner_package_name=com.x, _data=/s/d.mp4
"""


def test_rows() -> None:
    assert read_media_rows(TEXT) == [
        MediaRow(34, 123, "com.x", "/s/DCIM/a.mp4"),
        MediaRow(35, None, None, "/s/DCIM/b, _id=9\nc.mp4"),
    ]
    assert read_media_rows("No result found.\n") == []
