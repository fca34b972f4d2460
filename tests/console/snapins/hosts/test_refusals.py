"""What will not do is said of the field that it stands in."""

from dataclasses import replace

import pytest

from console.snapins.hosts.address import Address, Way
from console.snapins.hosts.refusals import Field, refusals

SSH = Address(Way.SSH, "rack-2")


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
