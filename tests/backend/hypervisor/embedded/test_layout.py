from pathlib import Path

import pytest

from backend.hypervisor.embedded import layout as texts
from backend.hypervisor.embedded.layout import Layout
from backend.hypervisor.embedded.record import EmbeddedMode

SYSTEM = Layout(Path("/var/lib/celadon"), EmbeddedMode.SYSTEM, "0badcafe")
SESSION = Layout(Path("/home/ann/host"), EmbeddedMode.SESSION, "0badcafe")


def test_two_hosts_of_one_machine_share_neither_bridge_nor_shortcut() -> None:
    other = Layout(Path("/var/lib/celadon2"), EmbeddedMode.SYSTEM, "0badcafe")
    names = {each.bridge(number) for each in (SYSTEM, other) for number in (0, 1)}
    assert len(names) == 4
    assert all(len(name) <= 15 for name in names)


def test_what_lives_in_the_run_directory_does_not_outlive_a_reboot() -> None:
    for each in (SYSTEM, SESSION):
        assert "0badcafe" in each.run.parts
        assert each.run_directory.is_relative_to(each.run)
        assert each.sockets.is_relative_to(each.run)
        assert not each.images.is_relative_to(each.run)


def test_every_directory_of_libvirt_is_replaced() -> None:
    theirs = {target for _, target in SYSTEM.binds}
    assert theirs == {
        "/etc/libvirt",
        "/run/libvirt",
        "/var/cache/libvirt",
        "/var/lib/libvirt",
        "/var/log/libvirt",
    }
    assert all(ours.is_relative_to(SYSTEM.root) for ours, _ in SYSTEM.binds)


def test_the_environment_is_built_from_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LD_PRELOAD", "/evil.so")
    system = texts.environment(SYSTEM, Path("/c"), Path("/r"), "/bin")
    assert set(system) == {"PATH", "LC_ALL", "HOME"}
    session = texts.environment(SESSION, Path("/c"), Path("/r"), "/bin")
    assert session["XDG_CONFIG_HOME"] == "/c"
    assert session["XDG_RUNTIME_DIR"] == "/r"
    assert "LD_PRELOAD" not in session


def test_qemu_gets_its_user_only_where_libvirt_may_change_users() -> None:
    system = texts.qemu_conf("celadon", "celadon", remember_owner=True, mode=EmbeddedMode.SYSTEM)
    assert 'user = "celadon"' in system
    assert "remember_owner = 1" in system
    session = texts.qemu_conf("ann", "ann", remember_owner=True, mode=EmbeddedMode.SESSION)
    assert "user" not in session.replace("Celadon", "")


def test_only_the_owner_may_use_the_socket() -> None:
    text = texts.libvirtd_conf(SYSTEM)
    assert 'unix_sock_rw_perms = "0700"' in text
    assert 'unix_sock_ro_perms = "0700"' in text


def test_a_file_without_a_last_line_end_keeps_its_last_line() -> None:
    assert texts.with_aliases("root:x:0:", ("a:x:1:",)) == "root:x:0:\na:x:1:\n"


def test_an_agent_socket_fits_below_the_longest_configuration_path() -> None:
    below = f"/libvirt/qemu/channel/target/domain-99999-{'n' * 20}/org.qemu.guest_agent.0"
    assert texts.CONFIG_PATH_MAXIMUM + len(below) <= 107
    assert len(f"/tmp/cel-65534/{SESSION.key}c") <= texts.CONFIG_PATH_MAXIMUM
