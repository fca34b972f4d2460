"""Patterns that are compiled once, and recalled by later starts."""

import os
import subprocess
import sys
from pathlib import Path

HERE = str(Path(__file__).resolve().parents[3])
BEGIN = """
import sys
sys.path[:0] = [HERE]
from console.bridge import patterns
from console.bridge.recalled import recalled
import re
by_python = []
compile = patterns._compile
patterns._compile = lambda pattern, flags: by_python.append(pattern) or compile(pattern, flags)
ALL = [
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})|(no date)"),
    re.compile(r"(?i)straße|[^\\W\\d_]+?(?=\\s*:)"),
    re.compile(r"(?<!a)(x*)\\1  # twice", re.VERBOSE | re.MULTILINE),
    re.compile(r"[\\u0391-\\u03a9\\U0001f600]+", re.IGNORECASE),
    re.compile(rb"^\\xff(..)*$", re.DOTALL),
    re.compile("^\\xff(..)*$", re.DOTALL),
]
class Body:
    INSIDE = re.compile("(in) a class")
def found(text):
    return re.compile(text + " that somebody typed").search("a secret that somebody typed")
found("a secret")
"""
KEEP = "patterns.keep_patterns(); recalled.keep()\n"
TOLD = "print(len(by_python), by_python[-1])\n"


def run(folder: Path, program: str) -> str:
    """Return what a program prints that keeps its file in this folder."""
    ended = subprocess.run(
        [sys.executable, "-P", "-c", BEGIN.replace("HERE", repr(HERE)) + program],
        env={**os.environ, "XDG_CACHE_HOME": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return ended.stdout + ended.stderr


def test_what_a_module_or_a_class_names_is_compiled_once(tmp_path: Path) -> None:
    assert run(tmp_path, TOLD + KEEP) == "8 a secret that somebody typed\n"
    assert run(tmp_path, TOLD) == "1 a secret that somebody typed\n"


def test_what_is_recalled_is_what_python_makes(tmp_path: Path) -> None:
    run(tmp_path, KEEP)
    # Equal are patterns of the same code; what they say of their groups is not compared.
    like = "like = [compile(one.pattern, one.flags & ~re.UNICODE) for one in ALL]\n"
    same = "print(ALL == like, *(one.groupindex == it.groupindex for one, it in zip(ALL, like)))\n"
    assert run(tmp_path, like + same).split() == ["True"] * 7
    match = "print(ALL[0].match('2024-05').groupdict(), ALL[0].match('no date').lastgroup)\n"
    assert run(tmp_path, match) == "{'year': '2024', 'month': '05'} None\n"
    last = "print(ALL[0].match('2024-05').lastgroup, len(by_python))"
    assert run(tmp_path, last) == "month 1\n"


def test_what_somebody_typed_is_kept_nowhere(tmp_path: Path) -> None:
    run(tmp_path, KEEP)
    kept = (tmp_path / "celadon" / "start.code").read_bytes()
    assert b"no date" in kept
    assert b"a secret" not in kept


def test_a_pattern_that_is_none_raises_as_ever(tmp_path: Path) -> None:
    assert "missing ), unterminated subpattern" in run(tmp_path, "re.compile('(')")
    assert "first argument must be string or compiled" in run(tmp_path, "re.compile(7)")


def test_what_could_not_be_compiled_or_is_no_plain_text_is_passed_over(tmp_path: Path) -> None:
    tried = """
try:
    re.compile("(?Q)")  # which a later Python may know
except re.error:
    pass
class Text(str):
    pass
print(re.compile(Text("of another kind")).pattern)
"""
    assert run(tmp_path, tried + KEEP) == "of another kind\n"
    assert run(tmp_path, TOLD) == "1 a secret that somebody typed\n"
