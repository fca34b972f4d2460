import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from backend.hypervisor.embedded import bury, due, plan, rights, shortcut
from backend.hypervisor.embedded.failures import EmbeddedHostFailed
from backend.hypervisor.embedded.plan import Plan
from backend.hypervisor.embedded.record import EmbeddedMode
from backend.hypervisor.embedded.rights import Identity

SELF = Identity("ann", 1000, 1000)
ROOT = Identity("root", 0, 0)
CELADON = Identity("celadon", 4711, 4712)
NOBODY = Identity("nobody", 65534, 65534)

Machine = Callable[..., None]


@pytest.fixture
def given_away(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """What was given to whom."""
    gifts: list[tuple[str, int]] = []

    def chown(path: Path, uid: int, _gid: int, **_: object) -> None:
        gifts.append((Path(path).name, uid))

    monkeypatch.setattr(os, "chown", chown)
    return gifts


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, given_away: list[tuple[str, int]]) -> Machine:
    """Set what this process and the users of this machine may do."""

    def arrange(
        *users: Identity,
        own_mounts: str | None = None,
        uid: int = 0,
        reaches: tuple[Identity, ...] | None = None,
        kvm_for: tuple[Identity, ...] = (),
    ) -> None:
        def find(names: tuple[str, ...]) -> Identity | None:
            return next((user for name in names for user in users if user.name == name), None)

        monkeypatch.setattr(os, "geteuid", lambda: uid)
        monkeypatch.setattr(rights, "propagation", lambda: own_mounts)
        monkeypatch.setattr(rights, "identity_of_self", lambda: SELF if uid else ROOT)
        monkeypatch.setattr(rights, "find_user", find)
        monkeypatch.setattr(
            rights, "can_reach", lambda user, _: user in (users if reaches is None else reaches)
        )
        monkeypatch.setattr(rights, "can_use_kvm", lambda user: user in kvm_for)
        monkeypatch.setattr(rights, "program", lambda name: f"/bin/{name}")
        monkeypatch.setattr(rights, "lacks_compiled_user", lambda: False)
        monkeypatch.setattr(shortcut, "point", lambda name, *_: Path("/short") / name)

    return arrange


def test_root_with_mounts_of_its_own_has_the_whole_machine(
    machine: Machine, tmp_path: Path, given_away: list[tuple[str, int]]
) -> None:
    machine(CELADON, NOBODY, own_mounts="slave")
    made = plan.make(tmp_path / "host")
    assert made.host.mode is EmbeddedMode.SYSTEM
    assert made.host.uri.startswith("qemu+unix:///system?socket=")
    assert made.daemon_user == ROOT
    assert made.host.qemu_user == "celadon"
    assert given_away == []


def test_root_without_mounts_becomes_somebody_who_gets_only_their_part(
    machine: Machine, tmp_path: Path, given_away: list[tuple[str, int]]
) -> None:
    machine(CELADON, NOBODY, own_mounts=None)
    made = plan.make(tmp_path / "host")
    assert made.host.mode is EmbeddedMode.SESSION
    assert made.host.uri.startswith("qemu+unix:///session?socket=")
    assert made.daemon_user == made.qemu_user == CELADON
    assert set(given_away) == {("session", 4711), ("images", 4711)}


def test_nobody_is_the_last_whom_root_becomes(machine: Machine, tmp_path: Path) -> None:
    machine(NOBODY)
    made = plan.make(tmp_path / "host")
    assert made.daemon_user == NOBODY
    assert [problem.message_id for problem in plan.notes(made.host)] == ["QemuRunsAsNobody"]


def test_an_ordinary_user_stays_who_they_are(
    machine: Machine, tmp_path: Path, given_away: list[tuple[str, int]]
) -> None:
    machine(CELADON, uid=1000)
    made = plan.make(tmp_path / "host")
    assert made.host.mode is EmbeddedMode.SESSION
    assert made.daemon_user == made.qemu_user == SELF
    assert given_away == []
    assert plan.notes(made.host) == ()
    assert (tmp_path / "host").stat().st_mode & 0o777 == 0o700


