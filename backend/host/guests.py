"""Asks single machines what only their QEMU can answer, and knows which of them do not.

A stuck QEMU blocks whoever asks, and each such call occupies one of libvirtd's workers for good.
So a machine that has not answered in time is asked nothing more until that lost call returns.
"""

import asyncio
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

from backend.errors import HostNotAnswering
from backend.hypervisor.connection import Connection
from backend.interruptions import StillNotAnswering
from backend.model import Ref

T = TypeVar("T")


class Guests:
    """The machines of one host, as somebody who waits for them."""

    def __init__(self, monitor: Connection, mark: Callable[[Ref], None]) -> None:
        self._monitor = monitor
        self._mark = mark
        self._stuck: dict[Ref, float] = {}

    def is_stuck(self, ref: Ref) -> bool:
        """Return whether a call to this machine's QEMU hangs."""
        return ref in self._stuck

    async def ask(self, ref: Ref, question: Callable[[Any], T], *, deadline_s: float) -> T:
        """Return the answer. Raises HostNotAnswering after `deadline_s`.

        Raises StillNotAnswering, which is one of these, at once if it is stuck.
        """
        if (since := self._stuck.get(ref)) is not None:
            raise StillNotAnswering(seconds=round(time.monotonic() - since))
        begun = time.monotonic()
        loop = asyncio.get_running_loop()
        was_asked, has_returned = threading.Event(), threading.Event()

        def ask(connect: Any) -> T:
            was_asked.set()
            try:
                return question(connect)
            finally:
                has_returned.set()
                # In time this takes nothing away; late, it brings the machine back.
                loop.call_soon_threadsafe(self._bring_back, ref)

        try:
            return await self._monitor.call(ask, deadline_s=deadline_s)
        except HostNotAnswering:
            if was_asked.is_set():  # else it is the host that could not be reached
                # Who answered in the moment of the deadline may have been brought back already.
                if not has_returned.is_set():
                    self._stuck[ref] = begun
                self._mark(ref)
            raise

    def _bring_back(self, ref: Ref) -> None:
        if ref in self._stuck:
            del self._stuck[ref]
            self._mark(ref)
