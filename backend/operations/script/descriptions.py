"""How virsh is given a machine's description."""

from dataclasses import replace

from backend.errors import Problem
from backend.model import Domain
from backend.operations.definition import Claim
from backend.operations.script.call import Call
from backend.operations.script.request import Request
from backend.operations.script.subject import Subject
from backend.xmldesc import written


def define(description: str, remark: Problem | None = None) -> Call:
    """Define a machine by a description."""
    return Call(("define", "--validate", "--file", "/dev/stdin"), text=description, remark=remark)


def define_written(subject: Subject) -> tuple[Call, ...]:
    """Define a machine by the description that somebody wrote, as it is to become."""
    text, claim = subject.argument("text"), subject.argument("claim")
    if claim is Claim.NEW_IDENTITY:
        text = written.with_new_addresses(text)
    elif claim is Claim.REPLACE:
        name = written.outline(text).name
        there = subject.known.records(Domain, subject.host.ref.host)
        key = next((found.ref.key for found in there if found.name == name), "")
        text = written.with_uuid(text, key) if key else text
    return (define_hiding(text),)


def define_hiding(description: str) -> Call:
    """Define a machine by a description that may have passwords in it: they are not shown."""
    text = written.without_secrets(description)
    hides = f'passwd="{written.HIDDEN}"' in text
    return define(text, Problem("ScriptHidesPassword") if hides else None)


def without_passwords(request: Request) -> Request:
    """Return the request without what is secret in its description."""
    _text, *rest = request.arguments
    return replace(request, arguments=(written.without_secrets(request.argument("text")), *rest))
