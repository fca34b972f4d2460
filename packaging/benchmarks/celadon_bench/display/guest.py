"""A guest whose screen scrolls, under a QEMU of its own: what no recording can be.

Its screen is a VGA, whose memory QEMU looks at, or a virtio-gpu, which says itself what it shows.
QEMU 9.2 and newer share with a D-Bus display what they keep of a virtio-gpu; a VGA's picture is in
the guest's own memory, and goes by the socket.
"""

import array
import json
import socket
import subprocess
import time
from enum import Enum
from pathlib import Path
from typing import Any, Final

from celadon_bench.display.pictures import Picture

_HERE: Final = Path(__file__).parent
_PICTURE_AT: Final = 0x1000000
SCROLLED_ROWS: Final = 512
_PATIENCE_S: Final = 10.0


class Video(Enum):
    """What a guest's screen is."""

    VGA = "VGA"
    VIRTIO = "virtio"


def assemble(folder: Path, width: int, height: int) -> Path:
    """Return the boot sector for a screen of this size."""
    made, linked, sector = (folder / f"guest.{end}" for end in ("o", "elf", "img"))
    sizes = ("--defsym", f"W={width}", "--defsym", f"H={height}")
    for command in (
        ("as", "--32", *sizes, "-o", made, _HERE / "guest.S"),
        ("ld", "-m", "elf_i386", "-Ttext=0x7c00", "-o", linked, made),
        ("objcopy", "-O", "binary", "-j", ".text", linked, sector),
    ):
        subprocess.run(command, check=True, capture_output=True)
    return sector


def compile_kernel(folder: Path, width: int, height: int) -> Path:
    """Return the kernel that has a virtio-gpu show a screen of this size."""
    kernel = folder / "guest.elf"
    alone = ("-m32", "-march=i686", "-O1", "-ffreestanding", "-fno-pic", "-no-pie", "-nostdlib")
    placed = ("-Wl,-m,elf_i386", "-Wl,-N", "-Wl,-Ttext=0x100000", "-Wl,--build-id=none")
    sizes = (f"-DW={width}", f"-DH={height}")
    command = ("gcc", *alone, *placed, *sizes, "-o", kernel, _HERE / "virtio_guest.c")
    subprocess.run(command, check=True, capture_output=True)
    return kernel


def _hardware(video: Video, folder: Path, width: int, height: int) -> tuple[str, ...]:
    if video is Video.VIRTIO:
        kernel = compile_kernel(folder, width, height)
        return ("-vga", "none", "-device", "virtio-gpu-pci", "-kernel", str(kernel))
    sector = assemble(folder, width, height)
    return ("-vga", "std", "-drive", f"file={sector},format=raw,if=floppy")


class Guest:
    """A running one; close it. `vnc` is the socket of its VNC server."""

    def __init__(
        self, folder: Path, picture: Picture, *, has_dbus: bool, video: Video = Video.VGA
    ) -> None:
        height, width = picture.shape[0] - SCROLLED_ROWS, picture.shape[1]
        pixels, self.vnc, qmp = folder / "pixels", folder / "vnc", folder / "qmp"
        pixels.write_bytes(picture.tobytes())
        self._process = subprocess.Popen(
            ("qemu-system-x86_64", "-nodefaults", "-machine", "pc,accel=tcg", "-m", "64",
             *_hardware(video, folder, width, height),
             "-device", f"loader,file={pixels},addr={_PICTURE_AT:#x},force-raw=on",
             "-display", "dbus,p2p=yes" if has_dbus else "none", "-vnc", f"unix:{self.vnc}",
             "-qmp", f"unix:{qmp},server=on,wait=off"),
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._qmp = self._reached(qmp)
        self._said = self._qmp.makefile("r")
        self._said.readline()
        self._tell("qmp_capabilities")
        time.sleep(1.0)  # until the firmware has found the boot sector

    def turn(self) -> None:
        """Have it scroll, or stand still."""
        self._tell("send-key", keys=[{"type": "qcode", "data": "f"}])

    def dbus(self) -> socket.socket:
        """Return a way to its D-Bus display."""
        ours, theirs = socket.socketpair()
        with theirs:
            self._tell("getfd", theirs.fileno(), fdname="display")
            self._tell("add_client", protocol="@dbus-display", fdname="display")
        return ours

    def close(self) -> None:
        """End it."""
        self._said.close()
        self._qmp.close()
        self._process.terminate()
        self._process.communicate()

    def _reached(self, place: Path) -> socket.socket:
        sock = socket.socket(socket.AF_UNIX)
        end = time.monotonic() + _PATIENCE_S
        while True:
            try:
                sock.connect(str(place))
            except OSError:
                if self._process.poll() is not None:
                    raise RuntimeError(f"QEMU ended: {self._process.communicate()[1]}") from None
                if time.monotonic() > end:
                    raise
                time.sleep(0.02)
            else:
                return sock

    def _tell(self, command: str, descriptor: int | None = None, **arguments: Any) -> None:
        message = json.dumps({"execute": command, "arguments": arguments}).encode()
        with_it = []
        if descriptor is not None:
            with_it = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [descriptor]))]
        self._qmp.sendmsg([message], with_it)
        while "event" in (answer := json.loads(self._said.readline())):
            pass
        if "error" in answer:
            raise RuntimeError(f"{command}: {answer['error']['desc']}")


def has_dbus_display() -> bool:
    """Whether the QEMU here has one (Debian 13 packs it apart)."""
    told = subprocess.run(
        ("qemu-system-x86_64", "-display", "help"), capture_output=True, text=True, check=False
    )
    return "dbus" in told.stdout.split()
