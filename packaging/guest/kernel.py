"""Take apart Debian's kernel: the plain ELF in its bzImage, and the modules that we want of it."""

import lzma
import re
import struct
import subprocess
import zlib
from collections.abc import Iterable, Mapping

from packaging.guest.problem import GuestBuildError

# Offsets of the x86 boot protocol, Documentation/arch/x86/boot.rst in the kernel.
_SETUP_SECTORS, _PAYLOAD = 0x1F1, 0x248


def unpack_vmlinux(image: bytes) -> bytes:
    """Return the ELF kernel inside a bzImage; it needs no unpacking at boot and starts by PVH."""
    sectors = image[_SETUP_SECTORS] or 4
    offset, length = struct.unpack_from("<II", image, _PAYLOAD)
    start = (sectors + 1) * 512 + offset
    payload = image[start : start + length]
    if payload.startswith(b"\xfd7zXZ\0"):
        return lzma.LZMADecompressor().decompress(payload)
    if payload.startswith(b"\x1f\x8b"):
        return zlib.decompressobj(31).decompress(payload)
    tools = {b"\x28\xb5\x2f\xfd": "zstd", b"\x02\x21\x4c\x18": "lz4"}
    tool = tools.get(payload[:4])
    if tool is None:
        raise GuestBuildError(
            "the kernel is packed in an unknown way; teach kernel.py to unpack it."
        )
    return _run_filter(tool, payload)


def unpack_module(name: str, data: bytes) -> tuple[str, bytes]:
    """Return name and bytes of a module without its compression (.ko, .ko.xz, .ko.zst)."""
    if name.endswith(".xz"):
        return name.removesuffix(".xz"), lzma.decompress(data)
    if name.endswith(".zst"):
        return name.removesuffix(".zst"), _run_filter("zstd", data)
    return name, data


def _run_filter(tool: str, data: bytes) -> bytes:
    try:
        return subprocess.run([tool, "-dcq"], input=data, check=True, capture_output=True).stdout
    except FileNotFoundError:
        raise GuestBuildError(
            f"the program {tool} is missing; install the package of that name."
        ) from None


def module_name(path: str) -> str:
    """Return a module's name as `depends=` writes it: base name, underscores, no suffix."""
    return path.rsplit("/", 1)[-1].split(".ko", maxsplit=1)[0].replace("-", "_")


def read_modinfo(image: bytes, key: str) -> list[str]:
    """Return the values of one key in a module's .modinfo section, e.g. every `alias`."""
    pattern = b"\\0" + key.encode() + b"=([^\\0]*)(?=\\0)"
    return [value.decode() for value in re.findall(pattern, b"\0" + image)]


def read_depends(image: bytes) -> list[str]:
    """Return the names of the modules that must be loaded before this one."""
    listed = [name for line in read_modinfo(image, "depends") for name in line.split(",")]
    return [name.replace("-", "_") for name in listed if name]


def select(seeds: Iterable[str], modules: Mapping[str, bytes]) -> set[str]:
    """Return the seeds and all they depend on; a seed not in `modules` is built into the kernel."""
    chosen: set[str] = set()
    waiting = [name for name in (seed.replace("-", "_") for seed in seeds) if name in modules]
    while waiting:
        name = waiting.pop()
        if name in chosen:
            continue
        if name not in modules:
            raise GuestBuildError(
                f"the kernel package lacks the module {name}, which a chosen one needs; look at"
                " SKIPPED_FOLDERS in packaging/guest/initramfs.py."
            )
        chosen.add(name)
        waiting += read_depends(modules[name])
    return chosen


def load_order(name: str, depends: Mapping[str, list[str]]) -> list[str]:
    """Return what must be loaded before `name`, in the order of modules.dep: nearest first."""
    seen: list[str] = []

    def visit(current: str) -> None:
        for needed in depends[current]:
            if needed not in seen:
                visit(needed)
        seen.append(current)

    visit(name)
    return seen[-2::-1]


def dump_indexes(modules: Mapping[str, tuple[str, bytes]]) -> tuple[str, str]:
    """Return the texts of modules.dep and modules.alias for {name: (path in the tree, image)}."""
    depends = {name: read_depends(image) for name, (_path, image) in modules.items()}
    dependencies, aliases = [], []
    for name in sorted(modules):
        path, image = modules[name]
        before = [modules[needed][0] for needed in load_order(name, depends)]
        dependencies.append(f"{path}: {' '.join(before)}".rstrip() + "\n")
        aliases += [f"alias {alias} {name}\n" for alias in read_modinfo(image, "alias")]
    return "".join(dependencies), "".join(aliases)
