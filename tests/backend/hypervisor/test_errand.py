"""Commands for another computer; ssh played."""

from pathlib import Path

import pytest

from backend.hypervisor import errand
from backend.hypervisor.ssh import workplace


class There:
    """A host that says where it is."""

    def __init__(self, uri: str) -> None:
        self._uri = uri

    def getURI(self) -> str:
        return self._uri


def test_it_goes_by_our_ssh_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = tmp_path / "ssh"
    command.write_text(f'#!/bin/sh\necho "$@" >{tmp_path}/told\necho seen\n')
    command.chmod(0o700)
    far = There(f"qemu+ssh://root@rack-2/system?command={command}")
    assert errand.run_there(far, ("ls", "/dev/kvm")) == "", "somebody else's program"
    monkeypatch.setattr(workplace, "is_ours", lambda _command: True)
    assert errand.run_there(far, ("ls", "/dev/kvm")) == "seen\n"
    assert (tmp_path / "told").read_text() == "-- rack-2 ls /dev/kvm\n"
    assert errand.run_there(There("qemu+tls://rack-2/system"), ("ls",)) == ""


def test_an_ssh_that_hangs_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = tmp_path / "ssh"
    command.write_text("#!/bin/sh\nexec sleep 60\n")
    command.chmod(0o700)
    monkeypatch.setattr(workplace, "is_ours", lambda _command: True)
    monkeypatch.setattr(errand, "DEADLINE_S", 0.1)
    assert errand.run_there(There(f"qemu+ssh://h/system?command={command}"), ("ls",)) == ""
