"""From fields to URIs, and back: nothing that was typed is lost on the way."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from console.snapins.hosts.address import (
    Address,
    Scope,
    Way,
    essence,
    name,
    of_uri,
    read,
    tidy,
    uri,
)

SSH = Address(Way.SSH, "rack-2")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (Address(Way.SYSTEM, server="left over"), "qemu:///system"),
        (Address(Way.SESSION), "qemu:///session"),
        (SSH, "qemu+ssh://rack-2/system"),
        (replace(SSH, user="root", port="2222"), "qemu+ssh://root@rack-2:2222/system"),
        (replace(SSH, user="me@corp", scope=Scope.SESSION), "qemu+ssh://me%40corp@rack-2/session"),
        (replace(SSH, server="fe80::1"), "qemu+ssh://[fe80::1]/system"),
        (replace(SSH, server="root@[::1]:22"), "qemu+ssh://root@[::1]:22/system"),
        (replace(SSH, key="/keys/a b", jump="gate"), "qemu+ssh://rack-2/system?keyfile=/keys/a%20b"),
        (replace(SSH, way=Way.TLS, user="x", certificates="/pki"),
         "qemu+tls://rack-2/system?pkipath=/pki"),
        (replace(SSH, way=Way.TCP, key="/x"), "qemu+tcp://rack-2/system"),
        (Address(Way.URI, uri=" test:///default "), "test:///default"),
        (Address(Way.SSH, "  "), ""),
    ],
)  # fmt: skip
def test_a_uri_is_made_of_what_counts(address: Address, expected: str) -> None:
    assert uri(address) == expected


def test_a_key_at_home_is_named_in_full() -> None:
    home = Path.home()
    assert uri(replace(SSH, key="~/.ssh/id")) == f"qemu+ssh://rack-2/system?keyfile={home}/.ssh/id"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("root@rack-2", replace(SSH, user="root")),
        ("rack-2:2222", replace(SSH, port="2222")),
        ("root@[::1]:22", Address(Way.SSH, "::1", "22", "root")),
        ("ssh -p 2222 -J gate,inner root@rack-2",
         Address(Way.SSH, "rack-2", "2222", "root", jump="gate,inner")),
        ("ssh -i ~/.ssh/k -o Foo=bar -v rack-2 -l ignored", replace(SSH, key="~/.ssh/k")),
        ("virsh -c qemu+ssh://root@rack-2/system list", replace(SSH, user="root")),
        ("virsh --connect qemu:///session", Address(Way.SESSION)),
        ("qemu+tls://rack-2/system", replace(SSH, way=Way.TLS)),
        ("qemu://rack-2/system", replace(SSH, way=Way.TLS)),
        ("qemu+ssh://rack-2:22/system", SSH),
        ("xen+ssh://rack-2/", Address(Way.URI, uri="xen+ssh://rack-2/")),
        ("qemu+ssh://rack-2/system?no_verify=1",
         Address(Way.URI, uri="qemu+ssh://rack-2/system?no_verify=1")),
        ("qemu+ssh://rack-2", Address(Way.URI, uri="qemu+ssh://rack-2")),
        ("qemu+ssh://[rack/system", Address(Way.URI, uri="qemu+ssh://[rack/system")),
    ],
)  # fmt: skip
def test_what_is_pasted_fills_the_fields(text: str, expected: Address) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text", ["", "  ", "rack-2", "fe80::1", "it's", "ssh", "ssh -v", "@", ":22"]
)
def test_the_name_of_a_server_alone_is_no_more_than_that(text: str) -> None:
    assert read(text) is None


def test_a_user_typed_before_the_server_goes_where_it_belongs() -> None:
    assert tidy(Address(Way.SSH, "root@rack-2:22", user="old")) == Address(
        Way.SSH, "rack-2", "22", "root"
    )


@given(
    user=some.text("abc@\\. é", max_size=6).map(str.strip),
    server=some.from_regex(r"[a-z]([a-z0-9.-]{0,8}[a-z0-9])?", fullmatch=True),
    port=some.integers(1, 65535).map(str) | some.just(""),
    key=some.text("abc é?&=#%+", max_size=6).map(lambda text: f"/{text}" if text else ""),
    scope=some.sampled_from(Scope),
)
def test_there_and_back(user: str, server: str, port: str, key: str, scope: Scope) -> None:
    address = tidy(Address(Way.SSH, server, port, user, key, scope=scope))
    expected = replace(address, port="" if port == "22" else port)
    assert of_uri(uri(address)) == expected


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("qemu:///system", "qemu+unix:///system", True),
        ("qemu+ssh://Rack-2/system", "qemu+ssh://rack-2:22/system?keyfile=/k", True),
        ("qemu://rack-2/system", "qemu+tls://rack-2:16514/system", True),
        ("qemu+ssh://root@rack-2/system", "qemu+ssh://rack-2/system", False),
        ("qemu+ssh://rack-2/system", "qemu+ssh://rack-2/session", False),
        ("qemu+ssh://rack-2/system", "qemu+ssh://rack-2:2222/system", False),
        ("qemu:///system", "qemu:///session", False),
        ("qemu:///session", "qemu:///session?socket=/run/x", False),
        ("test:///default", "test:///default", True),
    ],
)
def test_the_same_server_is_known_again(one: str, other: str, is_same: bool) -> None:
    assert (essence(one) == essence(other)) is is_same


def test_a_server_has_a_name_without_being_given_one() -> None:
    assert name(Address(Way.SSH, "root@rack-2:22")) == "rack-2"
    assert name(of_uri("xen+ssh://rack-2/")) == "rack-2"
    assert name(of_uri("test:///default")) == "test:///default"
    assert name(Address(Way.SYSTEM)) == ""
