"""Requests as a script for a POSIX shell that calls virsh."""

import re
import textwrap
from collections.abc import Callable, Iterator, Sequence

from backend.errors import Problem
from backend.model import Host
from backend.operations.script.call import Call, Variable, Word, comment, line, quoted
from backend.operations.script.request import RECORDS, Known, Request, maker_of
from backend.operations.script.spellings import SPELLINGS
from backend.operations.script.subject import Subject

Say = Callable[[Problem], str]
_WIDTH = 76
_URI_LENGTH = 36
_SECRET = re.compile(r"^([\w+.-]+://[^/@]*?):[^/@]*@")


def dump(title: str, requests: Sequence[Request], known: Known, say: Say) -> str:
    """Return the script, for `sh`; `say` puts a remark into words.

    Raises KeyError for a verb that has no spelling.
    """
    requests = [SPELLINGS[request.operation].public(request) for request in requests]
    calls = [(subject, call) for subject in _subjects(requests, known) for call in _calls(subject)]
    head = ["#!/bin/sh", comment(title), *(["set -e"] if len(calls) > 1 else [])]
    ways = {without_secret(subject.host.uri) for subject, _call in calls}
    way: Word | None = None
    if len(ways) == 1 and len(uri := ways.pop()) > _URI_LENGTH:
        # Else what one wants to read of each line would stand far to the right.
        way = Variable("host")
        head.append(f"{way.name}={quoted(uri)}")
    body: list[str] = []
    said: set[Problem] = set()
    for subject, call in calls:
        for remark in _remarks(subject, call):
            if remark not in said:
                said.add(remark)
                body += map(comment, textwrap.wrap(say(remark), _WIDTH))
        body.append(_line(subject, call, way or without_secret(subject.host.uri)))
    return "\n".join([*head, "", *body, ""])


def without_secret(uri: str) -> str:
    """Return the way to a host without a password that somebody put into it."""
    return _SECRET.sub(r"\1@", uri)


def _subjects(requests: Sequence[Request], known: Known) -> Iterator[Subject]:
    """Yield what virsh is told of the things that are meant; a host that is gone falls out."""
    for request in requests:
        ref, maker = request.ref, maker_of(request.ref)
        host = next(known.records(Host, ref.host), None)
        if host is None:
            continue
        if maker is not None:
            made = requests[maker]
            name = SPELLINGS[made.operation].name_of_made(made)
            yield Subject(request, host, name, None, known)
        else:
            yield Subject(request, host, ref.key, known.record(ref, RECORDS[ref.kind]), known)


def _remarks(subject: Subject, call: Call) -> Iterator[Problem]:
    host = subject.host
    if host.jump:
        yield Problem(
            "ScriptNeedsJump", (("host", host.hostname or host.name), ("jump", host.jump))
        )
    if call.remark:
        yield call.remark


def _calls(subject: Subject) -> tuple[Call, ...]:
    return SPELLINGS[subject.request.operation].calls(subject)


def _line(subject: Subject, call: Call, way: Word) -> str:
    text = line(call, way)
    name = getattr(subject.record, "name", "")
    if subject.word in call.words and name and name != subject.word:
        # Beside a UUID stands whom it means: behind the command, and before the text that it reads.
        command, mark, rest = text.partition("\n") if call.text else (text, "", "")
        text = f"{command}  {comment(name)}{mark}{rest}"
    return text
