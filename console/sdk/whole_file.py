"""A file that the user names: which he means, written whole or not at all, in words why not.

Blocks (disks and file servers do): for a thread beside the GUI's, see `console.bridge.aside`.
"""

import contextlib
import errno
import os
import re
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from console.sdk.kept_file import sync

_NAME_LONGEST = 60
_NEW_FILES = 0o666
"""Less what the user's mask takes."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("files", text)


def typed_path(text: str) -> Path:
    """Return the file that somebody means who typed this; a home that there is not is a name."""
    path = Path(text.strip())
    with contextlib.suppress(RuntimeError):  # "~nobody", or the beginning of a name
        path = path.expanduser()
    return path.absolute()


def file_name(title: str) -> str:
    """Return a name for a file from a title: lower case, words joined, nothing a shell minds."""
    words = re.findall(r"[\w.]+", title.lower())
    return "-".join(words)[:60].strip("-.") or "script"


def write_whole(path: Path, content: bytes, *, rights: int | None = None) -> None:
    """Have the content in a file, on the disk; an older file stays until then. Raises OSError.

    `rights` None: those of the file that is there, else those that new files get.
    """
    target = path.resolve()
    # Never through a name that somebody else has put there, be it a link.
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    fresh = target.with_name(f".{target.name[:_NAME_LONGEST]}.{os.getpid()}.part")
    try:
        number = os.open(fresh, flags, _NEW_FILES if rights is None else rights)
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            sync(number)
        if rights is None and target.exists():
            fresh.chmod(target.stat().st_mode & 0o777)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)


def why_unwritten(path: Path, content: bytes, *, rights: int | None = None) -> str:
    """Write it whole; return in a sentence why that failed, "" if it is there."""
    try:
        write_whole(path, content, rights=rights)
    except OSError as error:
        return why_not(error, path)
    return ""


def why_not(error: OSError, path: Path) -> str:
    """Return in a sentence why a file could not be written, and what to do."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        text = _tr("There is no room left in {folder}. Make room, or choose another folder.")
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        text = _tr("You may not write in {folder}. Choose another folder.")
    elif error.errno in (errno.ENOENT, errno.ENOTDIR):
        text = _tr("The folder {folder} is not there. Choose another one.")
    elif error.errno == errno.EISDIR:
        text = _tr("{path} is a folder. Choose another name.")
    elif error.errno == errno.ENAMETOOLONG:
        text = _tr("The name {path} is too long. Choose a shorter one.")
    else:
        text = _tr("{path} could not be written: {reason}. Choose another folder.")
    reason = error.strerror or type(error).__name__
    return text.format(folder=path.parent, path=path, reason=reason)
