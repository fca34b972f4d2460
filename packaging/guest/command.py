"""The builder's command line: is there anything to do, who else is doing it, and where it goes."""

import argparse
import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path

from packaging.guest.problem import GuestBuildError, explain_os_error, tell

HERE = Path(__file__).resolve().parent
ARTEFACTS = ("vmlinuz", "vmlinux", "initrd.gz")
MANIFEST = "manifest.json"


def default_folders() -> tuple[Path, Path]:
    """Return the default folders (guest, downloads): CELADON_GUEST_DIR's, root's or the user's."""
    named = os.environ.get("CELADON_GUEST_DIR")
    if named:
        guest = Path(named).absolute()
    elif os.geteuid() == 0:
        guest = Path("/var/cache/celadon/guest")
    else:
        cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        guest = Path(cache).absolute() / "celadon" / "guest"
    return guest, guest.with_name(guest.name + "-downloads")


def compute_key(folder: Path = HERE) -> str:
    """Return a digest of all that the builder is made of: its modules and the guest's scripts."""
    digest = hashlib.sha256()
    sources = [*folder.glob("*.py"), *(folder / "rootfs").rglob("*")]
    for path in sorted(path for path in sources if path.is_file()):
        data = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()


def is_built(out: Path, key: str) -> bool:
    """Say whether `out` holds a whole guest made by the builder with this key."""
    try:
        manifest = json.loads((out / MANIFEST).read_text())
        sizes = {name: manifest["files"][name]["size"] for name in ARTEFACTS}
        whole = all((out / name).stat().st_size == size for name, size in sizes.items())
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return whole and manifest.get("key") == key


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    guest, downloads = default_folders()
    parser = argparse.ArgumentParser(
        prog="build.py", description="Build Celadon's sample guest from Debian packages."
    )
    parser.add_argument("--out", type=Path, default=guest, help="folder to make (%(default)s)")
    parser.add_argument("--cache", type=Path, default=downloads, help="downloads (%(default)s)")
    parser.add_argument("--update", action="store_true", help="ask the mirror for newer packages")
    parser.add_argument("--force", action="store_true", help="build even if nothing has changed")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    """Build the guest unless it is there; return the process's exit status."""
    options = _parse(arguments)
    out, cache = options.out.absolute(), options.cache.absolute()
    key = compute_key()
    if is_built(out, key) and not (options.force or options.update):
        tell(f"up to date in {out}")
        return 0
    # Costly to import, and not wanted for the answer above.
    from packaging.guest import builder  # noqa: PLC0415

    try:
        request = builder.Request(out, cache, key, force=options.force, update=options.update)
        builder.build(request)
    except GuestBuildError as error:
        tell(str(error))
        return 1
    except OSError as error:
        tell(explain_os_error(error))
        return 1
    except KeyboardInterrupt:
        tell("interrupted; nothing was changed.")
        return 130
    return 0
