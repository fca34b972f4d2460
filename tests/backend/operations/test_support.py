"""What a host hands over for a support bundle."""

from pathlib import Path

import pytest

from backend.model import Ref
from backend.operations import domain, support
from backend.operations.support import LOG_BYTES, Paper, file_name, tail
from tests.backend.conftest import Heard

MARK = "hunter2xyz"


@pytest.fixture
def uri(uri: str) -> str:
    """The test host, its machine with secrets wherever people put them."""
    path = Path(uri.removeprefix("test://"))
    text = path.read_text(encoding="utf-8")
    notes = f"<title>{MARK}</title><description>{MARK}</description><memory"
    path.write_text(text.replace("<memory", notes, 1), encoding="utf-8")
    return uri


@pytest.fixture
def papers(heard: Heard, vm: Ref) -> dict[str, str]:
    found: tuple[Paper, ...] = heard.engine.query(support.host_papers, vm).result(10)
    return {paper.place: paper.text for paper in found}


def test_it_tells_what_the_host_is_and_has(papers: dict[str, str]) -> None:
    assert papers["versions.txt"].startswith("libvirt: ")
    assert "<capabilities>" in papers["capabilities.xml"]
    assert "<name>test</name>" in papers["machines/test.xml"]
    assert "networks/default.xml" in papers
    assert any(place.startswith("storage/") for place in papers)


def test_no_secret_of_a_machine_is_in_it(heard: Heard, vm: Ref, papers: dict[str, str]) -> None:
    assert MARK in heard.engine.query(domain.description, vm).result(10), "else this proves nothing"
    assert not [place for place, text in papers.items() if MARK in text]


def test_a_log_is_its_end_without_secrets(tmp_path: Path) -> None:
    log = tmp_path / "a.log"
    log.write_text("x" * LOG_BYTES + f"\nthe end, password={MARK}\n", encoding="utf-8")
    told = tail(log)
    assert len(told) <= LOG_BYTES
    assert told.endswith("the end, password=[removed]\n")
    assert tail(tmp_path / "none.log") == ""


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("web-01", "web-01"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("..", "unnamed"),
        ("a/b", "a_b"),
    ],
)
def test_any_name_can_be_one_of_a_file(name: str, expected: str) -> None:
    assert file_name(name) == expected
