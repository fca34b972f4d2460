"""What a killed export left is found in its folder, and nothing else is taken for it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from backend.operations.package import leftovers
from backend.operations.package.leftovers import PREFIX, Workshop
from backend.packages import FolderUnfit

_EXPORTING = """
import sys, time
from pathlib import Path
from backend.operations.package.leftovers import Workshop
shop = Workshop(Path(sys.argv[1]) / "web")
(shop.place / "disk.qcow2").write_bytes(b"x" * 100_000)
print(shop.place, flush=True)
time.sleep(60)
"""


def test_what_a_killed_export_left_is_found_and_can_be_deleted(tmp_path: Path) -> None:
    exporting = subprocess.Popen(
        [sys.executable, "-c", _EXPORTING, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert exporting.stdout
    place = Path(exporting.stdout.readline().strip())
    assert leftovers.find(tmp_path) == (), "it is at it"
    with pytest.raises(FolderUnfit):
        leftovers.discard(place)
    exporting.send_signal(signal.SIGKILL)
    exporting.wait()
    exporting.stdout.close()
    (found,) = leftovers.find(tmp_path)
    assert found.path == place
    assert found.used_bytes >= 100_000
    leftovers.discard(place)
    assert list(tmp_path.iterdir()) == []


def test_what_is_somebody_else_s_is_left_alone(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / f"{PREFIX}link").symlink_to(elsewhere)
    (tmp_path / f"{PREFIX}file").write_text("")
    (tmp_path / ".hidden").mkdir()
    assert leftovers.find(tmp_path) == ()
    assert leftovers.find(tmp_path / "none") == ()
    for name in (f"{PREFIX}link", ".hidden", f"{PREFIX}file"):
        with pytest.raises(FolderUnfit):
            leftovers.discard(tmp_path / name)
    assert len(list(tmp_path.iterdir())) == 4


def test_a_folder_is_locked_until_it_is_closed(tmp_path: Path) -> None:
    shop = Workshop(tmp_path / ("long" * 40))
    assert leftovers.find(tmp_path) == ()
    shop.close()
    assert [one.path for one in leftovers.find(tmp_path)] == [shop.place]


def test_one_that_is_done_while_it_is_looked_at_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = Workshop(tmp_path / "web")
    shop.close()

    def _ours() -> str:
        shop.place.rename(tmp_path / "web")  # as the other computer does, once all is in it
        return f"{PREFIX}another-"

    monkeypatch.setattr(leftovers, "_ours", _ours)
    assert leftovers.find(tmp_path) == ()


def test_what_another_computer_fills_is_left_alone_until_it_was_quiet_for_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a network drive its lock may be known to it alone: here it is as if there were none."""
    shop = Workshop(tmp_path / "web")
    (shop.place / "disk.qcow2").write_bytes(b"x")
    shop.close()
    assert len(leftovers.find(tmp_path)) == 1
    monkeypatch.setattr(leftovers, "_ours", lambda: f"{PREFIX}another-")
    assert leftovers.find(tmp_path) == ()
    with pytest.raises(FolderUnfit):
        leftovers.discard(shop.place)
    for place in (shop.place / "disk.qcow2", shop.place):
        os.utime(place, (1e9, 1e9))
    assert [one.path for one in leftovers.find(tmp_path)] == [shop.place]
