"""What cloud-init is told, checked while one types."""

import pytest

from tests.console.snapins.machines.creation.conftest import Opener

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIyJmF1n"


@pytest.mark.parametrize("user", ["", "Root", "1st", "a b", "x" * 33])
def test_what_no_user_is_called(opened: Opener, user: str) -> None:
    page = opened().cloud
    page.user.setText(user)
    assert page.verdict()[1] is page.user_remark


@pytest.mark.parametrize("key", ["not a key", "ssh-rsa", "ssh-rsa AAAA"])
def test_what_is_no_key(opened: Opener, key: str) -> None:
    page = opened().cloud
    page.keys.setPlainText(f"{KEY} me\n{key}")
    assert page.verdict()[1] is page.keys_remark


def test_what_is_no_package(opened: Opener) -> None:
    page = opened().cloud
    page.keys.setPlainText(KEY)
    page.packages.setText("vim; rm")
    assert page.verdict() == ("No package is called vim;.", page.packages_remark)


@pytest.mark.parametrize(
    ("address", "gateway", "servers"),
    [
        ("nonsense/24", "", ""),
        ("192.0.2.10", "", ""),
        ("192.0.2.10/24", "nonsense", ""),
        ("192.0.2.10/24", "", "192.0.2.1 nonsense"),
        ("192.0.2.10/24", "192.0.3.1", ""),
        ("192.0.2.10/24", "fe80::1", ""),
        ("192.0.2.10/24", "169.254.0.1", ""),
        ("2001:db8::10/64", "2001:db8:1::1", ""),
        ("2001:db8::10/64", "fe80::1%eth0", ""),
        ("2001:db8::10/64", "192.0.2.1", ""),
    ],
)
def test_what_is_no_address(opened: Opener, address: str, gateway: str, servers: str) -> None:
    page = opened().cloud
    page.keys.setPlainText(KEY)
    page.way.setCurrentIndex(1)
    page.address.setText(address)
    page.gateway.setText(gateway)
    page.servers.setText(servers)
    assert page.verdict()[1] is page.address_remark


@pytest.mark.parametrize(
    ("address", "gateway"),
    [
        ("192.0.2.10/24", "192.0.2.1"),
        ("2001:db8::10/64", "2001:db8::1"),
        ("2001:db8::10/64", "fe80::1"),
    ],
)
def test_a_gateway_on_the_link(opened: Opener, address: str, gateway: str) -> None:
    page = opened().cloud
    page.keys.setPlainText(KEY)
    page.way.setCurrentIndex(1)
    page.address.setText(address)
    page.gateway.setText(gateway)
    assert not page.verdict()[0]
    seed = page.seed()
    assert seed.address
    assert seed.address.gateway == gateway


def test_it_says_what_will_be(opened: Opener) -> None:
    page = opened().cloud
    page.keys.setPlainText(KEY)
    told = {row.label: row.value for row in page.facts()}
    assert told["SSH keys"] == "1"
    assert told["Packages"] == "qemu-guest-agent"
    assert told["Address"] == "Automatic (DHCP)"
