"""The way to a screen, over a libvirt that is made up: the real one is in tests/live."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from backend.errors import DisplayMissing, DisplayUnreachable
from backend.hypervisor import screens
from backend.hypervisor.ssh import forward, workplace


class Domain:
    """What libvirt would say of one machine."""

    def __init__(self, graphics: str) -> None:
        self.graphics = graphics
        self.opened: list[tuple[int, int]] = []
        self.peers: list[socket.socket] = []

    def name(self) -> str:
        return "web-01"

    def ID(self) -> int:
        return 7

    def XMLDesc(self, _flags: int) -> str:
        return f"<domain><devices>{self.graphics}</devices></domain>"

    def openGraphicsFD(self, number: int, flags: int) -> int:
        self.opened.append((number, flags))
        ours, theirs = socket.socketpair()
        self.peers.append(theirs)
        ours.set_inheritable(True)  # as libvirt's are
        return ours.detach()


class Connect:
    """A connection by a URI, to a host of one machine."""

    def __init__(self, uri: str, graphics: str) -> None:
        self.uri, self.domain = uri, Domain(graphics)

    def getURI(self) -> str:
        return self.uri

    def lookupByUUIDString(self, _uuid: str) -> Any:
        return self.domain


@pytest.fixture
def server() -> Iterator[int]:
    """A port that somebody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


@pytest.mark.parametrize("uri", ["qemu:///system", "qemu+unix:///session?socket=/x/y"])
def test_on_this_computer_libvirt_hands_it_over(uri: str) -> None:
    connect = Connect(uri, "<graphics type='spice'/><graphics type='vnc' passwd='x'/>")
    way = screens.open_vnc(connect, "1")
    assert connect.domain.opened == [(1, 1)]  # the second of them, without asking for a password
    assert (way.is_local, way.password) == (True, "")
    assert not way.sock.get_inheritable()
    way.sock.close()
    connect.domain.peers[0].close()


def test_the_d_bus_display_too() -> None:
    graphics = "<graphics type='dbus'/><graphics type='dbus' p2p='yes'/><graphics type='vnc'/>"
    connect = Connect("qemu:///system", graphics)
    way = screens.open_dbus(connect, "1")
    assert connect.domain.opened == [(1, 1)]  # the one without a bus
    assert way.run == screens.run_of(connect, "1") == 7
    assert not way.sock.get_inheritable()
    way.sock.close()
    connect.domain.peers[0].close()


@pytest.mark.parametrize(
    "uri",
    [
        "qemu+ssh://rack-2/system",
        "qemu+ssh:///system?command=/x/ssh",
        "qemu+libssh2://rack-2/system",
        "qemu+tls://rack-2/system",
        "qemu+tcp:///system",
        "qemu+ext:///system?command=/x",
        "qemu://rack-2/system",
    ],
)
def test_the_d_bus_display_is_never_asked_for_through_a_tunnel(uri: str) -> None:
    connect = Connect(uri, "<graphics type='dbus' p2p='yes'/>")
    with pytest.raises(DisplayMissing):
        screens.open_dbus(connect, "1")
    assert not connect.domain.opened


def test_a_machine_without_a_d_bus_display() -> None:
    connect = Connect("qemu:///system", "<graphics type='vnc'/><graphics type='dbus'/>")
    with pytest.raises(DisplayMissing):
        screens.open_dbus(connect, "1")
    assert not connect.domain.opened


@pytest.mark.parametrize("uri", ["qemu+ssh://rack-2/system", "qemu+tcp://rack-2/system"])
def test_nothing_is_handed_over_through_a_tunnel(uri: str) -> None:
    connect = Connect(uri, "<graphics type='vnc' port='5900' listen='127.0.0.1'/>")
    with pytest.raises(DisplayUnreachable, match=r"127\.0\.0\.1:5900") as caught:
        screens.open_vnc(connect, "1")
    assert not connect.domain.opened
    assert "only rack-2 itself" in caught.value.detail[0]


