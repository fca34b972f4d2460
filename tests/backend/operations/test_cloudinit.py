"""What cloud-init is told is valid JSON, whatever somebody typed, and on a disc that it finds."""

import io
import json

import pycdlib
import pytest

from backend.operations import cloudinit
from backend.specs import CloudSeed, StaticAddress

MAC = "52:54:00:00:00:01"
KEY = 'ssh-ed25519 AAAA "quoted": {it}'


def told(seed: CloudSeed) -> dict[str, str]:
    return dict(cloudinit.files(seed, "Web One!", MAC))


def test_the_user_comes_in_by_key_alone() -> None:
    files = told(CloudSeed("admin", (KEY,), ("vim",)))
    head, _, rest = files["user-data"].partition("\n")
    user = json.loads(rest)
    assert head == "#cloud-config"
    assert user["users"][0]["ssh_authorized_keys"] == [KEY]
    assert user["users"][0]["lock_passwd"] is True
    assert user["packages"] == ["vim"]
    assert json.loads(files["meta-data"])["local-hostname"] == "web-one"
    assert "network-config" not in files


def test_without_packages_nothing_is_updated() -> None:
    user = json.loads(told(CloudSeed("a"))["user-data"].partition("\n")[2])
    assert "packages" not in user
    assert "package_update" not in user


@pytest.mark.parametrize(
    ("address", "to"), [("192.0.2.10/24", "0.0.0.0/0"), ("2001:db8::10/64", "::/0")]
)
def test_an_address_of_its_own(address: str, to: str) -> None:
    seed = CloudSeed("a", address=StaticAddress(address, "gate", ("dns",)))
    first = json.loads(told(seed)["network-config"])["ethernets"]["first"]
    assert first["match"] == {"macaddress": MAC}
    assert first["addresses"] == [address]
    assert first["routes"] == [{"to": to, "via": "gate"}]
    assert first["nameservers"] == {"addresses": ["dns"]}


@pytest.mark.parametrize(
    ("name", "host"), [("web-01", "web-01"), ("Ä ß", "guest"), ("x" * 80, "x" * 63), ("-a-", "a")]
)
def test_what_it_calls_itself(name: str, host: str) -> None:
    assert cloudinit.host_name(name) == host


def test_the_disc_is_found_by_its_label_and_holds_the_files() -> None:
    files = cloudinit.files(CloudSeed("a", (KEY,)), "web", MAC)
    image = cloudinit.image(files)
    assert len(image) <= cloudinit.IMAGE_BYTES
    disc = pycdlib.PyCdlib()
    disc.open_fp(io.BytesIO(image))
    assert disc.pvd.volume_identifier.decode().strip() == "cidata"
    for name, text in files:
        found = io.BytesIO()
        disc.get_file_from_iso_fp(found, rr_path=f"/{name}")
        assert found.getvalue().decode() == text
    disc.close()


def test_a_comment_of_a_key_stands_as_it_was_typed() -> None:
    text = told(CloudSeed("a", ("ssh-ed25519 AAAA \U0001f511",)))["user-data"]
    assert "AAAA \U0001f511" in text
