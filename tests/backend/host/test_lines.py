from pathlib import Path

import libvirt
import pytest

from backend.host.lines import Lines


async def test_a_private_test_host_has_one_connection_for_all(uri: str) -> None:
    lines = Lines("t", uri, lambda _connect, _counts: ())
    assert lines.reader is lines.actions is lines.monitor is lines.transfers
    lines.close()


async def test_any_other_host_has_one_for_each_role() -> None:
    opened: list[object] = []

    def note(connect: object, _counts: object) -> tuple[()]:
        opened.append(connect)
        return ()

    lines = Lines("t", "test:///default", note)
    assert len({lines.reader, lines.actions, lines.monitor, lines.transfers}) == 4
    for connection in (lines.actions, lines.monitor, lines.reader):
        assert await connection.call(lambda connect: connect.getType()) == "TEST"
    assert len(opened) == 1, "only the reader listens"
    lines.close()


async def test_closed_connections_open_anew_at_the_uri_of_that_moment(
    uri: str, tmp_path: Path
) -> None:
    other = tmp_path / "other.xml"
    other.write_text((tmp_path / "node.xml").read_text().replace("<name>test<", "<name>other<"))
    lines = Lines("t", uri, lambda _connect, _counts: ())

    def names(connect: "libvirt.virConnect") -> list[str]:
        return [domain.name() for domain in connect.listAllDomains()]

    assert await lines.reader.call(names) == ["test"]
    lines.uri = f"test://{other}"
    assert await lines.reader.call(names) == ["test"]
    lines.close_connections()
    assert await lines.reader.call(names) == ["other"]
    lines.close()


async def test_files_of_this_computer_have_threads_of_their_own() -> None:
    lines = Lines("t", "test:///default", lambda _connect, _counts: pytest.fail("nothing to open"))
    assert await lines.local.run(lambda: 7, deadline_s=5) == 7
    lines.close()
