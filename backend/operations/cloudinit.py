"""What cloud-init reads at the first start of a cloud image: its "NoCloud" source. Pure.

The files are JSON, which YAML 1.2 takes as it is, so that nothing that somebody typed has to be
quoted by us (https://cloudinit.readthedocs.io, "NoCloud").
"""

import io
import json
import re
import uuid
from ipaddress import ip_interface

from backend.specs import CloudSeed, StaticAddress

IMAGE_BYTES = 2**20
"""How large the image is at most, and how large its volume."""
_LABEL = "cidata"
Files = tuple[tuple[str, str], ...]
"""Names and contents."""


def files(seed: CloudSeed, name: str, mac: str) -> Files:
    """Return the files for a machine of that name, whose first adapter has that address."""
    meta = {"instance-id": str(uuid.uuid4()), "local-hostname": host_name(name)}
    found = [("meta-data", _text(meta)), ("user-data", "#cloud-config\n" + _text(_user(seed)))]
    if seed.address:
        found.append(("network-config", _text(_network(seed.address, mac))))
    return tuple(found)


def host_name(name: str) -> str:
    """Return what a guest calls itself, after its machine (RFC 1123)."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:63].strip("-") or "guest"


def image(told: Files) -> bytes:
    """Return the files as the image of a CD, as cloud-init looks for it."""
    import pycdlib  # noqa: PLC0415  # a twentieth of a second at each start, for a rare deed

    disc = pycdlib.PyCdlib()
    disc.new(interchange_level=3, joliet=3, rock_ridge="1.09", vol_ident=_LABEL)
    for number, (name, text) in enumerate(told):
        content = text.encode()
        disc.add_fp(
            io.BytesIO(content), len(content), f"/FILE{number}.;1", rr_name=name,
            joliet_path=f"/{name}",
        )  # fmt: skip
    made = io.BytesIO()
    disc.write_fp(made)
    disc.close()
    return made.getvalue()


def _user(seed: CloudSeed) -> dict[str, object]:
    user = {
        "name": seed.user,
        "shell": "/bin/sh",
        "sudo": "ALL=(ALL) NOPASSWD:ALL",
        "lock_passwd": True,
        "ssh_authorized_keys": list(seed.ssh_keys),
    }
    told: dict[str, object] = {"users": [user], "ssh_pwauth": False}
    if seed.packages:
        told |= {"package_update": True, "packages": list(seed.packages)}
    return told


def _network(address: StaticAddress, mac: str) -> dict[str, object]:
    is_new = ip_interface(address.address).version == 6
    adapter: dict[str, object] = {"match": {"macaddress": mac}, "addresses": [address.address]}
    if address.gateway:
        adapter["routes"] = [{"to": "::/0" if is_new else "0.0.0.0/0", "via": address.gateway}]
    if address.name_servers:
        adapter["nameservers"] = {"addresses": list(address.name_servers)}
    return {"version": 2, "ethernets": {"first": adapter}}


def _text(told: object) -> str:
    # YAML reads no surrogate pairs, which is how JSON writes what lies beyond 16 bits.
    return json.dumps(told, indent=1, ensure_ascii=False) + "\n"
