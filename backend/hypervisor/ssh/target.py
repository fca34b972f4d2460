"""Where ssh has to go for a libvirt URI, and what libvirt is told instead. Pure."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, quote, unquote, urlsplit

from backend.errors import UriInvalid
from backend.specs import HostSpec

SSH_PORT = 22
# Noticed after three unanswered questions: a cut link is known within a dozen seconds.
_ALIVE = ("-o", "ServerAliveInterval=3", "-o", "ServerAliveCountMax=3")
# What a user's configuration may say for sessions at a terminal, and what this is not.
_ALONE = (
    *("-a", "-x", "-T", "-N"),
    *("-o", "ClearAllForwardings=yes", "-o", "RemoteCommand=none", "-o", "ControlPersist=no"),
)
_CONNECT_SECONDS = 15


@dataclass(frozen=True, slots=True)
class Target:
    """A host as ssh reaches it. Empty is: as the user's configuration of ssh has it."""

    host: str
    user: str = ""
    port: int | None = None
    jump: str = ""
    key_file: str = ""
    config: Path | None = None
    is_silent: bool = False
    trusts_anybody: bool = False

    @property
    def name(self) -> str:
        """The host with user and port, as far as they are given: "root@rack-2:2222"."""
        user = f"{self.user}@" if self.user else ""
        port = f":{self.port}" if self.port else ""
        return f"{user}{self.host}{port}"

    def command(self, control: Path, log: Path, *, algorithms: str = "") -> tuple[str, ...]:
        """Return the command of a master whose socket is `control` and who writes to `log`.

        What it says itself stands there, apart from what others write to its standard error.
        `algorithms` are the only kinds of host keys to be taken ("": whatever ssh prefers).
        """
        given = (
            ("-F", str(self.config) if self.config else ""),
            ("-l", self.user),
            ("-p", str(self.port) if self.port else ""),
            ("-i", self.key_file),
            ("-J", self.jump),
            ("-oHostKeyAlgorithms=", algorithms),
            ("-oStrictHostKeyChecking=", "no" if self.trusts_anybody else ""),
        )
        options = (part for name, value in given if value for part in _option(name, value))
        batch = f"BatchMode={'yes' if self.is_silent else 'no'}"
        return (
            *("ssh", "-M", "-S", str(control), "-E", str(log), *_ALONE, *_ALIVE),
            *("-o", f"ConnectTimeout={_CONNECT_SECONDS}", "-o", batch, "-o", "LogLevel=INFO"),
            *(*options, "--", self.host),
        )


def goes_by_ssh(uri: str) -> bool:
    """Whether libvirt would run ssh for this URI.

    Where the user names another program than ssh (`command`), that is left to libvirt.
    """
    where = _split(uri)
    return where.scheme.endswith("+ssh") and "command" not in parse_qs(where.query)


def server(uri: str) -> str:
    """Return what stands for the server in a URI: its scheme, user, name and port."""
    where = _split(uri)
    return f"{where.scheme}://{where.netloc}"


def parse(spec: HostSpec) -> Target:
    """Return where ssh has to go. Raises UriInvalid."""
    try:
        where = urlsplit(spec.uri)
        port = where.port
    except ValueError as error:
        raise UriInvalid(uri=spec.uri) from error
    if not where.hostname:
        raise UriInvalid(uri=spec.uri)
    said = {name: values[-1] for name, values in parse_qs(where.query).items()}
    return Target(
        host=unquote(where.hostname),
        user=unquote(where.username or ""),
        port=port,
        jump=spec.jump,
        key_file=said.get("keyfile", ""),
        config=spec.ssh_config,
        is_silent=said.get("no_tty", "0") != "0",
        trusts_anybody=said.get("no_verify", "0") != "0",
    )


def through(uri: str, command: Path) -> str:
    """Return the URI with `command` in place of ssh, and all else as it was."""
    where = urlsplit(uri)
    query = "&".join(part for part in (where.query, f"command={quote(str(command))}") if part)
    return where._replace(query=query).geturl()


def _split(uri: str) -> SplitResult:
    """Return its parts; of one that is no URI the scheme alone: `parse` says what is wrong."""
    try:
        return urlsplit(uri)
    except ValueError:
        return urlsplit(f"{uri.partition(':')[0]}:")


def _option(name: str, value: str) -> tuple[str, ...]:
    return (f"{name}{value}",) if name.endswith("=") else (name, value)
