"""libosinfo's database on this computer, or none."""

from pathlib import Path

import pytest

from backend.errors import BackendError
from backend.operations import systems
from backend.xmldesc.osinfo import HEAD_AT, HEAD_BYTES
from tests.backend.conftest import Heard
from tests.backend.operations.test_host import HOST
from tests.backend.xmldesc.test_osinfo import NEW, OLD


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("SYSTEM", "LOCAL", "USER"):
        monkeypatch.setenv(f"OSINFO_{name}_DIR", str(tmp_path / name))
    return tmp_path


def disc(path: Path, volume: str) -> Path:
    head = bytearray(HEAD_BYTES)
    head[1:6], head[40:72] = b"CD001", volume.encode().ljust(32)
    path.write_bytes(bytes(HEAD_AT) + head)
    return path


def put(place: Path, text: str) -> None:
    (place / "os" / "x").mkdir(parents=True)
    (place / "os" / "x" / "x.xml").write_text(text)


def test_a_disc_is_recognised(heard: Heard, places: Path) -> None:
    put(places / "SYSTEM", OLD)
    put(places / "USER", NEW)
    path = disc(places / "one.iso", "ONE 1")
    found = heard.engine.query(systems.recognise, HOST, path).result(10)
    assert found
    assert found.name == "One"
    other = disc(places / "other.iso", "OTHER")
    assert heard.engine.query(systems.recognise, HOST, other).result(10) is None
    assert heard.engine.query(systems.recognise, HOST, places / "none").result(10) is None


def test_without_the_database_that_is_said(heard: Heard, places: Path) -> None:
    path = disc(places / "one.iso", "ONE 1")
    with pytest.raises(BackendError, match="SystemsUnknown"):
        heard.engine.query(systems.recognise, HOST, path).result(10)
