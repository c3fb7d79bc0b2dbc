"""Following a file that is being written."""

from pathlib import Path

from harness.adapters.observation_file import ObservationWriter
from harness.adapters.observation_tail import Tail
from harness.domain.facts.capture import ProxyHeartbeat


def test_each_whole_line_comes_once_and_damage_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "o.jsonl"
    tail = Tail(path)
    assert tail.new() == []
    with ObservationWriter(path, source="proxy", host="lab") as writer:
        first = writer.write("proxy.heartbeat", ProxyHeartbeat(0.0))
        assert [item.id for item in tail.new()] == [first.id]
        assert tail.new() == []
        with path.open("ab") as other:
            other.write(b"garbage\n")
        second = writer.write("proxy.heartbeat", ProxyHeartbeat(0.0))
        line = path.read_bytes()
        path.write_bytes(line[:-5])
        assert tail.new() == []
        path.write_bytes(line)
        assert [item.id for item in tail.new()] == [second.id]
