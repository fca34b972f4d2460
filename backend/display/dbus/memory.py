"""Pixels in memory that two processes see: one that we make, or one that QEMU shares."""

import fcntl
import mmap
import os
from typing import Final

from backend.display.dbus.sheet import BYTES_PER_PIXEL, Sheet
from backend.display.dbus.wire import Broken

_SEALS: Final = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL


class SharedMemory:
    """Sheets in memory that other processes can be given, and those of others."""

    def make(self, width: int, height: int) -> Sheet:
        """Return a black sheet whose memory never changes its size: it can be mapped safely."""
        stride = width * BYTES_PER_PIXEL
        descriptor = os.memfd_create("celadon-screen", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        try:
            os.ftruncate(descriptor, stride * height)
            fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, _SEALS)
            memory = memoryview(mmap.mmap(descriptor, stride * height))
        except (OSError, ValueError):
            os.close(descriptor)
            raise
        return Sheet((width, height), stride, memory, descriptor)

    def share(self, descriptor: int, offset: int, stride: int, size: tuple[int, int]) -> Sheet:
        """Return somebody's sheet; Broken if there is less. The descriptor stays its owner's.

        It may shrink under us, which ends this process and not the one with the windows.
        """
        end = offset + stride * size[1]
        if end > os.fstat(descriptor).st_size:
            raise Broken(f"{size[0]} x {size[1]} pixels in less memory than that")
        whole = memoryview(mmap.mmap(descriptor, end, mmap.MAP_SHARED, mmap.PROT_READ))
        return Sheet(size, stride, whole[offset:end])
