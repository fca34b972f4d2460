"""Connections that are opened before the rest of the program is loaded, beside Python.

Only to this computer, and only where nobody can be asked who he is: asked twice, he would wonder.
"""

import os
import threading
from concurrent.futures import Future
from typing import TypeAlias

import libvirt

from backend.hypervisor import eventloop
from backend.specs import HostSpec

Opening: TypeAlias = "Future[libvirt.virConnect]"
_begun: dict[str, Opening] = {}


def begin(spec: HostSpec) -> None:
    """Have a host's first connection opened in a thread, if that can be done before all else."""
    is_here = spec.uri.startswith("test:///") or (
        spec.uri.partition("?")[0] == "qemu:///system" and os.geteuid() == 0
    )
    if is_here and spec.is_wanted and not spec.is_read_only:
        eventloop.run_in_thread()
        opening: Opening = Future()
        _begun[spec.uri] = opening
        opener = threading.Thread(target=_open, args=(spec.uri, opening), name="early", daemon=True)
        opener.start()


def taken(uri: str) -> "libvirt.virConnect | None":
    """Return what was opened there, once; None is: nothing was, or in vain. Blocking."""
    opening = _begun.pop(uri, None)
    try:
        return opening.result() if opening else None
    except libvirt.libvirtError:
        return None  # who opens it now says why


def _open(uri: str, opening: Opening) -> None:
    try:
        opening.set_result(libvirt.open(uri))
    except libvirt.libvirtError as error:
        opening.set_exception(error)
