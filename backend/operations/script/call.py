"""One call of a program, and how a POSIX shell reads it (POSIX.1-2017, 2.2, 2.7.4, 2.9.1)."""

import re
from dataclasses import dataclass

from backend.errors import Problem

VIRSH = "virsh"
_UNSAFE = re.compile(r"[^\w@%+=:,./-]", re.ASCII)
_CONTROL = re.compile(r"[^\S ]|[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of the shell, in place of a word."""

    name: str


Word = str | Variable


@dataclass(frozen=True, slots=True)
class Call:
    """A program and its words. `text` is what it reads, `into` the variable that takes its answer.

    `output` is the file that takes what it says.

    virsh is given the way to the host by who writes the line.
    """

    words: tuple[Word, ...]
    program: str = VIRSH
    text: str = ""
    into: str = ""
    output: Word = ""
    remark: Problem | None = None


def line(call: Call, uri: Word) -> str:
    """Return the call as a shell takes it, the text it reads below it."""
    way: tuple[Word, ...] = ("-c", uri) if call.program == VIRSH else ()
    words = " ".join(quoted(word) for word in (call.program, *way, *call.words))
    if call.output:
        words = f"{words} >{quoted(call.output)}"
    if call.into:
        words = f"{call.into}=$({words})"
    if not call.text:
        return words
    end = _end_mark(call.text)
    return f"{words} <<'{end}'\n{call.text.rstrip()}\n{end}"


def quoted(word: Word) -> str:
    """Return a word as the shell takes it for one word, with nothing in it meaning anything."""
    if isinstance(word, Variable):
        return f'"${word.name}"'
    # As shlex.quote, but for the quote itself, which it writes so that nobody can read it.
    return word if word and not _UNSAFE.search(word) else "'" + word.replace("'", r"'\''") + "'"


def comment(text: str) -> str:
    """Return a comment of one line, whatever characters somebody put into the text."""
    return f"# {_CONTROL.sub(' ', text)}"


def _end_mark(text: str) -> str:
    lines = set(text.splitlines())
    mark = "XML"
    while mark in lines:
        mark += "_"
    return mark
