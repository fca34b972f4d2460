"""The set-up's decisions, on machines that are only described: packages, stamps, refusals."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = '"${run_packages[@]}" "${tour_packages[@]}" "${test_packages[@]}"'
SETUP = ROOT / "packaging" / "setup.sh"

SPLIT_IN_DEBIAN_13 = {
    "qemu-system-modules-opengl",
    "qemu-system-modules-spice",
    *(
        f"libvirt-daemon-driver-{name}"
        for name in ("network", "storage", "nodedev", "secret", "interface", "nwfilter")
    ),
}


@dataclass(slots=True)
class Machine:
    """A described machine: what it has and what its package lists offer, as stand-ins on PATH."""

    folder: Path
    installed: set[str] = field(default_factory=set)
    offered: set[str] = field(default_factory=set)

    def program(self, name: str, script: str) -> None:
        path = self.folder / name
        path.write_text(f'#!/bin/bash\necho "{name} $*" >>"{self.calls}"\n{script}\n')
        path.chmod(0o755)

    @property
    def calls(self) -> Path:
        return self.folder / "calls"

    def bash(self, script: str) -> subprocess.CompletedProcess[str]:
        """Source the set-up and run a script; the stand-ins come before the real programs."""
        installed = "\\n".join(f"installed {name}" for name in sorted(self.installed))
        offered = "\\n".join(
            f"{name}:\\n  Installed: (none)\\n  Candidate: 1.0\\n  Version table:"
            for name in sorted(self.offered)
        )
        self.program("dpkg-query", f"printf '{installed}\\n'")
        self.program("apt-cache", f"printf '{offered}\\n'")
        return subprocess.run(
            ["bash", "-c", f'. "{SETUP}"\n{script}'],
            env={
                **os.environ,
                "PATH": f"{self.folder}:{os.environ['PATH']}",
                "XDG_CACHE_HOME": str(self.folder / "cache"),
            },
            capture_output=True,
            text=True,
            check=False,
        )

    def missing(self) -> tuple[set[str], set[str]]:
        """Ask the set-up what it would install here, and what it cannot find."""
        run = self.bash(
            f'find_missing {PACKAGES}\nprintf "%s;%s" "${{missing[*]}}" "${{unknown[*]}}"'
        )
        assert run.returncode == 0, run.stderr
        missing, unknown = run.stdout.split(";")
        assert len(missing.split()) == len(set(missing.split()))
        return set(missing.split()), set(unknown.split())


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.fixture
def wishes(machine: Machine) -> set[str]:
    run = machine.bash(
        'printf "%s\\n" "${run_packages[@]}" "${tour_packages[@]}" "${test_packages[@]}"'
    )
    return set(run.stdout.split())


@pytest.fixture
def firsts(wishes: set[str]) -> set[str]:
    return {wish.split("|")[0] for wish in wishes}


@pytest.fixture
def names(wishes: set[str]) -> set[str]:
    return {name for wish in wishes for name in wish.split("|")}


def test_debian_13_gets_what_it_made_packages_of_their_own(
    machine: Machine, firsts: set[str]
) -> None:
    machine.offered = firsts
    assert machine.missing() == (firsts, set())
    assert firsts >= SPLIT_IN_DEBIAN_13


def test_debian_12_has_them_within_others(machine: Machine, names: set[str]) -> None:
    machine.offered = names - SPLIT_IN_DEBIAN_13
    missing, unknown = machine.missing()
    assert missing >= {"libvirt-daemon", "qemu-system-x86"}
    assert not missing & SPLIT_IN_DEBIAN_13
    assert not unknown


def test_only_what_is_missing_is_installed(machine: Machine, firsts: set[str]) -> None:
    machine.installed = firsts - {"ovmf"}
    machine.offered = firsts
    assert machine.missing() == ({"ovmf"}, set())


def test_a_complete_machine_is_not_asked_twice(machine: Machine, firsts: set[str]) -> None:
    machine.installed = firsts
    script = 'make_user() { :; }; mkdir -p "$cache"; set_up_system test'
    assert machine.bash(script).returncode == 0
    assert machine.calls.exists()
    machine.calls.unlink()
    assert machine.bash(script).returncode == 0
    assert not machine.calls.exists()


def test_what_is_measured_beside_is_installed_for_that_alone(
    machine: Machine, firsts: set[str]
) -> None:
    machine.installed = firsts
    script = 'make_user() { :; }; install_missing() { echo "${missing[@]}" "${unknown[@]}"; }; '
    script += 'mkdir -p "$cache"; set_up_system %s'
    assert not machine.bash(script % "test").stdout
    assert "virt-manager" in machine.bash(script % "bench").stdout.split()


def test_a_name_that_no_release_has_is_told(machine: Machine, names: set[str]) -> None:
    machine.offered = names - {"ovmf"}
    machine.program("apt-get", "")
    machine.program("sudo", 'shift; exec "$@"')
    run = machine.bash('mkdir -p "$cache"; set_up_system run')
    assert run.returncode == 1
    assert "offers no package named ovmf." in run.stderr
    assert "apt-get install" not in machine.calls.read_text()


def test_a_mirror_that_is_away_is_told(machine: Machine, names: set[str]) -> None:
    machine.offered = names - {"ovmf"}
    machine.program("apt-get", "echo cannot resolve; exit 100")
    machine.program("sudo", 'shift; exec "$@"')
    run = machine.bash('mkdir -p "$cache"; set_up_system run')
    assert run.returncode == 1
    assert "The package mirror did not answer" in run.stderr
    assert "cannot resolve" in run.stderr


def test_a_failed_installation_says_what_to_do(machine: Machine, names: set[str]) -> None:
    machine.offered = names
    machine.program("apt-get", '[[ " $* " == *" update "* ]] || { echo no room left; exit 100; }')
    machine.program("sudo", 'shift; exec "$@"')
    run = machine.bash('mkdir -p "$cache"; set_up_system run')
    assert run.returncode == 1
    assert "no room left" in run.stderr
    assert "apt-get install --no-install-recommends" in run.stderr
    assert not (machine.folder / "cache" / "celadon" / "system.run").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_without_root_and_sudo_it_names_the_command(firsts: set[str]) -> None:
    with tempfile.TemporaryDirectory() as name:  # pytest's own is for nobody but us
        machine = Machine(Path(name), offered=firsts)
        machine.folder.chmod(0o777)
        copy = machine.folder / "packaging" / "setup.sh"
        copy.parent.mkdir()
        shutil.copy(SETUP, copy)
        run = machine.bash(
            f"""setpriv --reuid 65534 --regid 65534 --clear-groups bash -c '
            . "{copy}"
            command() {{ [ "$2" != sudo ] && builtin command "$@"; }}
            mkdir -p "$cache"
            set_up_system run'"""
        )
    assert run.returncode == 1
    assert "Ask an administrator for this" in run.stderr
    assert "apt-get install --no-install-recommends python3 " in run.stderr


