"""libvirt's errors by its words: sockets, ports, names and certificates as 9.0 said them.

Those of polkit, of routes and of missing mechanisms are after its source, and were not seen.
"""

import libvirt
import pytest

from backend.errors import (
    BackendError,
    CertificateMissing,
    CertificateNotTrusted,
    ConnectionLost,
    ConnectionRefused,
    ConnectionTimedOut,
    DescriptionRefused,
    Gone,
    HypervisorRefused,
    LibvirtMissingHere,
    LibvirtMissingThere,
    NameNotResolved,
    NoRoute,
    NotPermitted,
    NotSupported,
    SaslMissing,
    UriInvalid,
)
from backend.hypervisor.translation import translate, translate_opening


@pytest.mark.parametrize(
    ("code", "message", "kind"),
    [
        ("VIR_ERR_NO_DOMAIN", "gone", Gone),
        ("VIR_ERR_NO_NETWORK", "gone", Gone),
        ("VIR_ERR_NO_STORAGE_POOL", "gone", Gone),
        ("VIR_ERR_NO_STORAGE_VOL", "gone", Gone),
        ("VIR_ERR_NO_DOMAIN_SNAPSHOT", "gone", Gone),
        ("VIR_ERR_AUTH_CANCELLED", "polkit", NotPermitted),
        ("VIR_ERR_NO_SUPPORT", "driver", NotSupported),
        ("VIR_ERR_CONFIG_UNSUPPORTED", "cpu", DescriptionRefused),
        ("VIR_ERR_INTERNAL_ERROR", "client socket is closed", ConnectionLost),
        ("VIR_ERR_SYSTEM_ERROR", "Cannot recv data: Connection reset by peer", ConnectionLost),
        (
            "VIR_ERR_SYSTEM_ERROR",
            "Unable to read from monitor: Connection reset by peer",
            HypervisorRefused,
        ),
        (
            "VIR_ERR_INTERNAL_ERROR",
            "process exited while connecting to monitor: Failed to connect to '/fs.sock'",
            HypervisorRefused,
        ),
        (
            "VIR_ERR_INTERNAL_ERROR",
            "unable to execute QEMU command 'chardev-add': Failed to connect to 'localhost:4000'",
            HypervisorRefused,
        ),
        ("VIR_ERR_OPERATION_FAILED", "no", HypervisorRefused),
    ],
)
def test_what_a_code_means(code: str, message: str, kind: type[BackendError]) -> None:
    error = libvirt.libvirtError("x")
    error.err = (getattr(libvirt, code), 0, message, 2, None, None, None, -1, -1)
    ours = translate(error)
    assert type(ours) is kind
    assert ours.detail == (message,)


TCP, TLS, SSH = "qemu+tcp://rack-2/system", "qemu://rack-2/system", "qemu+ssh://root@rack-2/system"
HERE = "qemu:///system"


def made(message: str, code: str = "VIR_ERR_SYSTEM_ERROR") -> libvirt.libvirtError:
    error = libvirt.libvirtError("x")
    error.err = (getattr(libvirt, code), 0, message, 2, None, None, None, -1, -1)
    return error


@pytest.mark.parametrize(
    ("uri", "message", "meant"),
    [
        (
            "qemu+bogus://rack-2/system",
            "invalid argument: remote_open: transport in URL not recognised (should be tls|unix)",
            UriInvalid(uri="qemu+bogus://rack-2/system"),
        ),
        ("a b", "internal error: Unable to parse URI a b", UriInvalid(uri="a b")),
        (
            TCP,
            "unable to connect to server at 'rack-2:16509': Connection refused",
            ConnectionRefused(host="rack-2", port=16509),
        ),
        (
            TCP,
            "unable to connect to server at 'rack-2:16509': No route to host",
            NoRoute(host="rack-2"),
        ),
        (
            TLS,
            "unable to connect to server at 'rack-2:16514': Connection timed out",
            ConnectionTimedOut(host="rack-2", port=16514),
        ),
        (
            TCP,
            "Unable to resolve address 'rack-2' service '16509': Name or service not known",
            NameNotResolved(host="rack-2"),
        ),
        (
            TLS,
            "Cannot read CA certificate '/etc/pki/CA/cacert.pem': No such file or directory",
            CertificateMissing(path="/etc/pki/CA/cacert.pem"),
        ),
        (
            TLS,
            "authentication failed: Failed to verify peer's certificate",
            CertificateNotTrusted(host="rack-2"),
        ),
        (
            SSH,
            ("End of file while reading data: virt-ssh-helper: cannot connect to "
            "'/var/run/libvirt/libvirt-sock': Failed to connect socket to "
            "'/var/run/libvirt/libvirt-sock': No such file or directory: Input/output error"),
            LibvirtMissingThere(host="rack-2"),
        ),
        (
            SSH,
            "End of file while reading data: sh: 1: nc: not found: Input/output error",
            LibvirtMissingThere(host="rack-2"),
        ),
        (
            SSH,
            ("End of file while reading data: virt-ssh-helper: cannot connect to "
            "'/var/run/libvirt/libvirt-sock': Failed to connect socket to "
            "'/var/run/libvirt/libvirt-sock': Permission denied: Input/output error"),
            NotPermitted(),
        ),
        (
            HERE,
            "Failed to connect socket to '/var/run/libvirt/libvirt-sock': Permission denied",
            NotPermitted(),
        ),
        (
            HERE,
            "Failed to connect socket to '/var/run/libvirt/libvirt-sock': Connection refused",
            LibvirtMissingHere(path="/var/run/libvirt/libvirt-sock"),
        ),
        (HERE, "End of file while reading data: Input/output error", ConnectionLost()),
        (HERE, "something else", HypervisorRefused(code=38)),
    ],
)  # fmt: skip
def test_why_a_connection_does_not_open(uri: str, message: str, meant: BackendError) -> None:
    ours = translate_opening(made(message), uri)
    assert (type(ours), ours.arguments) == (type(meant), meant.arguments)
    assert ours.detail == (message,)


@pytest.mark.parametrize(
    ("message", "code", "kind"),
    [
        ("no connection driver available for foo:///", "VIR_ERR_NO_CONNECT", UriInvalid),
        (
            "authentication unavailable: no polkit agent available to authenticate action",
            "VIR_ERR_AUTH_UNAVAILABLE",
            NotPermitted,
        ),
        (
            (
                "authentication failed: Failed to start SASL negotiation: -4 (SASL(-4): no "
                "mechanism available: No worthy mechs found)"
            ),
            "VIR_ERR_AUTH_FAILED",
            SaslMissing,
        ),
    ],
)
def test_where_the_code_says_why(message: str, code: str, kind: type[BackendError]) -> None:
    assert type(translate_opening(made(message, code), TCP)) is kind
