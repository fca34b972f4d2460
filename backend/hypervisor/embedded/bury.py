"""What runs libvirtd, takes in the processes that it leaves orphaned, and leaves after the last.

Where process 1 buries nobody (most containers), a QEMU that ended stays a zombie, and libvirt waits
20 seconds for it and then fails. An init for containers (tini) would leave with libvirtd, and the
guests that live on would have nobody again.
"""

import sys
from pathlib import Path

# 36 is PR_SET_CHILD_SUBREAPER (prctl(2)). It ends as the command did, once no child is left.
SCRIPT = """\
import ctypes, os, sys
ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)
first, status = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ), 0
try:
    while True:
        pid, ended = os.wait()
        if pid == first:
            status = abs(os.waitstatus_to_exitcode(ended))
except ChildProcessError:
    sys.exit(status)
"""


# Found at import: rights that are dropped later may no longer do to follow the links.
_INTERPRETER = str(Path(sys.executable).resolve())


def prefix() -> tuple[str, ...]:
    """Return what goes before a command for that.

    The machine's own interpreter and the script itself: libvirtd's user may be one that cannot read
    the directory we are installed in.
    """
    return (_INTERPRETER, "-I", "-c", SCRIPT)
