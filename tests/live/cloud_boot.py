"""A cloud image with the real cloud-init, made here, and what it says from inside when it started.

`PYTHONPATH=.:packaging/tour python -m tests.live.cloud_boot` as root: Debian's packages become an
image (mmdebstrap, its cloud kernel, syslinux), the wizard's verb makes a machine of it, and the
machine's own serial port has to tell its host name, its user and the fingerprint of the user's key.
`--image FILE` keeps the image, or takes the one that is there. It is not part of the suite: it
fetches 150 MB, and an emulated Debian takes minutes.
"""

import argparse
import base64
import hashlib
import shutil
import struct
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from celadon_tour.evidence import GuestLog

from backend.model import Ref
from backend.operations import machine
from backend.specs import CloudSeed, MachineSpec, SourceKind, Then
from tests.live.stage import HOST, Guest, Stage, place

MIB = 2**20
NEEDED = ("mmdebstrap", "syslinux", "mcopy", "mkfs.vfat", "mkfs.ext4")
PACKAGES = ("systemd-sysv", "udev", "dbus", "cloud-init", "linux-image-cloud-amd64", "sudo")
BOOT_MIB, ROOT_MIB, PART_MIB = 96, 1400, 1
MBR = Path("/usr/lib/syslinux/mbr/mbr.bin")
SYSLINUX = """default linux
label linux
kernel vmlinuz
append initrd=initrd.img root=LABEL=root ro console=ttyS0
"""
NAME, USER = "cloud proof", "ada"
BLOB = b"\0\0\0\x0bssh-ed25519\0\0\0 " + bytes(range(32))
PATIENCE_S = 900.0


def run(*words: object) -> None:
    """Run a program to its end. Raises CalledProcessError."""
    subprocess.run([str(word) for word in words], check=True)


def build(image: Path, folder: Path) -> None:
    """Make the image of a disk with an MBR, a small FAT to start from, and Debian."""
    root, boot, system = folder / "root", folder / "boot.img", folder / "root.img"
    enable = 'chroot "$1" systemctl enable systemd-networkd'
    run(
        "mmdebstrap", "--variant=minbase", f"--include={','.join(PACKAGES)}",
        # A clock that is ahead of the archive is no matter here.
        "--aptopt=Acquire::Check-Valid-Until \"false\"", "--aptopt=Acquire::Check-Date \"false\"",
        f"--customize-hook={enable}", "bookworm", root,
    )  # fmt: skip
    (root / "etc/fstab").write_text("LABEL=root / ext4 defaults 0 1\n")
    (folder / "syslinux.cfg").write_text(SYSLINUX)
    run("mkfs.vfat", "-h", PART_MIB * 2048, "-C", boot, BOOT_MIB * 1024)
    kernel, ram_disk = (
        next((root / "boot").glob(f"{name}-*")) for name in ("vmlinuz", "initrd.img")
    )
    for source, name in (
        (kernel, "vmlinuz"), (ram_disk, "initrd.img"), (folder / "syslinux.cfg", "syslinux.cfg"),
    ):  # fmt: skip
        run("mcopy", "-i", boot, source, f"::{name}")
    run("syslinux", "--install", boot)
    run("mkfs.ext4", "-q", "-L", "root", "-d", root, system, f"{ROOT_MIB}M")
    join(image, boot, system)


def join(image: Path, boot: Path, system: Path) -> None:
    """Put the file systems behind an MBR that starts the first."""
    second = PART_MIB + BOOT_MIB
    with image.open("wb") as disk:
        disk.write(MBR.read_bytes().ljust(446, b"\0")[:446])
        disk.write(entry(PART_MIB, BOOT_MIB, 0x80, 0x0C) + entry(second, ROOT_MIB, 0, 0x83))
        disk.write(bytes(32) + b"\x55\xaa")
        disk.truncate((second + ROOT_MIB + 1) * MIB)
    for part, at in ((boot, PART_MIB), (system, second)):
        run("dd", f"if={part}", f"of={image}", "bs=1M", f"seek={at}", "conv=notrunc,sparse",
            "status=none")  # fmt: skip


def entry(start_mib: int, size_mib: int, flag: int, kind: int) -> bytes:
    """Return a partition as a table has it, by sectors of 512 bytes (0x80: it is started)."""
    none = b"\xfe\xff\xff"
    return struct.pack("<B3sB3sII", flag, none, kind, none, start_mib * 2048, size_mib * 2048)


def fingerprint() -> str:
    """Return how the key is known: SHA-256 in hexadecimal, as cloud-init prints it."""
    told = hashlib.sha256(BLOB).hexdigest()
    return ":".join(told[at : at + 2] for at in range(0, len(told), 2))


def prove(stage: Stage, image: Path) -> None:
    """Make a machine of it, start it, and read what it says of itself."""
    key = f"ssh-ed25519 {base64.b64encode(BLOB).decode()} {USER}@proof"
    spec = MachineSpec(
        NAME, SourceKind.CLOUD_IMAGE, path=image, seed=CloudSeed(USER, (key,)),
        memory_bytes=768 * MIB, disk_bytes=4096 * MIB,
    )  # fmt: skip
    began = time.monotonic()
    job = stage.must(machine.create_all, HOST, (spec,), Then.START)
    assert isinstance(job.result, tuple)
    (ref,) = job.result
    assert isinstance(ref, Ref)
    guest = Guest(stage, ref, NAME)
    port = stage.virsh.description(NAME).find("devices/serial/source")
    assert port is not None
    log = GuestLog(Path(str(port.get("path"))))
    try:
        for wanted in (
            "Debian GNU/Linux 12 cloud-proof ttyS0",
            f"Authorized keys from /home/{USER}/.ssh/authorized_keys for user {USER}",
            fingerprint(),
            "Cloud-init v.*finished.*DataSourceNoCloud",
        ):
            line = log.wait_for(wanted, patience_s=PATIENCE_S)
            sys.stdout.write(f"{time.monotonic() - began:6.0f} s  {line.strip()}\n")
            sys.stdout.flush()
    finally:
        log.close()
        guest.remove()


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the image unless it is there, and have it prove itself."""
    parser = argparse.ArgumentParser(description="Start a cloud image with the real cloud-init.")
    parser.add_argument("--image", type=Path)
    told = parser.parse_args(arguments)
    if missing := [name for name in NEEDED if not shutil.which(name)]:
        parser.error(f"missing here: {', '.join(missing)}")
    with TemporaryDirectory(dir="/var/tmp", prefix="celadon-cloud-") as folder, place() as root:
        image = told.image or Path(folder) / "cloud.raw"
        if not image.exists():
            build(image, Path(folder))
        stage = Stage(root)
        try:
            stage.open()
            prove(stage, image)
        finally:
            stage.strike()


if __name__ == "__main__":
    main()
