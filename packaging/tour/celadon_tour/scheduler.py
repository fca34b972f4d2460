"""What the scheduler of the server gave a machine, as virsh tells it: another witness."""

import time
from dataclasses import dataclass

from typing_extensions import override

from celadon_tour.evidence import NotSo, Virsh


@dataclass(frozen=True)
class Share:
    """Of a stretch of time: how many processors a machine had, and for how many it waited."""

    used: float
    waited: float

    @override
    def __str__(self) -> str:
        """Return it as evidence."""
        return f"virsh domstats: {self.used:.2f} processors used, {self.waited:.2f} waited for"


class Scheduler:
    """The account of one machine's virtual processors. It blocks: ask it in a thread."""

    def __init__(self, virsh: Virsh, name: str) -> None:
        self._virsh = virsh
        self._name = name
        self._begun = (0.0, 0, 0)

    def begin(self) -> None:
        """Count from now on. Raises NotSo."""
        self._begun = self._read()

    def share(self) -> Share:
        """Return what it got since. Raises NotSo."""
        (at, used, waited), (then, used_then, waited_then) = self._read(), self._begun
        spent_ns = (at - then) * 1e9
        return Share((used - used_then) / spent_ns, (waited - waited_then) / spent_ns)

    def over(self, seconds: float) -> Share:
        """Return what it gets in so many seconds from now. Raises NotSo."""
        self.begin()
        time.sleep(seconds)
        return self.share()

    def _read(self) -> tuple[float, int, int]:
        at, told = time.monotonic(), self._virsh("domstats", self._name, "--vcpu")
        found = dict(line.strip().split("=", 1) for line in told.splitlines() if "=" in line)
        sums = [
            sum(int(value) for name, value in found.items() if _is_of_one(name, what))
            for what in ("time", "delay")
        ]
        if not sums[0]:
            raise NotSo(f"virsh tells of no processor: {told}")
        return at, sums[0], sums[1]


def _is_of_one(name: str, what: str) -> bool:
    kind, number, *rest = name.split(".")
    return kind == "vcpu" and number.isdigit() and rest == [what]
