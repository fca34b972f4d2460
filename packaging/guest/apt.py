"""Fetch Debian packages with a private apt state: no root, and the machine's lists stay put.

The machine's own /etc/apt/apt.conf.d still applies (proxy, certificates, time-outs), and so do
its passwords in auth.conf.d; its sources, pins and hooks do not.
"""

import hashlib
import os
import re
import subprocess
import time
import urllib.parse
from dataclasses import dataclass
from pathlib import Path

from packaging.guest.mirrors import Mirrors
from packaging.guest.problem import GuestBuildError, apt_error, tell

SUITE = "bookworm"
LISTS_FRESH_S = 14 * 24 * 3600
_KEYRINGS = (
    "/usr/share/keyrings/debian-archive-keyring.gpg",
    "/usr/share/keyrings/debian-archive-keyring.pgp",
)

_CONFIGURATION = """\
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear APT::Architectures;
#clear APT::Default-Release;
APT::Architecture "amd64";
APT::Architectures {{ "amd64"; }};
APT::Sandbox::User "";
APT::Get::AllowUnauthenticated "false";
Acquire::Languages "none";
Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled "false";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
Dir::Etc::sourcelist "{root}/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::State "{root}/state";
Dir::State::status "{root}/status";
Dir::Cache "{root}/cache";
"""


@dataclass(frozen=True, slots=True)
class Package:
    """One package as the mirror offers it: exact version, size, sha256 ("" if not told)."""

    name: str
    version: str
    file_name: str
    size_bytes: int
    sha256: str


def find_keyring() -> str:
    """Return the path of the Debian archive's keys."""
    for path in _KEYRINGS:
        if Path(path).is_file():
            return path
    raise GuestBuildError(
        "the keys of the Debian archive are missing; install the package debian-archive-keyring."
    )


def parse_uris(text: str) -> list[Package]:
    """Read what `apt-get --print-uris download` wrote: 'URI' file-name size hash, one per line."""
    packages = []
    for line in text.splitlines():
        found = re.match(r"'[^']*' (\S+) (\d+)(?: (\S+))?", line)
        if not found:
            continue
        name, version, _architecture = found.group(1).removesuffix(".deb").split("_")
        checksum = found.group(3) or ""
        packages.append(
            Package(
                name,
                urllib.parse.unquote(version),
                found.group(1),
                int(found.group(2)),
                checksum.removeprefix("SHA256:") if checksum.startswith("SHA256:") else "",
            )
        )
    return packages


def is_intact(path: Path, package: Package) -> bool:
    """Say whether the file holds the package: its size and, where known, its sha256."""
    if not path.is_file() or path.stat().st_size != package.size_bytes:
        return False
    if not package.sha256:
        return True
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == package.sha256


class Apt:
    """Apt with state, sources and packages under one folder of ours."""

    def __init__(self, cache: Path, mirrors: Mirrors) -> None:
        self._root = cache / "apt"
        self._packages = cache / "packages"
        self._stamp = self._root / "updated"
        for folder in ("state/lists/partial", "cache/archives/partial"):
            (self._root / folder).mkdir(parents=True, exist_ok=True)
        self._packages.mkdir(exist_ok=True)
        (self._root / "status").touch()
        (self._root / "apt.conf").write_text(_CONFIGURATION.format(root=self._root))
        self._set_sources(mirrors)

    def _set_sources(self, mirrors: Mirrors) -> None:
        options = f"arch=amd64 signed-by={find_keyring()}"
        lines = (
            f"deb [{options}] {mirrors.main} {SUITE} main\n",
            f"deb [{options}] {mirrors.main} {SUITE}-updates main\n",
            f"deb [{options}] {mirrors.security} {SUITE}-security main\n",
        )
        path = self._root / "sources.list"
        text = "".join(lines)
        if not path.is_file() or path.read_text() != text:
            self._stamp.unlink(missing_ok=True)
            path.write_text(text)

    def _run(self, what: str, *command: str, folder: Path | None = None) -> str:
        program, *arguments = command
        done = subprocess.run(
            [program, "-c", str(self._root / "apt.conf"), *arguments],
            env=os.environ | {"LC_ALL": "C"},
            cwd=folder or self._root,
            text=True,
            capture_output=True,
            check=False,
        )
        # apt-get update ends with 0 when a mirror cannot be reached; the warning tells.
        if done.returncode or "Failed to fetch" in done.stderr:
            raise apt_error(done.stderr, what)
        return done.stdout

    @property
    def has_lists(self) -> bool:
        """Whether the package lists of these mirrors have been fetched, however long ago."""
        return self._stamp.exists()

    @property
    def has_fresh_lists(self) -> bool:
        """Whether they were fetched within the last two weeks."""
        return self.has_lists and time.time() - self._stamp.stat().st_mtime < LISTS_FRESH_S

    def update(self) -> None:
        """Fetch the package lists."""
        tell("reading the package lists of Debian 12 ...")
        self._run("The package lists could not be fetched", "apt-get", "-qq", "update")
        self._stamp.touch()

    def find_dependency(self, package: str, pattern: str) -> str:
        """Return the first package whose whole name matches and that `package` depends on."""
        text = self._run(f"The package {package} is unknown", "apt-cache", "depends", package)
        for name in re.findall(r"Depends: (\S+)", text):
            if re.fullmatch(pattern, name):
                return str(name)
        raise GuestBuildError(
            f"{package} is not in the package lists; run the builder again with --update."
        )

    def fetch(self, names: list[str]) -> dict[Package, Path]:
        """Return the packages' files, downloaded unless the cache already holds that version."""
        what = "The packages could not be fetched"
        # Asked outside the folder of packages: apt leaves out those that lie in its folder.
        offered = parse_uris(self._run(what, "apt-get", "-qq", "--print-uris", "download", *names))
        missing = [p for p in offered if not is_intact(self._packages / p.file_name, p)]
        if missing:
            total = sum(package.size_bytes for package in missing)
            tell(f"downloading {len(missing)} packages ({total / 1e6:.0f} MB) ...")
            wanted = [f"{package.name}={package.version}" for package in missing]
            self._run(what, "apt-get", "-qq", "download", *wanted, folder=self._packages)
        for package in missing:
            if not is_intact(self._packages / package.file_name, package):
                raise GuestBuildError(
                    f"{package.file_name} arrived damaged; run the builder again."
                )
        self._discard_others({package.file_name for package in offered})
        return {package: self._packages / package.file_name for package in offered}

    def _discard_others(self, keep: set[str]) -> None:
        for path in self._packages.glob("*.deb"):
            if path.name not in keep:
                path.unlink()
