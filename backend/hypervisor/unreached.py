"""Why a server was not reached: from the system's words, which ssh and libvirt pass on. Pure."""

from backend.errors import BackendError, ConnectionRefused, ConnectionTimedOut, NoRoute


def unreached(host: str, port: int, why: str) -> BackendError:
    """Return the error for a TCP connection to `host` that failed for `why` (strerror(3))."""
    if "timed out" in why.lower():
        return ConnectionTimedOut(host=host, port=port)
    if "refused" in why.lower():
        return ConnectionRefused(host=host, port=port)
    return NoRoute(host=host)