def test_no_package_brings_a_system_wide_libvirt(names: set[str]) -> None:
    assert not {
        name
        for name in names
        if name.startswith(("libvirt-daemon-system", "libvirt-daemon-config", "virt-manager"))
    }


@pytest.fixture
def bare(machine: Machine) -> Callable[[str], "subprocess.CompletedProcess[str]"]:
    """Run a script on a machine that has just been brought a server for SSH."""
    machine.program("sudo", 'shift; exec "$@"')
    machine.program("systemctl", "")
    policy = machine.folder / "policy"
    head = f'policy={policy}; mkdir -p "$cache"; echo ssh.service >"$cache/quieten"\n'
    return lambda script: machine.bash(head + script)


def test_no_service_starts_of_itself(
    bare: Callable[[str], "subprocess.CompletedProcess[str]"], machine: Machine
) -> None:
    run = bare(
        'hold_units mask; [ ! -e "$policy" ] || "$policy" ssh start || echo "refused: $?"; '
        'quieten; [ ! -e "$policy" ] && echo gone'
    )
    assert run.returncode == 0, run.stderr
    if Path("/run/systemd/system").exists():
        assert "systemctl mask --runtime ssh.service" in machine.calls.read_text()
        assert "systemctl unmask --runtime ssh.service" in machine.calls.read_text()
    else:
        assert run.stdout == "refused: 101\ngone\n"
    assert not (machine.folder / "cache" / "celadon" / "quieten").exists()


def test_a_policy_of_the_administrators_stays(
    bare: Callable[[str], "subprocess.CompletedProcess[str]"], machine: Machine
) -> None:
    (machine.folder / "policy").write_text("#!/bin/sh\nexit 0\n")
    assert bare("hold_units mask; quieten").returncode == 0
    assert (machine.folder / "policy").read_text() == "#!/bin/sh\nexit 0\n"


PRETENDED_PYTHON = """
if [ "$1" = -m ] && [ "$2" = venv ]; then mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; fi
[[ "$*" != *" install "* ]] || [ ! -e "$(dirname "$0")/../../offline" ]
"""


@pytest.fixture
def environment(machine: Machine) -> Callable[[], subprocess.CompletedProcess[str]]:
    machine.program("python", PRETENDED_PYTHON)
    script = f'python="{machine.folder}/python" venv="{machine.folder}/venv"\n'
    return lambda: machine.bash(f'{script}mkdir -p "$cache"; set_up_environment')


def test_an_environment_is_made_once(
    machine: Machine, environment: Callable[[], subprocess.CompletedProcess[str]]
) -> None:
    first = environment()
    assert first.returncode == 0, first.stderr
    calls = machine.calls.read_text()
    assert "--require-hashes" in calls
    assert environment().stderr == ""
    assert machine.calls.read_text() == calls


def test_a_half_made_environment_is_made_anew(
    machine: Machine, environment: Callable[[], subprocess.CompletedProcess[str]]
) -> None:
    offline = machine.folder / "offline"
    offline.touch()
    broken = environment()
    assert broken.returncode == 1
    assert "see to the network" in broken.stderr
    left_over = machine.folder / "venv" / "left over"
    left_over.touch()
    offline.unlink()
    assert environment().returncode == 0
    assert not left_over.exists()


def test_what_the_tour_brings_in_does_not_run_for_the_whole_computer(machine: Machine) -> None:
    machine.installed = {"libvirt-daemon"}
    machine.offered = {"openssh-server", "debian-installer-12-netboot-amd64"}
    machine.program("sudo", 'shift; exec "$@"')
    script = (
        'mkdir -p "$cache"; step() { :; }; has_program() { [ "$1" = libvirtd ]; }\n'
        'find_missing "${tour_packages[@]}"; install_missing "${tour_packages[@]}"\n'
        'cat "$cache/quieten"'
    )
    run = machine.bash(script)
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == ["ssh.service", "ssh.socket", "sshd.service"]


def test_a_server_that_was_there_before_is_left_as_it_is(machine: Machine) -> None:
    machine.offered = {"openssh-server", "debian-installer-12-netboot-amd64"}
    machine.program("sudo", 'shift; exec "$@"')
    script = (
        'mkdir -p "$cache"; step() { :; }; has_program() { :; }\n'
        'find_missing "${tour_packages[@]}"; install_missing "${tour_packages[@]}"\n'
        '[ ! -e "$cache/quieten" ]'
    )
    assert machine.bash(script).returncode == 0
