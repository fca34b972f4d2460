"""A big host for libvirt's test driver: a node file with as many machines as one wants.

`test:///FILE` opens it, privately for each connection. It has states and descriptions, no figures.
"""

import uuid
from pathlib import Path
from typing import Final

_NAMESPACE: Final = "http://libvirt.org/schemas/domain/test/1.0"
_RUNNING, _PAUSED, _OFF = 1, 3, 5
_NETWORK: Final = """
  <network><name>default</name><uuid>004b96e1-2d78-c30f-5aa5-f03c87d21e69</uuid><forward/>
    <bridge name="virbr0"/><ip address="192.168.122.1" netmask="255.255.255.0"/></network>
  <pool type="dir"><name>default</name><uuid>dfe224cb-28fb-8dd0-c4b2-64eb3f0f4566</uuid>
    <target><path>/default-pool</path></target></pool>
  <cpu><mhz>2600</mhz><model>x86_64</model><active>32</active><nodes>2</nodes>
    <sockets>1</sockets><cores>8</cores><threads>2</threads></cpu>
  <memory>268435456</memory>
"""


def name(number: int) -> str:
    """Return what a machine is called."""
    return f"vm-{number:05d}"


def write(file: Path, count: int) -> str:
    """Write a host with so many machines, half of them on; return the URI that opens it."""
    machines = "".join(_machine(number) for number in range(count))
    file.write_text(f"<node>{machines}{_NETWORK}</node>\n", encoding="utf-8")
    return f"test://{file.resolve()}"


def state(number: int) -> int:
    """Return a machine's state, in libvirt's numbers: half are on, a few of them paused."""
    if number * 37 % 100 >= 50:
        return _OFF
    return _PAUSED if number % 10 == 9 else _RUNNING


def _machine(number: int) -> str:
    memory = 512 << (number % 5)
    mac = f"52:54:00:00:{number >> 8 & 255:02x}:{number & 255:02x}"
    disks = "".join(
        f'<disk type="file" device="disk"><driver name="qemu" type="qcow2"/>'
        f'<source file="/guest/{name(number)}-{disk}.qcow2"/>'
        f'<target dev="vd{"ab"[disk]}" bus="virtio"/></disk>'
        for disk in range(2)
    )
    return f"""
  <domain type="test" xmlns:test="{_NAMESPACE}">
    <test:runstate>{state(number)}</test:runstate>
    <name>{name(number)}</name><uuid>{uuid.UUID(int=(0x6DEAF << 108) + number)}</uuid>
    <description>{"shop" if number % 3 else "data base"} {number}</description>
    <memory unit="MiB">{memory}</memory><vcpu>{1 << number % 4}</vcpu>
    <os><type arch="x86_64">hvm</type><boot dev="hd"/></os>
    <devices>{disks}<interface type="network"><mac address="{mac}"/><source network="default"/>
      <model type="virtio"/></interface><graphics type="vnc" port="-1"/></devices>
  </domain>"""