def test_roots_directory_lets_qemus_user_pass_and_look_at_nothing(
    machine: Machine, tmp_path: Path
) -> None:
    machine(CELADON, own_mounts="slave")
    plan.make(tmp_path / "host")
    assert (tmp_path / "host").stat().st_mode & 0o777 == 0o711
    assert (tmp_path / "host/images").stat().st_mode & 0o777 == 0o711


@pytest.mark.parametrize(
    ("users", "remark", "user"),
    [((), "QemuUserMissing", "celadon"), ((CELADON,), "ImagesOutOfReach", "celadon")],
)
def test_qemu_is_root_only_where_no_other_user_can_be_and_that_is_said(
    machine: Machine, tmp_path: Path, users: tuple[Identity, ...], remark: str, user: str
) -> None:
    machine(*users, own_mounts="slave", reaches=())
    made = plan.make(tmp_path / "host")
    assert made.host.qemu_user == "root"
    (problem,) = plan.notes(made.host)
    assert problem.message_id == remark
    assert problem["user"] == user


def test_a_host_as_it_should_be_has_no_remarks(machine: Machine, tmp_path: Path) -> None:
    machine(CELADON, own_mounts="slave")
    assert plan.notes(plan.make(tmp_path / "host").host) == ()


@pytest.mark.parametrize("told", ["relative/data", ""])
def test_a_users_own_host_lies_with_their_data(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: str
) -> None:
    machine(uid=1000)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", told)
    assert plan.make(None).host.root == tmp_path / ".local/share/celadon/host"
    monkeypatch.setenv("XDG_DATA_HOME", f"{tmp_path}/data")
    assert plan.make(None).host.root == tmp_path / "data/celadon/host"


