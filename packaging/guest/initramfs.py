"""Put the guest together: what Debian's packages give, our own scripts, and the pictures."""

import gzip
import re
import stat
import subprocess
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from packaging.guest import elf, kernel, picture
from packaging.guest.cpio import Archive
from packaging.guest.problem import GuestBuildError

KERNEL_META_PACKAGE = "linux-image-amd64"
BUSYBOX_PACKAGE = "busybox-static"
AGENT_PACKAGE = "qemu-guest-agent"
AGENT_PACKAGES = (
    *(AGENT_PACKAGE, "libc6", "libglib2.0-0", "libpcre2-8-0", "libudev1", "libnuma1", "liburing2"),
)

MODULES = frozenset(
    """
virtio_pci virtio_net virtio_blk virtio_scsi virtio_console virtio_balloon virtio_input virtio-rng
virtio_mem vmw_vsock_virtio_transport failover bochs virtio-gpu qxl cirrus
evdev psmouse hid-generic usbhid xhci-pci ehci-pci uhci-hcd usb-storage uas
sd_mod sr_mod ahci ata_piix nvme isofs ext4 vfat nls_cp437 nls_ascii nls_utf8 crc32c_generic
e1000 e1000e 8139cp button qemu_fw_cfg i6300esb iTCO_wdt pvpanic-pci pvpanic-mmio tpm_tis tpm_crb
9pnet_virtio 9p virtiofs af_packet
""".split()  # noqa: SIM905  (fifty names read better so)
)
# Nine tenths of Debian's modules are for hardware that no virtual machine has.
SKIPPED_FOLDERS = re.compile(
    r"/kernel/(sound/|drivers/(media|net/wireless|staging|infiniband|iio|gpu/drm/(amd|i915|nouveau|"
    r"radeon|gma500|vmwgfx)|net/ethernet/(mellanox|broadcom|chelsio|qlogic|sfc|cavium)|"
    r"scsi/(lpfc|qla2xxx|bfa|mpt3sas|mpi3mr|aic7xxx))/|fs/(btrfs|xfs|ocfs2|gfs2|f2fs|ntfs3|smb))"
)
_FOLDERS = ("proc", "sys", "dev", "tmp", "run", "mnt", "root", "var", "usr/bin", "lib64")
_OWN_APPLETS = ("busybox", "dpkg", "dpkg-deb", "rpm", "sh")


@dataclass(frozen=True, slots=True)
class Guest:
    """The finished guest: the kernel in both forms, the packed initramfs, its kernel's release."""

    release: str
    vmlinuz: bytes
    vmlinux: bytes
    initrd: bytes


@dataclass(slots=True)
class _KernelPackage:
    image: bytes = b""
    release: str = ""
    modules: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    lists: dict[str, bytes] = field(default_factory=dict)


