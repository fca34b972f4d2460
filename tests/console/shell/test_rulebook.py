"""What is watched for outlives the program, whatever else stands in its file."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from backend.alerts import written
from backend.alerts.usual import USUAL
from backend.measures import Measure, Unit
from backend.model import Kind, Ref
from backend.thresholds import Threshold
from console.bridge.door import Bridge
from console.bridge.keeper import Keeper
from console.shell.rulebook import RuleBook
from tests.fakes.engine import FakeEngine

MINE = Threshold("mine", Measure.LOAD, 4.0, Unit.COUNT)
VM = Ref("h", Kind.DOMAIN, "u/1")


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "alerts.json"


def opened(engine: FakeEngine, file: Path) -> RuleBook:
    return RuleBook(Bridge(engine), Keeper(file))


def test_a_first_start_has_the_usual_ones_and_writes_nothing(
    engine: FakeEngine, file: Path
) -> None:
    book = opened(engine, file)
    assert book.all() == engine.rules.thresholds == USUAL
    book.keeper.save()
    assert not file.exists()


def test_what_the_user_made_of_them_comes_back(engine: FakeEngine, file: Path) -> None:
    book = opened(engine, file)
    changed = replace(USUAL[1], bound=0.5)
    book.put(changed)
    book.put(MINE)
    book.remove(USUAL[0])
    assert engine.rules.thresholds == (changed, *USUAL[2:], MINE)
    assert book.keeper.save()
    later = FakeEngine()
    assert opened(later, file).all() == later.rules.thresholds == engine.rules.thresholds


def test_one_that_is_as_usual_again_is_not_written(engine: FakeEngine, file: Path) -> None:
    book = opened(engine, file)
    book.put(replace(USUAL[0], bound=0.5))
    book.put(USUAL[0])
    book.remove(USUAL[1])
    book.put(USUAL[1])
    assert list(book.keeper.keys()) == []


def test_one_that_was_deleted_can_be_taken_back(engine: FakeEngine, file: Path) -> None:
    book, removed = opened(engine, file), list[Threshold]()
    book.on_removed = removed.append
    book.remove(USUAL[0])
    assert removed == [USUAL[0]]
    book.put(removed[0])
    assert USUAL[0] in engine.rules.thresholds


def test_a_silence_outlives_the_program_and_ends_by_itself(engine: FakeEngine, file: Path) -> None:
    book = opened(engine, file)
    until = time.time() + 3600
    book.silence(VM, MINE, "/a b", until)
    assert book.keeper.save()
    later = FakeEngine()
    again = opened(later, file)
    (silence,) = later.rules.silences
    assert (silence.subject, silence.threshold, silence.device, silence.until) == (
        VM, "mine", "/a b", until,
    )  # fmt: skip
    again.silence(VM, MINE, "/a b", 0)
    assert later.rules.silences == ()
    assert list(again.keeper.keys()) == []
    again.keeper.put("silence/old", {**written.dump_silence(replace(silence, until=1.0))})
    assert again.keeper.save()
    assert opened(later, file).all()
    assert later.rules.silences == ()


def test_what_a_later_version_wrote_is_left_as_it_is(engine: FakeEngine, file: Path) -> None:
    odd = {"measure": "mood", "bound": 1}
    more = {**written.dump_threshold(MINE), "colour": "red"}
    file.write_text(json.dumps({"threshold/odd": odd, "threshold/mine": more, "sound": "bell"}))
    book = opened(engine, file)
    assert book.all() == (*USUAL, MINE)
    book.put(replace(MINE, bound=5.0))
    book.keeper.save()
    said = json.loads(file.read_text())
    assert said["threshold/odd"] == odd
    assert said["sound"] == "bell"
    assert said["threshold/mine"] == {**more, "bound": 5.0}


def test_a_damaged_file_is_told_of_and_set_aside(engine: FakeEngine, file: Path) -> None:
    file.write_text('{"threshold/mine": ')
    book = opened(engine, file)
    assert book.keeper.trouble
    assert book.all() == USUAL
    book.put(MINE)
    assert book.keeper.save()
    assert list(file.parent.glob("*damaged*"))
    assert opened(FakeEngine(), file).all() == (*USUAL, MINE)


WRITER = """
import sys, itertools
from pathlib import Path
from dataclasses import replace
from PySide6.QtCore import QCoreApplication
from console.bridge.door import Bridge
from console.bridge.keeper import Keeper
from console.shell.rulebook import RuleBook
from tests.console.shell.test_rulebook import MINE
from tests.fakes.engine import FakeEngine
app = QCoreApplication([])
book = RuleBook(Bridge(FakeEngine()), Keeper(Path(sys.argv[1])))
for number in itertools.count(1):
    book.put(replace(MINE, bound=float(number)))
    book.keeper.save()
    print(number, flush=True)
"""


def test_killed_while_it_writes_it_leaves_a_whole_file(file: Path) -> None:
    for patience in (3, 7):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(file)], stdout=subprocess.PIPE, text=True
        )
        with writer:
            assert writer.stdout
            seen = [int(writer.stdout.readline()) for _ in range(patience)]
            os.kill(writer.pid, signal.SIGKILL)
        book = opened(FakeEngine(), file)
        assert book.keeper.trouble is None
        mine = next(one for one in book.all() if one.id == "mine")
        assert mine.bound >= seen[-1]
