"""Which mode this process may use, and under which user QEMU runs.

Rights are tried, never deduced: a capability that is listed may still be refused by a container's
seccomp filter or by AppArmor, and a user that exists may not reach the directory.
"""

import functools
import grp
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from backend.hypervisor.embedded.failures import ProgramMissing

# Debian's users lack these in PATH, and libvirtd lives there.
_PLACES = ("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin")
_PACKAGES = {
    "libvirtd": "libvirt-daemon",
    "unshare": "util-linux",
    "setpriv": "util-linux",
    "qemu-system-x86_64": "qemu-system-x86",
}
QEMU_USERS = ("celadon", "libvirt-qemu")
# Without CAP_SYS_ADMIN root must become somebody; `nobody` is on every machine.
SESSION_USERS = (*QEMU_USERS, "nobody")
# libvirtd of a distribution resolves the user it was compiled for before it reads our choice, and
# gives up without it. Debian makes that user with libvirt-daemon-system only, which starts the
# system's own libvirtd. So the names are lent: aliases in copies that only our daemon sees.
COMPILED_USERS = ("libvirt-qemu", "qemu")
COMPILED_GROUPS = ("libvirt-qemu", "qemu", "kvm")
_KVM = Path("/dev/kvm")
_XATTR = "trusted.libvirt.celadon.probe"
_TRIAL_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Identity:
    """A user of this machine."""

    name: str
    uid: int
    gid: int

    @property
    def is_self(self) -> bool:
        """Whether this process runs as that user already."""
        return self.uid == os.geteuid()

    @property
    def group(self) -> str:
        """The name of the user's own group, or its number."""
        try:
            return grp.getgrgid(self.gid).gr_name
        except KeyError:
            return f"+{self.gid}"

    @property
    def prefix(self) -> tuple[str, ...]:
        """What goes before a command so that it runs as that user, without capabilities."""
        if self.is_self:
            return ()
        groups = "--init-groups" if _lookup(self.name) else "--clear-groups"
        return (
            program("setpriv"),
            f"--reuid={self.uid}",
            f"--regid={self.gid}",
            groups,
            "--inh-caps=-all",
        )


def search_path() -> str:
    """Return PATH with the directories of the administrator's programs after it."""
    own = os.environ.get("PATH", "").split(":")
    return ":".join(dict.fromkeys([*(place for place in own if place.startswith("/")), *_PLACES]))


def program(name: str) -> str:
    """Return the path of a program; raises ProgramMissing with the package that has it."""
    found = shutil.which(name, path=search_path())
    if found is None:
        raise ProgramMissing(program=name, package=_PACKAGES.get(name, name))
    return found


def succeeds(*command: str) -> bool:
    """Whether a command ends well within a few seconds."""
    try:
        done = subprocess.run(
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_TRIAL_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def identity_of_self() -> Identity:
    """Return the user this process runs as, known to the machine or not."""
    uid = os.geteuid()
    try:
        name = pwd.getpwuid(uid).pw_name
    except KeyError:
        name = str(uid)
    return Identity(name, uid, os.getegid())


def find_user(names: tuple[str, ...]) -> Identity | None:
    """Return the first of the users that exists here."""
    for name in names:
        if found := _lookup(name):
            return Identity(found.pw_name, found.pw_uid, found.pw_gid)
    return None


def _lookup(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def lacks_compiled_user() -> bool:
    """Whether none of the users that distributions compile into libvirtd exists."""
    return find_user(COMPILED_USERS) is None


def missing_groups() -> tuple[str, ...]:
    """Return those of the groups compiled into libvirtd that do not exist."""
    known = {group.gr_name for group in grp.getgrall()}
    return tuple(name for name in COMPILED_GROUPS if name not in known)


def can_reach(user: Identity, directory: Path) -> bool:
    """Whether `user` may enter `directory` and every directory above it."""
    return succeeds(*user.prefix, program("test"), "-x", str(directory))


def can_use_kvm(user: Identity) -> bool:
    """Whether `user` may open /dev/kvm for reading and writing; says nothing about its working."""
    test = program("test")
    return succeeds(*user.prefix, test, "-r", str(_KVM), "-a", "-w", str(_KVM))


def keeps_trusted_attributes(directory: Path) -> bool:
    """Whether libvirt can note the owner of a file there (trusted xattrs, real CAP_SYS_ADMIN)."""
    try:
        os.setxattr(directory, _XATTR, b"1")
        os.removexattr(directory, _XATTR)
    except OSError:
        return False
    return True


@functools.cache
def propagation() -> str | None:
    """Return how a mount namespace of our own must be made; None if it may not be.

    `slave` shows disks that are mounted later. In a chroot `/` is no mount point and cannot be
    made a slave: there `unchanged` serves, unless a mount that is shared would carry ours outside.
    """
    if os.geteuid() != 0:
        return None
    for kind in ("slave", "unchanged"):
        if kind == "unchanged" and _has_shared_mounts():
            return None
        trial = (program("unshare"), "--mount", "--propagation", kind, program("mount"), "--bind")
        if succeeds(*trial, "/etc", "/etc"):
            return kind
    return None


def _has_shared_mounts() -> bool:
    # proc_pid_mountinfo(5): optional fields stand before the lone hyphen.
    lines = Path("/proc/self/mountinfo").read_text().splitlines()
    return any(" shared:" in line.split(" - ")[0] for line in lines)