def read_members(
    package: Path, wanted: Callable[[str], bool]
) -> Iterator[tuple[str, tarfile.TarInfo, bytes]]:
    """Yield (path, entry, bytes) of the files in a .deb whose path is wanted."""
    command = ["dpkg-deb", "--fsys-tarfile", str(package)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        try:
            with tarfile.open(fileobj=process.stdout, mode="r|") as archive:
                for entry in archive:
                    path = entry.name.removeprefix("./")
                    if wanted(path):
                        file = archive.extractfile(entry) if entry.isfile() else None
                        yield path, entry, file.read() if file else b""
            process.stdout.read()
        except tarfile.TarError:
            process.kill()
    if process.returncode:
        raise GuestBuildError(f"{package.name} cannot be unpacked; delete it and run again.")


def _is_kernel_file(path: str) -> bool:
    if path.startswith("boot/vmlinuz-") or path.endswith(("modules.builtin", "modules.order")):
        return True
    return re.search(r"\.ko(\.xz|\.zst)?$", path) is not None and not SKIPPED_FOLDERS.search(path)


def _read_kernel(package: Path) -> _KernelPackage:
    found = _KernelPackage()
    for path, _entry, data in read_members(package, _is_kernel_file):
        if path.startswith("boot/"):
            found.image, found.release = data, path.removeprefix("boot/vmlinuz-")
        elif ".ko" in path:
            name, image = kernel.unpack_module(path.removeprefix("usr/"), data)
            found.modules[kernel.module_name(name)] = (name, image)
        else:
            found.lists[path.removeprefix("usr/")] = data
    if not found.image:
        raise GuestBuildError(f"{package.name} holds no kernel; run the builder with --update.")
    return found


def _add_modules(archive: Archive, source: _KernelPackage) -> None:
    images = {name: image for name, (_path, image) in source.modules.items()}
    chosen = kernel.select(MODULES, images)
    folder = f"lib/modules/{source.release}"
    for name in chosen:
        archive.add_file(*source.modules[name])
    for path, data in source.lists.items():
        archive.add_file(path, data)
    relative = {
        name: (source.modules[name][0].removeprefix(folder + "/"), images[name]) for name in chosen
    }
    dependencies, aliases = kernel.dump_indexes(relative)
    archive.add_file(f"{folder}/modules.dep", dependencies.encode())
    archive.add_file(f"{folder}/modules.alias", aliases.encode())
    archive.add_file(f"{folder}/modules.symbols", b"")


def _add_busybox(archive: Archive, package: Path, scratch: Path) -> None:
    data = _read_one(package, "bin/busybox")
    program = scratch / "busybox"
    program.write_bytes(data)
    program.chmod(0o755)
    listed = subprocess.run([program, "--list"], check=True, text=True, capture_output=True).stdout
    archive.add_file("bin/busybox", data, 0o755)
    for applet in listed.split():
        if applet not in _OWN_APPLETS:
            archive.add_link(f"bin/{applet}", "busybox")
    archive.add_link("bin/sh", "busybox")


def _read_one(package: Path, wanted: str) -> bytes:
    for _path, _entry, data in read_members(
        package, lambda path: path.removeprefix("usr/") == wanted
    ):
        return data
    raise GuestBuildError(f"{package.name} lacks {wanted}; run the builder again with --update.")


def _read_libraries(packages: list[Path]) -> Callable[[str], bytes | None]:
    files: dict[str, bytes] = {}
    links: dict[str, str] = {}
    for package in packages:
        for path, entry, data in read_members(package, lambda path: ".so" in path):
            name = PurePosixPath(path).name
            target = PurePosixPath(entry.linkname).name
            if entry.issym() and target != name:
                links[name] = target
            elif entry.isfile() and "gconv" not in path and "/audit/" not in path:
                files[name] = data

    def find(name: str) -> bytes | None:
        while name in links:
            name = links[name]
        return files.get(name)

    return find


def _add_agent(archive: Archive, packages: dict[str, Path]) -> None:
    program = _read_one(packages[AGENT_PACKAGE], "sbin/qemu-ga")
    find = _read_libraries([packages[name] for name in AGENT_PACKAGES if name != AGENT_PACKAGE])
    archive.add_file("bin/qemu-ga", program, 0o755)
    for name, image in elf.close_over(program, find).items():
        archive.add_file(f"{'lib64' if name.startswith('ld-') else 'lib'}/{name}", image, 0o755)


def _add_own_files(archive: Archive, rootfs: Path, release: str) -> None:
    for path in rootfs.rglob("*"):
        name = path.relative_to(rootfs).as_posix()
        if path.is_file() and "/." not in f"/{name}":
            runs = name == "init" or name.startswith("bin/")
            archive.add_file(name, path.read_bytes(), 0o755 if runs else 0o644)
    archive.add_file("lib/wallpaper.gz", gzip.compress(picture.draw_wallpaper(), 9, mtime=0))
    archive.add_file("lib/bigfont", picture.dump_big_font().encode())
    archive.add_file("lib/silent.bkeymap", picture.dump_silent_keymap())
    archive.add_file(
        "etc/os-release",
        (
            'NAME="Celadon sample guest"\nID=celadon-guest\nID_LIKE=debian\nVERSION_ID="1"\n'
            f'PRETTY_NAME="Celadon sample guest (Debian kernel {release}, BusyBox)"\n'
        ).encode(),
    )


def _skeleton() -> Archive:
    archive = Archive()
    for folder in _FOLDERS:
        archive.add_folder(folder)
    archive.add_link("sbin", "bin")
    archive.add_link("var/run", "../run")
    archive.add_character_device("dev/console", stat.S_IRUSR | stat.S_IWUSR, (5, 1))
    archive.add_character_device("dev/null", 0o666, (1, 3))
    return archive


def assemble(packages: dict[str, Path], kernel_package: str, rootfs: Path, scratch: Path) -> Guest:
    """Build the guest from the packages' files, by name; the same files give the same bytes."""
    source = _read_kernel(packages[kernel_package])
    archive = _skeleton()
    _add_modules(archive, source)
    _add_busybox(archive, packages[BUSYBOX_PACKAGE], scratch)
    _add_agent(archive, packages)
    _add_own_files(archive, rootfs, source.release)
    packed = gzip.compress(archive.dump(), 6, mtime=0)
    return Guest(source.release, source.image, kernel.unpack_vmlinux(source.image), packed)
