"""A QEMU whose VNC answers at a TCP port, as the tests of its ways in want it."""

import json
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

from celadon_tour.patience import Patience
from celadon_tour.sshd import free_port

from backend.display.rfb.access import Access
from backend.display.rfb.channel import RfbChannel
from backend.display.rfb.messages import Link

QEMU = shutil.which("qemu-system-x86_64") or ""
PATIENCE_S = 30.0


class Qemu:
    """A QEMU that shows its screen at a TCP port, and runs a boot sector or nothing."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.port = free_port()

    def start(self, options: str, *objects: str, runs: bytes = b"") -> None:
        display = f"127.0.0.1:{self.port - 5900}"
        command = [
            *(QEMU, "-nodefaults", "-display", "none", "-device", "VGA", "-m", "64"),
            *(self._disk(runs) if runs else ("-S",)),
            *("-accel", "tcg", "-qmp", f"unix:{self.place / 'qmp'},server=on,wait=off"),
            *("-vnc", f"{display}{options}"),
            *(part for one in objects for part in ("-object", one)),
        ]
        environment = {**os.environ, "SASL_CONF_PATH": str(self.place)}
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, env=environment)
        patience = Patience(PATIENCE_S)
        while not self._answers():
            assert self.process.poll() is None, self.process.communicate()[1]
            assert not patience.is_over
            time.sleep(0.05)

    def stop(self) -> None:
        self.process.kill()
        self.process.communicate()

    def tell(self, command: str, **arguments: str) -> None:
        """Have QEMU's monitor do something."""
        with socket.socket(socket.AF_UNIX) as monitor:
            monitor.connect(str(self.place / "qmp"))
            with monitor.makefile("rw") as stream:
                for said in ({"execute": "qmp_capabilities"},
                             {"execute": command, "arguments": arguments}):  # fmt: skip
                    stream.write(json.dumps(said))
                    stream.flush()
                answers = 0
                while answers < 2:  # events come between
                    line = stream.readline()
                    assert line
                    assert '"error"' not in line
                    answers += '"return"' in line

    def open(self, access: Access | None, link: Link = Link.NETWORK) -> RfbChannel:
        sock = socket.create_connection(("127.0.0.1", self.port), PATIENCE_S)
        return RfbChannel(sock, transport="VNC", link=link, access=access)

    def _disk(self, program: bytes) -> tuple[str, ...]:
        disk = self.place / "disk"
        disk.write_bytes(program.ljust(510, b"\0") + b"\x55\xaa")
        return ("-drive", f"file={disk},format=raw,if=floppy,index=0")

    def _answers(self) -> bool:
        with socket.socket() as trial:
            return trial.connect_ex(("127.0.0.1", self.port)) == 0
