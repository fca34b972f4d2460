"""Who may only look is told so, of each host by itself."""

from dataclasses import replace

from backend.errors import Problem
from backend.model import Change
from console.bridge.mirror import Mirror
from console.shell.rights import Rights
from tests.fakes.machines import host


def test_only_a_read_only_host_refuses() -> None:
    mirror = Mirror()
    rights = Rights(mirror)
    assert rights.refusal("here") == ""
    mirror.apply_change(Change(host().ref, None, host()))
    assert rights.refusal("here") == ""
    closed = replace(host(), is_read_only=True, notes=(Problem("RightsRefused"),))
    mirror.apply_change(Change(host().ref, host(), closed))
    assert "group libvirt" in rights.refusal("here")
    assert rights.refusal("elsewhere") == ""
