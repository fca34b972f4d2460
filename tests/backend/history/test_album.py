import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from backend.history.album import Album
from backend.history.keeper import History
from backend.keeping import custody
from backend.measures import Measure
from backend.model import Kind, Ref
from backend.series import Series

VM = Ref("today", Kind.DOMAIN, "a")
NOW = 1_764_000_000.0


def shown(album: Album, ref: Ref = VM) -> list[bytes | None]:
    found = album.shown(ref, [(NOW, NOW)], frozenset()).result(timeout=10)
    return [one.picture if one else None for one in found]


def test_what_is_kept_can_be_looked_back_at(tmp_path: Path) -> None:
    album = Album(tmp_path / "screens.sqlite")
    album.keep(VM, NOW, b"login")
    assert shown(album) == [b"login"]
    album.close()


def test_a_host_is_known_by_its_place_whatever_it_is_called_today(tmp_path: Path) -> None:
    album = Album(tmp_path / "screens.sqlite")
    album.name_host("today", "qemu:///system")
    album.keep(VM, NOW, b"login")
    album.close()
    later = Album(tmp_path / "screens.sqlite")
    later.name_host("tomorrow", "qemu:///system")
    assert shown(later, Ref("tomorrow", Kind.DOMAIN, "a")) == [b"login"]
    later.close()


def test_who_keeps_and_asks_nothing_has_no_file(tmp_path: Path) -> None:
    album = Album(tmp_path / "screens.sqlite")
    album.close()
    assert not any(tmp_path.iterdir())
    album.keep(VM, NOW, b"login")
    assert shown(album) == [None], "it is closed"


def test_a_file_that_is_none_is_set_aside_and_said(
    tmp_path: Path, expected_log: Callable[[str], None]
) -> None:
    expected_log("the album was damaged")
    path = tmp_path / "screens.sqlite"
    path.write_bytes(b"no database at all, but long enough to be looked at" * 100)
    album = Album(path)
    album.keep(VM, NOW, b"login")
    assert shown(album) == [b"login"]
    album.close()
    (aside,) = tmp_path.glob("screens.damaged-*.sqlite")
    assert aside.read_bytes().startswith(b"no database at all")
    assert album.problem
    assert (album.problem.message_id, album.problem["path"]) == ("ScreensDamaged", str(aside))


def test_who_looks_at_charts_is_told_what_became_of_the_pictures(
    tmp_path: Path, expected_log: Callable[[str], None]
) -> None:
    expected_log("the album was damaged")
    (tmp_path / "screens.sqlite").write_bytes(b"rot" * 4000)
    history = History(tmp_path / "history.sqlite")
    assert shown(history.album) == [None]
    asked = [Series(VM, Measure.CPU)]
    (course,) = history.read(asked, NOW, NOW + 60, 600).result(5)
    history.close()
    assert course.problem
    assert course.problem.message_id == "ScreensDamaged"


def test_a_file_that_rots_under_way_is_set_aside_too(
    tmp_path: Path, expected_log: Callable[[str], None]
) -> None:
    expected_log("the album was damaged")
    path = tmp_path / "screens.sqlite"
    album = Album(path)
    for n in range(20):
        album.keep(VM, NOW + 100 * n, b"%d" % n * 9000)
    assert shown(album)
    album.close()
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * 60_000)
    album = Album(path)
    album.keep(VM, NOW, b"login")
    assert shown(album) == [b"login"]
    album.close()
    assert list(tmp_path.glob("screens.damaged-*.sqlite"))


def test_without_a_place_to_keep_them_there_are_no_pictures_and_no_fault(
    tmp_path: Path, expected_log: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected_log("the album is not kept")
    monkeypatch.setattr(custody, "RETRY_S", 0.0)
    (tmp_path / "not there").write_text("a file where the folder should be")
    album = Album(tmp_path / "not there" / "screens.sqlite")
    album.keep(VM, NOW, b"login")
    assert shown(album) == [None]
    assert album.problem
    assert album.problem.message_id == "ScreensRefused"
    (tmp_path / "not there").unlink()
    album.keep(VM, NOW, b"login")
    assert shown(album) == [b"login"], "there is room again"
    album.close()
    assert album.problem is None


def test_killed_while_it_keeps_it_opens_again(tmp_path: Path) -> None:
    path = tmp_path / "screens.sqlite"
    code = (
        "import sys, itertools; from pathlib import Path; from backend.history.screens import *\n"
        "from backend.model import Kind, Ref\n"
        "screens = Screens(Path(sys.argv[1])); ref = Ref('today', Kind.DOMAIN, 'a')\n"
        f"screens.keep(ref, {NOW}, b'login'); print('kept', flush=True)\n"
        f"for n in itertools.count(1): screens.keep(ref, {NOW} + 60 * n, b'%d' % n + b'x' * 9000)\n"
    )
    writing = subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE)
    assert writing.stdout
    assert writing.stdout.readline() == b"kept\n"
    writing.send_signal(signal.SIGKILL)
    writing.wait()
    writing.stdout.close()
    album = Album(path)
    assert shown(album) == [b"login"]
    album.close()
