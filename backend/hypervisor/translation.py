"""What libvirt's errors mean to us: by their codes, and where those say nothing by their words.

The words are libvirt's English ones: it translates them for programs that have set a locale for
messages, which Python does not do by itself.
"""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import libvirt

from backend.errors import (
    BackendError,
    CertificateMissing,
    CertificateNotTrusted,
    ConnectionLost,
    DescriptionRefused,
    Gone,
    HypervisorRefused,
    LibvirtMissingHere,
    LibvirtMissingThere,
    NameNotResolved,
    NotPermitted,
    NotSupported,
    SaslMissing,
    UriInvalid,
)
from backend.hypervisor.unreached import unreached

Make = Callable[["re.Match[str]", str], BackendError]


def _codes(*names: str) -> frozenset[int]:
    # Constants depend on the libvirt that the binding was built against.
    return frozenset(getattr(libvirt, name) for name in names if hasattr(libvirt, name))


_KINDS: tuple[tuple[frozenset[int], type[BackendError]], ...] = (
    (
        _codes(
            "VIR_ERR_NO_DOMAIN",
            "VIR_ERR_NO_NETWORK",
            "VIR_ERR_NO_STORAGE_POOL",
            "VIR_ERR_NO_STORAGE_VOL",
            "VIR_ERR_NO_DOMAIN_SNAPSHOT",
        ),
        Gone,
    ),
    (
        _codes(
            "VIR_ERR_OPERATION_DENIED",
            "VIR_ERR_AUTH_FAILED",
            "VIR_ERR_AUTH_CANCELLED",
            "VIR_ERR_AUTH_UNAVAILABLE",
            "VIR_ERR_ACCESS_DENIED",
        ),
        NotPermitted,
    ),
    (
        _codes(
            "VIR_ERR_NO_SUPPORT", "VIR_ERR_OPERATION_UNSUPPORTED", "VIR_ERR_ARGUMENT_UNSUPPORTED"
        ),
        NotSupported,
    ),
    (
        _codes(
            "VIR_ERR_XML_ERROR",
            "VIR_ERR_XML_DETAIL",
            "VIR_ERR_XML_INVALID_SCHEMA",
            "VIR_ERR_CONFIG_UNSUPPORTED",
            "VIR_ERR_UNKNOWN_HOST",
        ),
        DescriptionRefused,
    ),
)
_CONNECTION_WORDS = (
    "client socket is closed",
    "Cannot write data",
    "Cannot recv data",
    "End of file while reading data",
    "keepalive timeout",
    "Failed to connect",
    "Connection reset",
)
# Between libvirt and a QEMU that died, or what that connects to itself: the same words, of which
# our connection knows nothing.
_MONITOR_WORDS = (
    "Unable to read from monitor",
    "Unable to write to monitor",
    "while connecting to monitor",
    "unable to execute QEMU command",
)


def _no_socket(found: "re.Match[str]", uri: str) -> BackendError:
    if "denied" in found[2]:
        return NotPermitted()
    if _host(uri):
        return LibvirtMissingThere(host=_host(uri))
    return LibvirtMissingHere(path=found[1])


def _no_libvirt(_found: "re.Match[str]", uri: str) -> BackendError:
    return LibvirtMissingThere(host=_host(uri)) if _host(uri) else ConnectionLost()


# In this order: what is said first is what has to be put right first.
_OPENINGS: tuple[tuple["re.Pattern[str]", Make], ...] = (
    (
        re.compile(r"transport in URL not recognised|Unable to parse URI"),
        lambda _, uri: UriInvalid(uri=uri),
    ),
    (
        re.compile(r"unable to connect to server at '(.+):(\d+)': (.*)"),
        lambda found, _: unreached(found[1], int(found[2]), found[3]),
    ),
    (
        re.compile(r"unable to resolve|Name or service not known|Temporary failure in name res"),
        lambda _, uri: NameNotResolved(host=_host(uri)),
    ),
    (
        re.compile(r"no mechanism available|SASL mechanism \S+ not supported"),
        lambda _, uri: SaslMissing(host=_host(uri)),
    ),
    (
        re.compile(r"Cannot read (?:CA )?(?:certificate|private key|key) '([^']+)'", re.IGNORECASE),
        lambda found, _: CertificateMissing(path=found[1]),
    ),
    (
        re.compile(r"certificate|TLS (?:connection|handshake)|x509", re.IGNORECASE),
        lambda _, uri: CertificateNotTrusted(host=_host(uri)),
    ),
    (re.compile(r"Failed to connect socket to '([^']+)': (.*)"), _no_socket),
    (re.compile(r"End of file while reading data|Cannot recv data"), _no_libvirt),
)
_WRONG_URI = _codes("VIR_ERR_NO_CONNECT", "VIR_ERR_INVALID_URI")


def translate_opening(error: libvirt.libvirtError, uri: str) -> BackendError:
    """Return why no connection to `uri` came about, with libvirt's own words as the detail."""
    message = str(error.get_error_message() or error)
    code = int(error.get_error_code() or 0)
    ours = translate(error)
    if code in _WRONG_URI:
        ours = UriInvalid(uri=uri)
    else:
        for pattern, make in _OPENINGS:
            if found := pattern.search(message):
                ours = make(found, uri)
                break
    ours.detail = tuple(message.splitlines())
    return ours


def _host(uri: str) -> str:
    return urlsplit(uri).hostname or ""


def translate(error: libvirt.libvirtError) -> BackendError:
    """Return what a libvirt error means to us, with libvirt's own words as the detail."""
    message = str(error.get_error_message() or error)
    code = int(error.get_error_code() or 0)
    detail = tuple(message.splitlines())
    if code == libvirt.VIR_ERR_INVALID_CONN or _is_of_the_connection(message):
        return ConnectionLost(detail=detail)
    for codes, kind in _KINDS:
        if code in codes:
            return kind(detail=detail)
    return HypervisorRefused(detail=detail, code=code)


def _is_of_the_connection(message: str) -> bool:
    if any(words in message for words in _MONITOR_WORDS):
        return False
    return any(words in message for words in _CONNECTION_WORDS)
