"""OVF and OVA packages with a real disk, as VirtualBox writes them."""

import hashlib
import tarfile
from pathlib import Path

from tests.backend.operations.package.packed import image
from tests.backend.xmldesc.envelopes import VIRTUALBOX

DISK = "box-disk001.vmdk"


def folder(place: Path, text: str = VIRTUALBOX, *, size: str = "1G") -> Path:
    """Make a folder with an envelope, its disk and their checksums; return the envelope."""
    place.mkdir()
    (place / "box.ovf").write_text(text)
    image(place / DISK, "-o", "subformat=streamOptimized", size=size, kind="vmdk")
    names = ("box.ovf", DISK)
    lines = [f"SHA256({n})= {hashlib.sha256((place / n).read_bytes()).hexdigest()}" for n in names]
    (place / "box.mf").write_text("\n".join(lines) + "\n")
    return place / "box.ovf"


def archive(envelope: Path) -> Path:
    """Make one file of such a folder; return it."""
    made = envelope.parent.with_suffix(".ova")
    with tarfile.open(made, "w") as into:
        for name in ("box.ovf", "box.mf", DISK):
            if (envelope.parent / name).exists():
                into.add(envelope.parent / name, name)
    return made
