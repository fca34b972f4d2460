"""Looks into a sample guest by its agent: what it has, and what stands on its own screen."""

import base64
import json
import shlex
import time

from celadon_tour.evidence import NotSo, Virsh, until

PATIENCE_S = 30.0
_DEVICES = r"""
for nic in /sys/class/net/*; do
  nic=${nic##*/}; [ $nic = lo ] && continue
  driver=$(readlink /sys/class/net/$nic/device/driver)
  address=$(ip -4 -o addr show $nic); address=${address#*inet }; address=${address%% *}
  echo "NIC $nic $(cat /sys/class/net/$nic/address) ${driver##*/} ${address:-none}"
done
for disk in /sys/class/block/[vs]d*; do
  [ -e $disk/size ] || continue
  echo "DISK ${disk##*/} $(($(cat $disk/size) / 2048))MiB"
done
"""


class Inside:
    """A running machine with the guest agent, by its name. It blocks: ask it in a thread."""

    def __init__(self, virsh: Virsh, name: str) -> None:
        self._virsh = virsh
        self._name = name

    def begin(self, script: str) -> int:
        """Have the guest run a script; return its process there. Raises NotSo."""
        packed = base64.b64encode(script.encode()).decode()
        line = f"echo {packed} | base64 -d | sh"
        wanted = {"path": "/bin/sh", "arg": ["-c", line], "capture-output": True}

        def ask() -> str:
            try:
                return self._agent("guest-exec", wanted)
            except NotSo as error:
                return f"not yet: {error}"

        told = until(ask, lambda told: '"pid"' in told, patience_s=PATIENCE_S)
        return int(json.loads(told)["return"]["pid"])

    def run(self, script: str) -> str:
        """Return what a script prints that the guest runs to its end. Raises NotSo."""
        process, end = self.begin(script), time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            told = json.loads(self._agent("guest-exec-status", {"pid": process}))["return"]
            if told["exited"]:
                return base64.b64decode(told.get("out-data", "")).decode(errors="replace")
            time.sleep(0.1)
        raise NotSo(f"the guest did not come to the end of {shlex.quote(script[:60])}")

    def devices(self) -> list[str]:
        """Return its adapters (name, address, driver, IPv4) and disks (name, size)."""
        return self.run(_DEVICES).split("\n")[:-1]

    def screen(self) -> str:
        """Return the text on its own screen, with single blanks."""
        return " ".join(self.run("cat /dev/vcs1").split())

    def shows(self, text: str, *, is_there: bool = True) -> str:
        """Return the text once its own screen has it, or has it no more. Raises NotSo."""
        until(
            lambda: str(text in self.screen()),
            lambda told: told == str(is_there),
            patience_s=PATIENCE_S,
        )
        return text

    def _agent(self, command: str, arguments: dict[str, object]) -> str:
        wanted = json.dumps({"execute": command, "arguments": arguments})
        return self._virsh("qemu-agent-command", self._name, wanted)
