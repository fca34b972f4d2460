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
from console.snapins.hosts.refusals import Field, refusals

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


@pytest.mark.parametrize(
    ("address", "field", "part"),
    [
        (Address(Way.SSH), Field.SERVER, "name or address"),
        (Address(Way.TLS, "rack 2"), Field.SERVER, "no space"),
        (Address(Way.SSH, "-oProxyCommand=x"), Field.SERVER, "cannot be"),
        (Address(Way.SSH, "räck"), Field.SERVER, "cannot be"),
        (Address(Way.SSH, "zz::1"), Field.SERVER, "cannot be"),
        (replace(SSH, port="0"), Field.PORT, "65535"),
        (replace(SSH, port="ssh"), Field.PORT, "65535"),
        (replace(SSH, server="rack-2:99999"), Field.PORT, "65535"),
        (replace(SSH, user="root:secret"), Field.USER, "password"),
        (replace(SSH, user="a b"), Field.USER, "no space"),
        (replace(SSH, user="-l"), Field.USER, "dash"),
        (replace(SSH, key="id_rsa"), Field.KEY, "whole path"),
        (replace(SSH, jump="gate,a b"), Field.JUMP, "user@server:port"),
        (replace(SSH, jump="root:x@gate"), Field.JUMP, "password"),
        (replace(SSH, way=Way.TLS, certificates="pki"), Field.CERTIFICATES, "whole path"),
        (Address(Way.URI), Field.URI, "paste"),
        (Address(Way.URI, uri="qemu+ssh://a b/system"), Field.URI, "%20"),
        (Address(Way.URI, uri="rack-2"), Field.URI, "begins"),
        (Address(Way.URI, uri="qemu+ssh://a:b:c/system"), Field.URI, "user@server:port"),
        (Address(Way.URI, uri="qemu+ssh://root:secret@a/system"), Field.URI, "password"),
    ],
)
def test_what_will_not_do_is_said_of_its_field(address: Address, field: Field, part: str) -> None:
    found = refusals(address)
    assert next(iter(found)) is field
    assert part in found[field]


@pytest.mark.parametrize(
    "address",
    [
        Address(Way.SYSTEM, port="nonsense"),
        SSH,
        Address(Way.SSH, "fe80::1%eth0"),
        Address(Way.SSH, "10.0.0.1", "2222", "CORP\\me", "~/.ssh/id", "a@gate:22,[::1]:2222"),
        Address(Way.TLS, "rack-2.example.org", certificates="/etc/pki"),
        Address(Way.URI, uri="test:///default"),
        Address(Way.URI, uri="qemu+ssh://root@[::1]:22/system?no_verify=1"),
    ],
)
def test_what_will_do_is_not_refused(address: Address) -> None:
    assert refusals(address) == {}
