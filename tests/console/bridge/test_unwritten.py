"""What is compiled once it is used: methods of dataclasses, patterns that modules name."""

import subprocess
import sys
from pathlib import Path

import pytest

RECORD = """
import sys
sys.path[:0] = [{here!r}]
import console.bridge.unwritten
import copy, dataclasses, pickle
from dataclasses import dataclass, field, replace
compiled = []
create = getattr(dataclasses, "_create_fn", None)

def note(name, *text, **surroundings):
    compiled.append(name)
    return create(name, *text, **surroundings)

dataclasses._create_fn = note

@dataclass(frozen=True, slots=True)
class One:
    number: int
    words: tuple[str, ...] = ()
    more: dict[str, int] = field(default_factory=dict, compare=False)

@dataclass(frozen=True, slots=True)
class Two(One):
    name: str = "two"

@dataclass(order=True)
class Open:
    number: int = 1

    def __post_init__(self) -> None:
        self.number += 1
"""
HAS_TEXT = sys.version_info < (3, 13)


def run(program: str) -> str:
    """Return what a program prints that has these records."""
    here = Path(__file__).resolve().parents[3]
    ended = subprocess.run(
        [sys.executable, "-P", "-c", RECORD.format(here=str(here)) + program],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return (ended.stdout + ended.stderr).strip()


@pytest.mark.skipif(not HAS_TEXT, reason="this Python compiles a class at once")
def test_a_method_is_compiled_once_and_when_it_is_called() -> None:
    program = "print(compiled)\nOne(1), One(2)\nprint(compiled)\nOne(1) == One(2)\nprint(compiled)"
    assert run(program) == "[]\n['__init__']\n['__init__', '__eq__']"


@pytest.mark.skipif(not HAS_TEXT, reason="this Python compiles a class at once")
def test_a_class_has_its_own_method_from_then_on() -> None:
    program = "Two(1)\nprint(Two.__init__.__qualname__, Two.__init__.__code__.co_varnames)"
    assert run(program) == "Two.__init__ ('self', 'number', 'words', 'more', 'name')"


@pytest.mark.parametrize(
    ("program", "told"),
    [
        ("print(One(1, more={'a': 1}) == One(1), One(1) == One(2), One(1) == Two(1))",
         "True False False"),
        ("print(hash(One(1)) == hash(One(1)), len({One(1), One(1), Two(1)}))", "True 2"),
        ("print(One(1, ('a',)), Two(2))",
         "One(number=1, words=('a',), more={}) Two(number=2, words=(), more={}, name='two')"),
        ("print(replace(Two(1), name='three').name, Open().number, Open(4) == Open(4))",
         "three 2 True"),
        ("print(pickle.loads(pickle.dumps(Two(5))), copy.copy(One(1)) == One(1))",
         "Two(number=5, words=(), more={}, name='two') True"),
        ("print(One(1).more is One(1).more)", "False"),
        ("print(Open(1) < Open(2), Open(1) >= Open(2), max(Open(3), Open(5)).number)",
         "True False 6"),
    ],
)  # fmt: skip
def test_records_do_what_they_always_do(program: str, told: str) -> None:
    assert run(program) == told


@pytest.mark.parametrize(
    ("program", "error"),
    [
        ("One(1).number = 2", "dataclasses.FrozenInstanceError: cannot assign to field 'number'"),
        ("del One(1).number", "dataclasses.FrozenInstanceError: cannot delete field 'number'"),
        ("One()", "TypeError: One.__init__() missing 1 required positional argument: 'number'"),
        ("Two(1, nobody=2)",
         "TypeError: Two.__init__() got an unexpected keyword argument 'nobody'"),
    ],
)  # fmt: skip
def test_records_refuse_what_they_always_refuse(program: str, error: str) -> None:
    assert run(program).splitlines()[-1] == error


def test_two_threads_come_to_the_same() -> None:
    program = (
        "from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor(4) as pool:\n"
        "    made = list(pool.map(One, [7] * 100))\n    print(len(made), len(set(made)))"
    )
    assert run(program) == "100 1"
