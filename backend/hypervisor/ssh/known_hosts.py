"""The file of known host keys: what stands there, and how an entry is taken out. Blocking."""

import base64
import binascii
import hashlib
import subprocess
from pathlib import Path

from backend.errors import LoginFailed

_DEADLINE_S = 10.0
_ALGORITHMS = {
    "ED25519": "ssh-ed25519",
    "ECDSA": "ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521",
    "RSA": "rsa-sha2-512,rsa-sha2-256,ssh-rsa",
    "ED25519-SK": "sk-ssh-ed25519@openssh.com",
    "ECDSA-SK": "sk-ecdsa-sha2-nistp256@openssh.com",
}


def algorithms(kind: str) -> str:
    """Return what HostKeyAlgorithms has to be for a key of this kind ("ED25519"); "" if unknown."""
    return _ALGORITHMS.get(kind, "")


def fingerprint_at(file: Path, line: int) -> str:
    """Return the fingerprint, as ssh tells it, of the key in a line (from 1); "": there is none."""
    try:
        words = file.read_text(errors="replace").splitlines()[line - 1].split()
        blob = base64.b64decode(words[3 if words[0].startswith("@") else 2], validate=True)
    except (OSError, IndexError, binascii.Error):
        return ""
    return "SHA256:" + base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")


def forget(name: str, file: Path) -> None:
    """Take all keys of a host out of the file; ssh-keygen keeps the old one beside it.

    Raises LoginFailed if that cannot be.
    """
    command = ["ssh-keygen", "-R", name, "-f", str(file)]
    try:
        ran = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            timeout=_DEADLINE_S,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise LoginFailed(host=name, detail=(str(error),)) from error
    if ran.returncode:
        raise LoginFailed(host=name, detail=tuple(ran.stderr.splitlines()))
