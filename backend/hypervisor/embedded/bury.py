"""Runs libvirtd and takes in the processes that it leaves orphaned; leaves after the last of them.

Where process 1 buries nobody (most containers), a QEMU that ended stays a zombie, and libvirt
waits 20 seconds for it and then fails. An init for containers (tini) would leave with libvirtd,
and the guests that live on would have nobody again. A script: the standard library alone, run by
its path.
"""

import ctypes
import os
import sys

PR_SET_CHILD_SUBREAPER = 36
"""prctl(2)"""


def main(command: list[str]) -> int:
    """Run `command`; return its exit status once neither it nor any orphan of its is left."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    first = os.posix_spawnp(command[0], command, os.environ)
    status = 0
    while True:
        try:
            pid, ended = os.wait()
        except ChildProcessError:
            return status
        if pid == first:
            status = abs(os.waitstatus_to_exitcode(ended))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
