"""What may go wrong while the guest is built, said in one sentence that tells what to do."""

import errno
import sys


class GuestBuildError(Exception):
    """The guest cannot be built; the text is one sentence for a human, with the remedy."""


class DiskFullError(GuestBuildError):
    """There is no room; another mirror would not help."""


def tell(text: str) -> None:
    """Write one line of progress to standard error, at once."""
    print(f"Sample guest: {text}", file=sys.stderr, flush=True)


def explain_os_error(error: OSError) -> str:
    """Return the sentence for an operating system error met while files were written or read."""
    where = error.filename or "a file"
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return (
            f"the disk is full (writing {where}); free about 400 MB, or choose another place"
            " with --out and --cache."
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return (
            f"{where} cannot be written; choose another place with --out and --cache,"
            " or set CELADON_GUEST_DIR."
        )
    if isinstance(error, FileNotFoundError) and error.filename in ("apt-get", "apt-cache"):
        return "apt-get is missing; build on Debian or Ubuntu, or install the package apt."
    if isinstance(error, FileNotFoundError) and error.filename == "dpkg-deb":
        return "dpkg-deb is missing; install the package dpkg."
    return f"{error.strerror or error} ({where}); mend that and run the builder again."


def apt_error(output: str, what: str) -> GuestBuildError:
    """Return the error for a failure of apt, from what it wrote to standard error."""
    full = ("No space left", "not enough free space", "don't have enough free space")
    if any(mark in output for mark in full):
        return DiskFullError(
            f"{what}: the disk is full; free about 400 MB, or choose another place with --cache."
        )
    return GuestBuildError(f"{what}: {_explain_apt(output)}")


def _explain_apt(output: str) -> str:
    causes = (
        (
            ("NO_PUBKEY", "is not signed", "not available: Sub-process", "keyring", "GPG error"),
            (
                "the package lists could not be verified; install or upgrade the package"
                " debian-archive-keyring."
            ),
        ),
        (
            ("resolving", "Could not resolve", "Temporary failure", "Could not connect"),
            (
                "the Debian mirror cannot be reached; check the network or proxy, or name a mirror"
                " in CELADON_DEBIAN_MIRROR."
            ),
        ),
        (
            ("timed out", "unreachable", "Connection failed", "Could not handshake"),
            (
                "the Debian mirror does not answer; check the network or proxy, or name a mirror"
                " in CELADON_DEBIAN_MIRROR."
            ),
        ),
        (
            ("does not have a Release file",),
            "the mirror does not have Debian 12; name a complete one in CELADON_DEBIAN_MIRROR.",
        ),
        (
            ("Unable to locate package", "404  Not Found", "Can't find a source"),
            (
                "a package has left the mirror; run the builder again with --update, or name a"
                " complete mirror in CELADON_DEBIAN_MIRROR."
            ),
        ),
    )
    for marks, sentence in causes:
        if any(mark in output for mark in marks):
            return sentence
    lines = [line for line in output.splitlines() if line.startswith("E:")] or ["apt said nothing"]
    return f"{lines[0].removeprefix('E:').strip()}; mend that and run the builder again."
