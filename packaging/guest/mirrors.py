"""Find the Debian mirror that this machine already uses, in apt's sources (sources.list(5))."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

DEFAULT_MAIN = "https://deb.debian.org/debian"
DEFAULT_SECURITY = "https://security.debian.org/debian-security"

_RELEASES = "bullseye|bookworm|trixie|forky|duke|sid|oldstable|stable|testing|unstable"
_MAIN_SUITE = re.compile(rf"({_RELEASES})(-updates)?")
_SECURITY_SUITE = re.compile(rf"({_RELEASES})(-security|/updates)")
_FOREIGN_HOST = re.compile(
    r"influxdata|docker|nodesource|postgresql|mysql|grafana|microsoft|google"
)


@dataclass(frozen=True, slots=True)
class Mirrors:
    """Where the archive and its security updates are fetched from."""

    main: str
    security: str


@dataclass(frozen=True, slots=True)
class Source:
    """One line of apt's sources: an address, a suite, its components, the key's place if said."""

    uri: str
    suite: str
    components: tuple[str, ...]
    signed_by: str = ""


def parse_list(text: str) -> Iterator[Source]:
    """Yield the binary sources of a one-line-style file."""
    for raw in text.splitlines():
        found = re.fullmatch(r"deb\s+(?:\[([^\]]*)\]\s*)?(\S+)\s+(\S+)((?:\s+\S+)*)", _bare(raw))
        if found:
            options, uri, suite, components = found.groups()
            key = re.search(r"signed-by=(\S+)", options or "")
            yield Source(uri, suite, tuple(components.split()), key.group(1) if key else "")


def _bare(line: str) -> str:
    return line.split("#", 1)[0].strip()


def parse_deb822(text: str) -> Iterator[Source]:
    """Yield the enabled binary sources of a deb822-style file."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    for block in re.split(r"\n\s*\n", "\n".join(lines)):
        fields: dict[str, str] = {}
        name = ""
        for line in block.splitlines():
            if line[:1] in (" ", "\t") and name:
                fields[name] += " " + line.strip()
            elif ":" in line:
                name, value = line.split(":", 1)
                name = name.strip().lower()
                fields[name] = value.strip()
        yield from _sources_of(fields)


def _sources_of(fields: Mapping[str, str]) -> Iterator[Source]:
    if "deb" not in fields.get("types", "").split() or fields.get("enabled", "yes").lower() in (
        *("no", "false", "0", "off", "without", "disable"),
    ):
        return
    components = tuple(fields.get("components", "").split())
    for uri in fields.get("uris", "").split():
        for suite in fields.get("suites", "").split():
            yield Source(uri, suite, components, fields.get("signed-by", ""))


def read_sources(folder: Path) -> list[Source]:
    """Return every source under /etc/apt (or another `folder`), unreadable files left out."""
    found: list[Source] = []
    main = folder / "sources.list"
    for path in (main, *sorted((folder / "sources.list.d").glob("*"))):
        try:
            text = path.read_text(errors="replace")
        except OSError:
            continue
        if path.suffix == ".sources":
            found += parse_deb822(text)
        elif path.suffix == ".list":
            found += parse_list(text)
    return found


def _is_archive(source: Source) -> bool:
    scheme = re.match(r"(https?|file|mirror\+https?|mirror\+file|tor\+https?):/", source.uri)
    if not scheme or "main" not in source.components:
        return False
    if "debian-archive" in source.signed_by:
        return True
    path = source.uri.rstrip("/").rsplit("/", 1)[-1]
    names = ("debian", "debian-security", "debian.list", "debian-security.list", "updates")
    return not _FOREIGN_HOST.search(source.uri) and (path in names or "snapshot" in source.uri)


def choose(sources: list[Source]) -> Mirrors | None:
    """Return the mirrors among `sources`, or None where Debian's archive is not among them."""
    usable = [source for source in sources if _is_archive(source)]
    usable.sort(key=lambda source: "debian-archive" not in source.signed_by)
    main = [s.uri for s in usable if _MAIN_SUITE.fullmatch(s.suite)]
    security = [s.uri for s in usable if _SECURITY_SUITE.fullmatch(s.suite)]
    if not main:
        return None
    return Mirrors(main[0], security[0] if security else DEFAULT_SECURITY)


def candidates(environment: Mapping[str, str] | None = None) -> list[Mirrors]:
    """Return the mirrors to try in order: the environment's, or this machine's and Debian's."""
    values = os.environ if environment is None else environment
    default = Mirrors(DEFAULT_MAIN, DEFAULT_SECURITY)
    named = values.get("CELADON_DEBIAN_MIRROR")
    if named:
        return [Mirrors(named, values.get("CELADON_DEBIAN_SECURITY_MIRROR", DEFAULT_SECURITY))]
    own = choose(read_sources(Path("/etc/apt")))
    return [default] if own is None or own == default else [own, default]
