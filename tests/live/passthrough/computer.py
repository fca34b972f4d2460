"""The emulated computer: made of this one's files, started, and reached by SSH."""

import contextlib
import gzip
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from backend.operations import samples

HERE = Path(__file__).parent
BOOT_S = 900.0
CARD, STICK = "0000:01:00.0", "46f4:0001"
"""The network card and the USB stick that go into its guest."""
_EARLY = ("virtio_pci", "9pnet_virtio", "9p", "overlay")
_QEMU = """
-machine q35 -accel tcg,thread=multi -smp 2 -cpu max -m 1800 -display none
-device intel-iommu,intremap=on -device pcie-root-port,id=rp1,chassis=1,slot=1
-netdev user,id=way,hostfwd=tcp:127.0.0.1:{port}-:22 -device virtio-net-pci,netdev=way
-netdev user,id=net,net=10.9.9.0/24 -device e1000e,netdev=net,bus=rp1
-drive id=stick,if=none,format=raw,file={place}/stick -device qemu-xhci,id=usb
-device usb-storage,drive=stick,bus=usb.0
-fsdev local,id=files,path=/,security_model=none,readonly=on,multidevs=remap
-device virtio-9p-pci,fsdev=files,mount_tag=host
-serial file:{place}/console -kernel {kernel} -initrd {place}/initrd
"""
_WORDS = (
    "console=ttyS0 quiet loglevel=4 panic=-1 tsc=unstable mitigations=off cryptomgr.notests "
    "intel_iommu=on"
)


@dataclass(frozen=True, slots=True)
class Computer:
    """One that runs; `place` holds what was made for it."""

    place: Path
    port: int

    @property
    def uri(self) -> str:
        """Where its libvirt is."""
        return f"qemu+ssh://root@127.0.0.1:{self.port}/system"

    @property
    def ssh_config(self) -> Path:
        """A configuration of ssh in which nothing is the user's own."""
        return self.place / "ssh_config"

    def run(self, command: str) -> str:
        """Return what a command prints there."""
        way = ("ssh", "-F", str(self.ssh_config), "-p", str(self.port), "root@127.0.0.1", command)
        return subprocess.run(way, check=False, text=True, capture_output=True, timeout=120).stdout


@contextlib.contextmanager
def started() -> Iterator[Computer]:
    """Give one whose guest has been started; it is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="celadon-nested-", dir="/var/tmp") as name:
        place, port = Path(name), _free_port()
        _make(place, port)
        kernel = next((place / "kernel/boot").glob("vmlinuz-*"))
        words = _QEMU.format(place=place, port=port, kernel=kernel).split()
        with subprocess.Popen(["qemu-system-x86_64", *words, "-append", _WORDS]) as process:
            try:
                _until_started(place / "console", process)
                yield Computer(place, port)
            finally:
                process.kill()


def _make(place: Path, port: int) -> None:
    guest = samples.directory()
    downloads = guest.with_name(f"{guest.name}-downloads")  # what it was built of
    for package, folder in (("linux-image-*", "kernel"), ("busybox-static_*", "tools")):
        deb = next((downloads / "packages").glob(f"{package}.deb"))
        _run("dpkg-deb", "-x", str(deb), str(place / folder))
    shutil.copy(place / "tools/bin/busybox", place / "busybox")
    release = next((place / "kernel/lib/modules").iterdir()).name
    _run(str(place / "busybox"), "depmod", "-b", str(place / "kernel"), release)
    for key in ("key", "hostkey"):
        _run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(place / key))
    known = (place / "hostkey.pub").read_text()
    (place / "known").write_text(f"[127.0.0.1]:{port} {known}")
    (place / "ssh_config").write_text(
        f"UserKnownHostsFile {place}/known\nGlobalKnownHostsFile /dev/null\nIdentityAgent none\n"
        f"IdentityFile {place}/key\n"
    )
    (place / "stick").write_bytes(b"celadon" + bytes(16 * 2**20))
    sample = samples.load()
    text = (HERE / "guest.xml").read_text()
    text = text.replace("KERNEL", str(sample.kernel)).replace("INITRD", str(sample.initrd))
    (place / "guest.xml").write_text(text)
    shutil.copy(HERE / "inside.sh", place)
    _pack(place, release)


def _pack(place: Path, release: str) -> None:
    """Write the initramfs: BusyBox, what reads this computer's files, and `init.sh`."""
    root, modules = place / "early", place / "kernel/lib/modules" / release
    for folder in ("bin", "low", "up", "new", "proc", "sys", "dev"):
        (root / folder).mkdir(parents=True)
    shutil.copy(place / "busybox", root / "bin")
    init = root / "init"
    init.write_text((HERE / "init.sh").read_text().replace("PLACE", str(place)))
    init.chmod(0o755)
    wanted = {"modules.dep"}
    for line in (modules / "modules.dep").read_text().splitlines():
        file, needed = line.split(":")
        if Path(file).name.removesuffix(".ko") in _EARLY:
            wanted |= {file, *needed.split()}
    for file in wanted:
        target = root / "lib/modules" / release / file
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(modules / file, target)
    names = "\n".join(str(path.relative_to(root)) for path in sorted(root.rglob("*")))
    packed = subprocess.run(
        ["cpio", "--quiet", "-o", "-H", "newc"],
        cwd=root, input=names.encode(), check=True, capture_output=True,
    ).stdout  # fmt: skip
    (place / "initrd").write_bytes(gzip.compress(packed, 1))


def _until_started(console: Path, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + BOOT_S
    while time.monotonic() < end and process.poll() is None:
        told = console.read_text(errors="replace") if console.exists() else ""
        if "GUEST STARTED" in told:
            return
        time.sleep(1)
    raise TimeoutError(console.read_text(errors="replace")[-2000:])


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
