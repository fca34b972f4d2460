import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from backend.hypervisor.embedded import rights
from backend.hypervisor.embedded.failures import ProgramMissing
from backend.hypervisor.embedded.rights import Identity

NOBODY_HAS_THIS = "celadon-no-such-user"
STRANGER = Identity("nobody", 65534, 65534)
only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root becomes somebody else")


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The one directory where programs are looked for; it is empty."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(rights, "_PLACES", (str(tmp_path),))
    return tmp_path


@pytest.mark.parametrize(
    ("name", "package"),
    [("libvirtd", "libvirt-daemon"), ("setpriv", "util-linux"), ("iptables", "iptables")],
)
def test_a_program_that_is_missing_names_its_package(
    programs: Path, name: str, package: str
) -> None:
    with pytest.raises(ProgramMissing) as raised:
        rights.program(name)
    assert raised.value.arguments == {"program": name, "package": package}


def test_a_program_is_found_where_an_ordinary_path_does_not_look(programs: Path) -> None:
    (programs / "libvirtd").touch(mode=0o755)
    assert rights.program("libvirtd") == str(programs / "libvirtd")


def test_a_file_that_nobody_may_run_is_no_program(programs: Path) -> None:
    (programs / "libvirtd").touch(mode=0o644)
    with pytest.raises(ProgramMissing):
        rights.program("libvirtd")


def test_the_search_path_has_the_administrators_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/usr/bin:relative:")
    places = rights.search_path().split(":")
    assert places[0] == "/usr/bin"
    assert places.count("/usr/bin") == 1
    assert "/usr/sbin" in places
    assert "relative" not in places
    assert "" not in places, "an empty place is the current directory"


def test_nothing_goes_before_a_command_of_our_own() -> None:
    assert rights.identity_of_self().prefix == ()


def test_another_user_comes_with_groups_of_their_own_and_without_capabilities(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    program, *options = STRANGER.prefix
    assert Path(program).name == "setpriv"
    assert options == ["--reuid=65534", "--regid=65534", "--init-groups", "--inh-caps=-all"]
    assert "--clear-groups" in Identity(NOBODY_HAS_THIS, 4711, 4711).prefix


@only_root
def test_a_command_with_the_prefix_has_lost_all_of_roots_rights() -> None:
    status = subprocess.run(
        (*STRANGER.prefix, "cat", "/proc/self/status"), check=True, capture_output=True, text=True
    ).stdout
    fields = dict(line.split(":\t", 1) for line in status.splitlines())
    assert fields["Uid"].split() == ["65534"] * 4
    assert fields["Gid"].split() == ["65534"] * 4
    assert "0" not in fields["Groups"].split()
    held = {name: int(fields[name], 16) for name in ("CapInh", "CapPrm", "CapEff", "CapAmb")}
    assert set(held.values()) == {0}, held


def test_a_group_without_a_name_goes_by_its_number() -> None:
    assert Identity("root", 0, 0).group == "root"
    assert Identity("x", 0, 4294967).group == "+4294967"


def test_a_user_whom_the_machine_does_not_know_is_called_by_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 4294967)
    assert rights.identity_of_self().name == "4294967"


def test_the_first_user_that_exists_is_taken() -> None:
    found = rights.find_user((NOBODY_HAS_THIS, "nobody", "root"))
    assert found
    assert found.name == "nobody"
    assert rights.find_user((NOBODY_HAS_THIS,)) is None


def test_only_users_and_groups_that_are_missing_are_lent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rights, "COMPILED_GROUPS", (NOBODY_HAS_THIS, "root"))
    assert rights.missing_groups() == (NOBODY_HAS_THIS,)
    monkeypatch.setattr(rights, "COMPILED_USERS", (NOBODY_HAS_THIS, "root"))
    assert not rights.lacks_compiled_user()
    monkeypatch.setattr(rights, "COMPILED_USERS", (NOBODY_HAS_THIS,))
    assert rights.lacks_compiled_user()


def test_a_trial_that_fails_hangs_or_cannot_begin_is_no_success(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rights, "_TRIAL_SECONDS", 0.2)
    assert rights.succeeds("true")
    assert not rights.succeeds("false")
    assert not rights.succeeds("/no/such/program")
    began = time.monotonic()
    assert not rights.succeeds("sleep", "30")
    assert time.monotonic() - began < 10


def test_a_trial_does_not_take_what_somebody_types() -> None:
    typed, keyboard = os.pipe()
    os.write(keyboard, b"yes")
    os.close(keyboard)
    before = os.dup(0)
    os.dup2(typed, 0)
    try:
        assert rights.succeeds(sys.executable, "-c", "import sys; assert not sys.stdin.read()")
    finally:
        os.dup2(before, 0)
        os.close(before)
    assert os.read(typed, 3) == b"yes"
    os.close(typed)


def test_a_directory_that_is_not_there_is_out_of_reach(tmp_path: Path) -> None:
    assert rights.can_reach(rights.identity_of_self(), tmp_path)
    assert not rights.can_reach(rights.identity_of_self(), tmp_path / "missing")


@only_root
def test_a_closed_directory_above_puts_it_out_of_another_users_reach(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir(mode=0o711)
    tmp_path.chmod(0o700)
    assert rights.can_reach(rights.identity_of_self(), tmp_path / "images")
    assert not rights.can_reach(STRANGER, tmp_path / "images")


def test_kvm_is_tried_with_the_rights_of_the_one_who_will_use_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = tmp_path / "kvm"
    monkeypatch.setattr(rights, "_KVM", device)
    assert not rights.can_use_kvm(rights.identity_of_self())
    device.touch(mode=0o600)
    assert rights.can_use_kvm(rights.identity_of_self())
    if os.geteuid() == 0:
        assert not rights.can_use_kvm(STRANGER)


def test_the_trial_of_attributes_leaves_none_behind(tmp_path: Path) -> None:
    rights.keeps_trusted_attributes(tmp_path)
    assert rights._XATTR not in os.listxattr(tmp_path)
    assert not rights.keeps_trusted_attributes(tmp_path / "missing")


@pytest.fixture
def propagation(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., str | None]]:
    """`propagation` of a root whom the kernel allows these kinds, and who tries at most those."""

    def ask(*allowed: str, shares: bool = False, uid: int = 0) -> str | None:
        rights.propagation.cache_clear()
        monkeypatch.setattr(os, "geteuid", lambda: uid)
        monkeypatch.setattr(rights, "program", lambda name: name)
        monkeypatch.setattr(rights, "_has_shared_mounts", lambda: shares)
        monkeypatch.setattr(rights, "succeeds", lambda *words: words[3] in allowed)
        return rights.propagation()

    yield ask
    rights.propagation.cache_clear()


def test_mounts_of_our_own_are_tried_not_deduced(
    propagation: Callable[..., str | None],
) -> None:
    assert propagation("slave", "unchanged") == "slave"
    assert propagation("unchanged") == "unchanged"
    assert propagation() is None
    assert propagation("slave", "unchanged", uid=1000) is None


def test_no_mount_of_ours_is_carried_outside(propagation: Callable[..., str | None]) -> None:
    assert propagation("unchanged", shares=True) is None
    assert propagation("slave", shares=True) == "slave"
