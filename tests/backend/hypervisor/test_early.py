"""Connections that are opened before the rest of the program is loaded."""

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import libvirt
import pytest

from backend.errors import BackendError, NotPermitted
from backend.hypervisor import early
from backend.hypervisor.connection import Connection
from backend.hypervisor.login import Login
from backend.specs import HostSpec

ROOM = """<node><domain type="test"><name>early</name><memory>8192</memory>
<os><type>hvm</type></os></domain></node>"""


@pytest.fixture
def spec(tmp_path: Path) -> HostSpec:
    """A host of the test driver's with one machine."""
    file = tmp_path / "room.xml"
    file.write_text(ROOM)
    return HostSpec("early", "early", f"test://{file}")


def names(connect: Any) -> list[str]:
    """Return what machines there are."""
    return [domain.name() for domain in connect.listAllDomains()]


async def test_who_opens_first_is_given_what_was_opened(
    spec: HostSpec, monkeypatch: pytest.MonkeyPatch
) -> None:
    early.begin(spec)
    monkeypatch.setattr(libvirt, "openAuth", None)
    connection = Connection("early", lambda: spec.uri, threads=1)
    assert await connection.call(names) == ["early"]
    connection.close()
    assert early.taken(spec.uri) is None, "it is given once"


async def test_who_renounced_rights_is_not_given_what_was_opened_with_them(
    spec: HostSpec,
) -> None:
    early.begin(spec)
    login = Login()
    login.is_read_only = True
    connection = Connection("early", lambda: spec.uri, threads=1, login=login)
    with pytest.raises(NotPermitted):
        await connection.call(lambda connect: connect.lookupByName("early").destroy())
    connection.close()
    assert early.taken(spec.uri) is not None


async def test_what_was_opened_in_vain_is_opened_anew_by_who_says_why(spec: HostSpec) -> None:
    away = replace(spec, uri=spec.uri + ".away")
    early.begin(away)
    connection = Connection("early", lambda: away.uri, threads=1)
    with pytest.raises(BackendError, match=r"room\.xml\.away"):
        await connection.open()
    connection.close()


async def test_nobody_waits_for_what_failed_in_a_way_that_is_not_libvirt_s(spec: HostSpec) -> None:
    never = replace(spec, uri="test:///\udcff")
    early.begin(never)
    connection = Connection("early", lambda: never.uri, threads=1)
    with pytest.raises(UnicodeEncodeError):
        await connection.open()
    connection.close()


def test_two_servers_at_one_address_have_one_opened(
    spec: HostSpec, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(early, "_open", lambda uri, _opening: opened.append(uri))
    monkeypatch.setattr(early, "_begun", {})
    early.begin(spec)
    early.begin(replace(spec, id="other"))
    assert opened == [spec.uri]


def test_what_nobody_took_is_closed_in_the_end_without_waiting(
    spec: HostSpec, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_to_answer = threading.Event()
    closed: list[str] = []

    class Stopped:
        """A connection whose daemon does not answer."""

        def close(self) -> None:
            is_to_answer.wait()
            closed.append(threading.current_thread().name)

    monkeypatch.setattr(libvirt, "open", lambda _uri: Stopped())
    early.begin(spec)
    early.end()
    assert closed == []
    assert early.taken(spec.uri) is None
    is_to_answer.set()
    for thread in threading.enumerate():
        if thread.name == "hypervisor-close":
            thread.join()
    assert closed == ["hypervisor-close"]


def test_only_where_nobody_can_be_asked(spec: HostSpec, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(early, "_open", lambda uri, _opening: opened.append(uri))
    monkeypatch.setattr(early, "_begun", {})
    here = replace(spec, uri="qemu:///system")
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    for other in (
        here, replace(spec, uri="qemu+ssh://host/system"), replace(spec, uri="qemu:///session"),
        replace(spec, uri=""), replace(spec, is_wanted=False), replace(spec, is_read_only=True),
    ):  # fmt: skip
        early.begin(other)
    assert opened == []
    monkeypatch.setattr("os.geteuid", lambda: 0)
    early.begin(here)
    early.begin(spec)
    assert opened == ["qemu:///system", spec.uri]
