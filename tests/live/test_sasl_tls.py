"""TCP with SASL, and TLS, against a libvirtd of the test's own."""

import contextlib
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from celadon_tour.sshd import PASSWORD, free_port, libvirtd, somebody, until

from backend.model import HostState, PromptKind
from backend.operations import host
from backend.specs import HostSpec
from tests.live.certificates import Authority
from tests.live.client import HOST, client

SASLPASSWD = shutil.which("saslpasswd2") or "/usr/sbin/saslpasswd2"
pytestmark = [
    pytest.mark.live,
    pytest.mark.skipif(not Path(SASLPASSWD).exists(), reason="no saslpasswd2 (sasl2-bin)"),
]


@dataclass(frozen=True)
class There:
    """A libvirtd that listens."""

    directory: Path
    tcp: int
    tls: int
    authority: Authority

    def by_tcp(self, user: str = "") -> HostSpec:
        """The host by TCP."""
        who = f"{user}@" if user else ""
        return HostSpec("there", "There", f"test+tcp://{who}127.0.0.1:{self.tcp}/default")

    def by_tls(self, certificates: Path, name: str = "127.0.0.1") -> HostSpec:
        """The host by TLS, with the certificates in a directory."""
        uri = f"test+tls://{name}:{self.tls}/default?pkipath={certificates}"
        return HostSpec("there", "There", uri)


@pytest.fixture(scope="module")
def there() -> Iterator[There]:
    with contextlib.ExitStack() as stack:
        name = stack.enter_context(tempfile.TemporaryDirectory(prefix="cel-", dir="/var/tmp"))
        directory = Path(name)
        directory.chmod(0o755)
        user = stack.enter_context(somebody(directory / "home"))
        authority = Authority(directory / "authority", "those who trust")
        server = authority.sign("server")
        database = directory / "sasl.db"
        subprocess.run(
            [SASLPASSWD, "-p", "-c", "-a", "libvirt", "-u", socket.gethostname(), "-f", database,
             "fred"], input=PASSWORD, text=True, check=True,
        )  # fmt: skip
        database.chmod(0o644)
        (directory / "libvirt.conf").write_text(f"mech_list: digest-md5\nsasldb_path: {database}\n")
        tcp, tls = free_port(), free_port()
        daemon = libvirtd(
            directory,
            user,
            *("listen_tcp = 1", "listen_tls = 1", 'listen_addr = "127.0.0.1"'),
            *(f'tcp_port = "{tcp}"', f'tls_port = "{tls}"', 'auth_tcp = "sasl"'),
            *('auth_tls = "none"', f'ca_file = "{server}/cacert.pem"'),
            *(f'cert_file = "{server}/servercert.pem"', f'key_file = "{server}/serverkey.pem"'),
            environment={"SASL_CONF_PATH": str(directory)},
        )

        def listens() -> bool:
            with socket.socket() as one, socket.socket() as two:
                places = ((one, tcp), (two, tls))
                return not any(trial.connect_ex(("127.0.0.1", port)) for trial, port in places)

        stack.callback(daemon.stop)
        until(listens, "libvirtd does not listen")
        yield There(directory, tcp, tls, authority)


def test_name_and_password_are_asked_for_one_after_the_other(there: There) -> None:
    with client(there.by_tcp()) as one:
        assert one.answer(PromptKind.USERNAME, "fred").subject == "127.0.0.1"
        prompt = one.answer(PromptKind.PASSWORD, PASSWORD)
        assert (prompt.subject, prompt.is_again) == ("fred@127.0.0.1", False)
        one.connected()
        assert one.engine.query(host.refresh, HOST).result(20) is None
        assert len(one.prompts()) == 2, "the other connections ask nobody"


def test_what_is_wrong_is_asked_again(there: There) -> None:
    with client(there.by_tcp("fred")) as one:
        assert not one.answer(PromptKind.PASSWORD, "wrong").is_again
        assert one.answer(PromptKind.PASSWORD, PASSWORD).is_again
        one.connected()


def test_who_declines_is_not_asked_again(there: There) -> None:
    with client(there.by_tcp("fred")) as one:
        one.decline(PromptKind.PASSWORD)
        assert one.away().message_id == "PromptDeclined"
        assert one.host.retry_at is None


def test_disconnected_it_has_forgotten_the_password(there: There) -> None:
    with client(there.by_tcp("fred")) as one:
        for _ in range(2):
            one.answer(PromptKind.PASSWORD, PASSWORD)
            one.connected()
            assert one.do(host.disconnect) is None
            one.engine.submit(host.reconnect, HOST)
        one.asked(PromptKind.PASSWORD)


def test_with_its_certificates_tls_asks_nothing(there: There) -> None:
    with client(there.by_tls(there.authority.sign("client"))) as one:
        one.connected()
        assert one.prompts() == []


def test_a_certificate_that_is_missing_is_named(there: There, tmp_path: Path) -> None:
    with client(there.by_tls(tmp_path)) as one:
        problem = one.away()
        assert problem.message_id == "CertificateMissing"
        assert problem["path"] == f"{tmp_path}/cacert.pem"


def test_a_server_that_another_authority_vouches_for_is_not_trusted(
    there: There, tmp_path: Path
) -> None:
    mine = Authority(tmp_path / "authority", "those who do not").sign("client")
    with client(there.by_tls(mine)) as one:
        problem = one.away()
        assert (problem.message_id, problem["host"]) == ("CertificateNotTrusted", "127.0.0.1")


def test_a_client_whom_the_server_does_not_trust_is_told_so(there: There, tmp_path: Path) -> None:
    mine = Authority(tmp_path / "authority", "those who do not").sign("client")
    (mine / "cacert.pem").write_bytes(there.authority.certificate.read_bytes())
    with client(there.by_tls(mine)) as one:
        problem = one.away()
        assert (problem.message_id, problem["host"]) == ("CertificateNotTrusted", "127.0.0.1")


def test_a_server_under_another_name_is_not_trusted(there: There) -> None:
    with client(there.by_tls(there.authority.sign("client"), "localhost")) as one:
        assert one.away().message_id == "CertificateNotTrusted"


def test_a_port_that_nobody_listens_at_is_named(there: There) -> None:
    port = free_port()
    with client(HostSpec("there", "There", f"qemu+tcp://127.0.0.1:{port}/system")) as one:
        problem = one.away()
        assert (problem.message_id, problem["port"]) == ("ConnectionRefused", port)
        assert one.host.retry_at


def test_a_name_that_nobody_knows_is_named() -> None:
    with client(HostSpec("there", "There", "qemu+tcp://rack-2.invalid/system")) as one:
        assert one.away().message_id == "NameNotResolved"


def test_an_address_of_nothing_is_said() -> None:
    with client(HostSpec("there", "There", "qemu+nonsense://rack-2/system")) as one:
        problem = one.away()
        assert (problem.message_id, problem["uri"]) == ("UriInvalid", one.host.uri)
        assert one.until(HostState.AWAY)