def test_over_the_network_it_is_the_hosts_address_where_the_server_listens_everywhere(
    server: int,
) -> None:
    graphics = f"<graphics type='vnc' port='{server}' listen='0.0.0.0' passwd='secret'/>"
    way = screens.open_vnc(Connect("qemu+tcp://127.0.0.1/system", graphics), "1")
    assert (way.is_local, way.password, way.transport) == (
        False,
        "secret",
        f"VNC, 127.0.0.1:{server}",
    )
    assert way.sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
    way.sock.close()


@pytest.mark.parametrize(
    ("host", "address", "is_private"),
    [("localhost", "127.0.0.1", True), ("rack-2", "::", False), ("rack-2", "10.0.0.2", False)],
)
def test_on_the_network_others_can_read_and_on_this_computer_nobody(
    monkeypatch: pytest.MonkeyPatch, host: str, address: str, *, is_private: bool
) -> None:
    ours, theirs = socket.socketpair()
    monkeypatch.setattr(socket, "create_connection", lambda *_to: ours)
    graphics = f"<graphics type='vnc' port='5900' listen='{address}'/>"
    way = screens.open_vnc(Connect(f"qemu+tcp://{host}/system", graphics), "1")
    assert way.is_private is is_private
    assert not way.is_local
    ours.close()
    theirs.close()


def test_nobody_answers(server: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        closed = other.getsockname()[1]
    graphics = f"<graphics type='vnc' port='{closed}' listen='127.0.0.1'/>"
    with pytest.raises(DisplayUnreachable) as caught:
        screens.open_vnc(Connect("qemu+tcp://localhost/system", graphics), "1")
    assert "refused" in caught.value.detail[0]
    assert server != closed


@pytest.mark.parametrize(
    ("graphics", "error"),
    [
        ("", DisplayMissing),
        ("<graphics type='spice' port='5900'/>", DisplayMissing),
        ("<graphics type='vnc' socket='/run/x.sock'/>", DisplayUnreachable),
    ],
)
def test_there_is_no_way(graphics: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        screens.open_vnc(Connect("qemu+tcp://rack-2/system", graphics), "1")


@pytest.mark.parametrize(
    ("graphics", "there"),
    [
        ("<graphics type='vnc' port='5901' listen='127.0.0.1'/>", "127.0.0.1:5901"),
        ("<graphics type='vnc' port='5901' listen='0.0.0.0'/>", "127.0.0.1:5901"),
        ("<graphics type='vnc' port='5901' listen='fe80::1'/>", "[fe80::1]:5901"),
        ("<graphics type='vnc' socket='/run/x.sock'/>", "/run/x.sock"),
    ],
)
def test_by_ssh_it_goes_through_the_connection_that_is_there(
    monkeypatch: pytest.MonkeyPatch, graphics: str, there: str
) -> None:
    asked: list[tuple[Path, str, str]] = []
    ours, theirs = socket.socketpair()

    def connect(command: Path, host: str, place: str) -> socket.socket:
        asked.append((command, host, place))
        return ours

    monkeypatch.setattr(forward, "connect", connect)
    monkeypatch.setattr(workplace, "is_ours", lambda _command: True)
    uri = "qemu+ssh://root@rack-2:2222/system?command=/run/user/0/celadon-x/ssh"
    way = screens.open_vnc(Connect(uri, graphics), "1")
    assert asked == [(Path("/run/user/0/celadon-x/ssh"), "rack-2", there)]
    assert (way.is_local, way.transport) == (False, "VNC, SSH to rack-2")
    ours.close()
    theirs.close()


def test_another_program_that_a_uri_names_is_told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(_command: Path, _host: str, _place: str) -> socket.socket:
        raise AssertionError("it is none of ours")

    monkeypatch.setattr(forward, "connect", connect)
    uri = "qemu+ssh://rack-2/system?command=/opt/tunnel/ssh"
    graphics = "<graphics type='vnc' port='5901' listen='127.0.0.1'/>"
    with pytest.raises(DisplayUnreachable) as raised:
        screens.open_vnc(Connect(uri, graphics), "1")
    assert raised.value.detail == ("only rack-2 itself may connect there",)
