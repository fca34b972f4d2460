"""Somebody with virsh, who knows of no console: takes targets that others may choose as well."""

import random
import time
from pathlib import Path

from celadon_tour.evidence import NotSo, Virsh

PATIENCE_S = 90.0
_BOTH = ("--live", "--config")


class Outsider:
    """Plugs adapters and disks in and out of one machine."""

    def __init__(self, virsh: Virsh, name: str, images: Path, seed: int) -> None:
        self._virsh, self._name, self._images = virsh, name, images
        self._chance = random.Random(seed)  # noqa: S311  # no secret
        self.refusals = 0

    def cycle(self) -> str:
        """One device comes and goes; return what it was."""
        if self._chance.random() < 0.5:
            return self._adapter()
        return self._disk()

    def _adapter(self) -> str:
        mac = "52:54:00:ee:" + ":".join(f"{self._chance.randrange(256):02x}" for _ in range(2))
        where = ("--mac", mac, *_BOTH)
        self._virsh(
            "attach-interface", self._name, "network", "isolated", "--model", "virtio", *where
        )
        time.sleep(0.5 + self._chance.random())
        self._virsh("detach-interface", self._name, "network", *where)
        self._until_gone("domiflist", mac)
        return f"adapter {mac}"

    def _disk(self) -> str:
        file = f"outsiders-{self._chance.randrange(10**6)}.qcow2"
        self._virsh("vol-create-as", "default", file, "16M", "--format", "qcow2")
        target = self._attach(str(self._images / file))
        time.sleep(0.5 + self._chance.random())
        self._virsh("detach-disk", self._name, target, *_BOTH)
        self._until_gone("domblklist", file)
        self._virsh("vol-delete", file, "default")
        return f"disk {target}"

    def _attach(self, path: str) -> str:
        """Attach a file under the first target that is free, whoever else is about to take it."""
        end = time.monotonic() + PATIENCE_S
        while True:
            told = self._virsh("domblklist", self._name).split()
            told += self._virsh("domblklist", "--inactive", self._name).split()
            free = [t for t in (f"vd{letter}" for letter in "bcdefghi") if t not in told]
            target = self._chance.choice(free[:2])
            try:
                self._virsh("attach-disk", self._name, path, target, "--subdriver", "qcow2", *_BOTH)
            except NotSo:
                self.refusals += 1
                if time.monotonic() > end:
                    raise
            else:
                return target

    def _until_gone(self, command: str, word: str) -> None:
        end = time.monotonic() + PATIENCE_S
        while word in self._virsh(command, self._name):
            if time.monotonic() > end:
                raise TimeoutError(word)
            time.sleep(0.2)
