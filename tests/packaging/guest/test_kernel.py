"""Modules bring what they depend on, and the indexes are those that busybox's modprobe reads."""

import gzip
import lzma
import struct

import pytest

from packaging.guest import kernel
from packaging.guest.problem import GuestBuildError


def module(depends: str, *aliases: str) -> bytes:
    fields = [f"alias={alias}" for alias in aliases] + [f"depends={depends}", "vermagic=6.1"]
    return b"\x7fELF..." + b"".join(b"\0" + field.encode() for field in fields) + b"\0"


MODULES = {
    "virtio": module(""),
    "virtio_ring": module("virtio"),
    "failover": module(""),
    "net_failover": module("failover"),
    "virtio_net": module("net_failover,virtio-ring,virtio", "virtio:d00000001v*"),
    "loose": module(""),
}


def test_names_are_as_depends_writes_them() -> None:
    assert kernel.module_name("lib/modules/6.1/kernel/drivers/gpu/virtio-gpu.ko.xz") == "virtio_gpu"


def test_dependencies_are_followed_and_built_in_seeds_passed_over() -> None:
    chosen = kernel.select(["virtio-net", "built_in"], MODULES)
    assert chosen == {"virtio_net", "net_failover", "failover", "virtio_ring", "virtio"}


def test_a_dependency_that_is_not_there_is_an_error() -> None:
    with pytest.raises(GuestBuildError, match="gone"):
        kernel.select(["a"], {"a": module("gone")})


def test_load_order_puts_what_is_loaded_first_last() -> None:
    depends = {name: kernel.read_depends(image) for name, image in MODULES.items()}
    order = kernel.load_order("virtio_net", depends)
    assert set(order) == {"net_failover", "failover", "virtio_ring", "virtio"}
    assert order.index("virtio_ring") < order.index("virtio")
    assert order.index("net_failover") < order.index("failover")


def test_indexes_name_paths_and_aliases() -> None:
    chosen = {name: (f"kernel/{name}.ko", MODULES[name]) for name in ("virtio", "virtio_ring")}
    chosen["net"] = ("kernel/net.ko", module("virtio_ring", "pci:v1AF4*", "virtio:d1"))
    dependencies, aliases = kernel.dump_indexes(chosen)
    assert dependencies.splitlines() == [
        "kernel/net.ko: kernel/virtio_ring.ko kernel/virtio.ko",
        "kernel/virtio.ko:",
        "kernel/virtio_ring.ko: kernel/virtio.ko",
    ]
    assert aliases.splitlines() == ["alias pci:v1AF4* net", "alias virtio:d1 net"]


def test_a_packed_module_loses_its_suffix() -> None:
    packed = lzma.compress(b"module")
    assert kernel.unpack_module("a/b.ko.xz", packed) == ("a/b.ko", b"module")
    assert kernel.unpack_module("a/b.ko", b"module") == ("a/b.ko", b"module")


@pytest.mark.parametrize("pack", [lzma.compress, gzip.compress])
def test_the_kernel_is_unpacked_from_its_boot_image(pack: object) -> None:
    assert callable(pack)
    elf_image = b"\x7fELF kernel"
    payload = pack(elf_image)
    image = bytearray(1024 + 16) + payload + bytes(64)
    image[0x1F1] = 1  # one sector of set-up after the boot sector
    image[0x248:0x250] = struct.pack("<II", 16, len(payload))
    assert kernel.unpack_vmlinux(bytes(image)) == elf_image


def test_an_unknown_packing_is_said() -> None:
    with pytest.raises(GuestBuildError, match="unknown way"):
        kernel.unpack_vmlinux(bytes(4096))