def test_roots_own_host_is_the_machines(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    machine()
    monkeypatch.setenv("XDG_DATA_HOME", "/home/ann/data")
    assert plan.own_root() == Path("/var/lib/celadon")


def test_long_paths_get_short_names_and_the_uri_uses_them(machine: Machine, tmp_path: Path) -> None:
    root = tmp_path / ("a-rather-long-name-" * 5)
    machine(CELADON, own_mounts="slave")
    system = plan.make(root)
    machine(CELADON)
    session = plan.make(root)
    for made in (system, session):
        assert str(made.socket) in made.host.uri
        assert str(made.socket).startswith("/short/")
    assert session.config != session.runtime


def test_the_daemon_gives_its_rights_up_where_it_may_not_mount(
    machine: Machine, tmp_path: Path
) -> None:
    machine(CELADON)
    command = plan.command(plan.make(tmp_path / "host"))
    assert command[:4] == bury.prefix()
    assert command[4:6] == ("/bin/setpriv", "--reuid=4711")
    assert command.index("/bin/libvirtd") > command.index("--inh-caps=-all")
    assert "/bin/unshare" not in command


def test_the_daemon_sees_our_directories_in_place_of_libvirts(
    machine: Machine, tmp_path: Path
) -> None:
    machine(CELADON, own_mounts="unchanged", kvm_for=(CELADON,))
    made = plan.make(tmp_path / "host")
    command = plan.command(made)
    assert command[4:8] == ("/bin/unshare", "--mount", "--propagation", "unchanged")
    assert command.index("/var/lib/libvirt") == command.index(f"{made.layout.root}/system/lib") + 1
    assert "/bin/setpriv" not in command


@pytest.mark.skipif(not Path("/dev/kvm").exists(), reason="there is nothing to hide")
def test_a_kvm_that_qemu_may_not_use_is_hidden_from_the_daemon(
    machine: Machine, tmp_path: Path
) -> None:
    machine(CELADON, own_mounts="slave", kvm_for=(ROOT,))
    assert "/dev/kvm" in plan.command(plan.make(tmp_path / "host"))
    machine(CELADON, own_mounts="slave", kvm_for=(CELADON,))
    assert "/dev/kvm" not in plan.command(plan.make(tmp_path / "host"))


def test_names_compiled_into_libvirtd_are_lent_to_it_alone(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine(CELADON, own_mounts="slave")
    made = plan.make(tmp_path / "host")
    assert "/etc/passwd" not in plan.command(made)
    monkeypatch.setattr(rights, "lacks_compiled_user", lambda: True)
    monkeypatch.setattr(rights, "missing_groups", lambda: ("kvm",))
    plan.prepare(made)
    assert "/etc/passwd" in plan.command(made)
    lent = (made.layout.root / "system/passwd").read_text()
    assert lent.startswith(Path("/etc/passwd").read_text())
    assert "libvirt-qemu:x:4711:4712::/nonexistent:/usr/sbin/nologin" in lent.splitlines()
    assert "kvm:x:4712:" in (made.layout.root / "system/group").read_text().splitlines()


def test_system_starts_with_fresh_texts_and_closed_directories(
    machine: Machine, tmp_path: Path, given_away: list[tuple[str, int]]
) -> None:
    machine(CELADON, own_mounts="slave")
    made = plan.make(tmp_path / "host")
    plan.prepare(made)
    made.layout.log.write_text("last week's")
    qemu = made.layout.root / "system/etc/qemu.conf"
    qemu.write_text('user = "root"')
    plan.prepare(made)
    assert 'user = "celadon"' in qemu.read_text()
    assert not made.layout.log.exists()
    assert (made.layout.root / "system/lib/qemu").stat().st_mode & 0o777 == 0o750
    assert (made.layout.root / "system/no-kvm").stat().st_mode & 0o777 == 0o600
    assert set(given_away) == {("images", 0)}, "images may have been a session user's before"


def _boot_again(made: Plan) -> Plan:
    return replace(made, layout=replace(made.layout, boot="ffffffff"))


@pytest.mark.parametrize("uid", [0, 1000])
def test_nothing_of_an_earlier_boot_is_believed(machine: Machine, tmp_path: Path, uid: int) -> None:
    machine(CELADON, own_mounts=None if uid else "slave", uid=uid)
    made = plan.make(tmp_path / "host")
    plan.prepare(made)
    (made.layout.run / "qemu").mkdir(exist_ok=True)
    (made.layout.run / "qemu/guest.pid").write_text("1")
    plan.prepare(made)
    assert (made.layout.run / "qemu/guest.pid").exists(), "its guests run"
    plan.prepare(_boot_again(made))
    assert not made.layout.run.exists()


@pytest.mark.parametrize("uid", [0, 1000])
def test_guests_are_started_by_us_once_in_each_life_of_the_machine(
    machine: Machine, tmp_path: Path, uid: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine(CELADON, own_mounts=None if uid else "slave", uid=uid)
    made = plan.make(tmp_path / "host")
    plan.prepare(made)
    mark = made.host.run_directory / "autostarted"
    assert mark.exists(), "else libvirt would start them all at once"
    assert due.is_open(made.host.due)
    made.host.due.unlink()
    plan.prepare(made)
    assert not made.host.due.exists(), "the same start of the machine"
    monkeypatch.setattr(plan, "_init", lambda: "another process 1")
    plan.prepare(made)
    assert mark.exists()
    assert due.is_open(made.host.due)


def test_a_session_is_closed_to_others_and_its_log_is_todays(
    machine: Machine, tmp_path: Path
) -> None:
    machine(uid=1000)
    made = plan.make(tmp_path / "host")
    plan.prepare(made)
    made.layout.log.write_text("last week's")
    plan.prepare(made)
    assert made.layout.log.read_text() == ""
    assert "user =" not in (made.layout.session / "config/libvirt/qemu.conf").read_text()
    for directory in (made.layout.session, *made.layout.session.iterdir()):
        assert directory.stat().st_mode & 0o077 == 0, directory


def test_a_session_that_cannot_be_laid_out_says_why(machine: Machine, tmp_path: Path) -> None:
    machine(uid=1000)
    made = plan.make(tmp_path / "host")
    (made.layout.session / "config").write_text("in the way")
    with pytest.raises(EmbeddedHostFailed) as raised:
        plan.prepare(made)
    assert raised.value.arguments == {"root": str(tmp_path / "host")}
    (line,) = raised.value.detail
    assert "config" in line
