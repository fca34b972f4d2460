"""What is said before one takes an address that somebody else may have written."""

import pytest

from console.snapins.hosts import ways
from console.snapins.hosts.address import Address, Way
from console.snapins.hosts.cautions import caution, program_here


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("command=/opt/x", "runs /opt/x on this computer"),
        ("netcat=/opt/nc", "runs /opt/nc on the server"),
        ("proxy=netcat", "runs netcat on the server"),
        ("no_verify=1", "takes whoever answers"),
        ("known_hosts_verify=ignore", "takes whoever answers"),
    ],
)
def test_what_a_uri_does_is_said_in_a_line(query: str, words: str) -> None:
    said = caution(Address(Way.URI, uri=f"qemu+ssh://rack-2/system?{query}"))
    assert words in said
    assert said.startswith("Beware")
    assert "\n" not in said


def test_all_that_it_does_is_said() -> None:
    said = caution(Address(Way.URI, uri="qemu+ext://r/system?no_verify=1&command=%2fx&netcat=nc"))
    assert "runs /x on this computer; runs nc on the server; takes whoever" in said


@pytest.mark.parametrize(
    "uri",
    ["qemu+ssh://rack-2/system?no_tty=1&no_verify=0&proxy=auto", "test:///default", "qemu://[x"],
)
def test_others_need_no_caution(uri: str) -> None:
    assert caution(Address(Way.URI, uri=uri)) == ""
    assert program_here(uri) == ""


@pytest.mark.parametrize(
    ("query", "program"),
    [
        ("Command=/opt/x", "/opt/x"),
        ("%43OMMAND=%2Fopt%2Fx", "/opt/x"),
        ("mode=direct;command=/opt/x", "/opt/x"),
        ("no_tty=1&mode=direct;COMMAND=/opt/x", "/opt/x"),
        ("command=/opt/a&Command=/opt/b", "/opt/b"),
        ("command=/opt/a;b&mode=direct", "/opt/a;b"),
        ("command=/opt/a+b", "/opt/a+b"),
    ],
)
def test_a_program_is_seen_however_libvirt_lets_one_name_it(query: str, program: str) -> None:
    uri = f"qemu+ext:///system?{query}"
    assert program_here(uri) == program
    assert program in caution(Address(Way.URI, uri=uri))


def test_each_way_has_its_own() -> None:
    assert caution(Address(Way.TCP)) == ways.caution(Way.TCP) != ""
    assert caution(Address(Way.SSH)) == ""
