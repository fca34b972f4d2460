"""Requests as a program on this backend: whole, so that it runs as it stands."""

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby

from backend.errors import Problem
from backend.model import Host
from backend.operations.script.call import comment
from backend.operations.script.request import RECORDS, Known, Request, maker_of
from backend.operations.script.source import Expression, Source
from backend.operations.script.spellings import SPELLINGS
from backend.operations.script.virsh import Say, without_secret
from backend.specs import HostSpec

_HEAD = '''\
#!/usr/bin/env python3
"""{title}

{hint}
"""

{imports}

engine = Engine({engine})
engine.start()
try:
{body}
    for job in jobs:
        print(job.subject_name, job.operation, job.state.value)
finally:
    engine.close()
'''
_OURS = (
    "from backend.blocking import until_connected, until_done",
    "from backend.engine import Engine",
)
_JOURNAL = "from backend.journal.keeper import journal_path"
Numbered = tuple[int, Request]


def dump(title: str, requests: Sequence[Request], known: Known, say: Say) -> str:
    """Return the program. What does not need another's result runs beside it, as after a click."""
    source = Source()
    requests = [_public(request) for request in requests]
    wanted = {request.ref.host for request in requests}
    hosts = [host for host in known.records(Host) if host.ref.host in wanted]
    body = [f"    until_connected(engine, {source.value(host.ref.host)})" for host in hosts]
    for _maker, batch in groupby(enumerate(requests), key=lambda pair: maker_of(pair[1].ref)):
        body += _batch(list(batch), known, source)
    specs = source.value([spec_of(host) for host in hosts])
    journal = [_JOURNAL] if any(map(_reads_journal, requests)) else []
    return _HEAD.format(
        title=_prose(title),
        hint="\n".join(textwrap.wrap(_prose(say(Problem("ScriptNeedsCeladon"))), 88)),
        imports="\n".join(_imports(source, journal)),
        engine=f"{specs}, journal_path()" if journal else specs,
        body="\n".join(body),
    )


def spec_of(host: Host) -> HostSpec:
    """Return what an engine of its own is told to find a host."""
    if host.is_embedded:
        root = host.embedded_root
        return HostSpec(host.ref.host, host.name, is_embedded=True, embedded_root=root)
    uri = without_secret(host.uri)
    return HostSpec(host.ref.host, without_secret(host.name), uri=uri, jump=host.jump)


def _prose(text: str) -> str:
    """Return what can stand in a docstring, on one line."""
    return comment(text)[2:].translate(str.maketrans('"\\', "'/"))


def _batch(batch: Sequence[Numbered], known: Known, source: Source) -> Iterator[str]:
    """Yield the lines that hand requests in and wait for them all."""
    yield f"    jobs {'=' if batch[0][0] == 0 else '+='} until_done("
    yield "        engine,"
    for _number, request in batch:
        submitted = _submit(request, source)
        name = getattr(known.record(request.ref, RECORDS[request.ref.kind]), "name", "")
        if "\n" in submitted or not name:
            yield from ([f"        {comment(name)}"] if name else [])
            yield f"        {submitted},"
        else:
            yield f"        {submitted},  {comment(name)}"
    yield "    )"


def _public(request: Request) -> Request:
    spelling = SPELLINGS.get(request.operation)
    return spelling.public(request) if spelling else request


def _submit(request: Request, source: Source) -> str:
    maker = maker_of(request.ref)
    ref = request.ref if maker is None else Expression(f"jobs[{maker}].result")
    verb = Expression(source.name(request.operation))
    return source.call("engine.submit", (verb, ref, *request.arguments), request.options, depth=2)


def _reads_journal(request: Request) -> bool:
    spelling = SPELLINGS.get(request.operation)
    return spelling is not None and spelling.reads_journal


def _imports(source: Source, more: Sequence[str] = ()) -> Iterator[str]:
    lines = [*source.imports(), *more]
    ours = sorted({*_OURS, *(line for line in lines if line.startswith("from backend"))})
    others = [line for line in lines if line not in ours]
    yield from (*others, "", *ours) if others else ours
