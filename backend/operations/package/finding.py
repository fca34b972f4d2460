"""Which kind of package somebody means, and reading it. Blocking."""

from pathlib import Path

from backend.operations.package import files, foreign, manifest, own
from backend.operations.package.foreign import ForeignPackage
from backend.operations.package.own import OwnPackage
from backend.packages import PackageMissing

Package = OwnPackage | ForeignPackage
_HEAD_BYTES = 512
_TAR_MARK = (257, b"ustar")


def read(path: Path) -> Package:
    """Return the package that is at `path`: a folder, its list, an OVF or an OVA file.

    Its content decides, not its name. Raises PackageMissing, and what reading it does.
    """
    listed = _listed(path)
    with files.opened(listed) as file:
        head = file.read(_HEAD_BYTES)
    at, mark = _TAR_MARK
    if head[at : at + len(mark)] == mark:
        return foreign.read_archive(listed)
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"<"):
        return foreign.read_folder(listed)
    if text.startswith(b"{"):
        return own.read(listed)
    raise PackageMissing(path=str(path))


def _listed(path: Path) -> Path:
    """Return the file that lists what is in a folder."""
    if not path.is_dir():
        return path
    if (path / manifest.FILE).exists():
        return path / manifest.FILE
    envelopes = sorted(path.glob("*.ovf"))
    if len(envelopes) != 1:
        raise PackageMissing(path=str(path))
    return envelopes[0]
