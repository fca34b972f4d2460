"""Verbs in virsh and in Python, in the user's language where they speak to people."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication

from backend.operations.script import python, virsh
from backend.operations.script.request import Request
from backend.operations.script.spellings import SILENT, SPELLINGS
from console.sdk import wording
from console.sdk.context import Context


def _tr(text: str) -> str:
    return QCoreApplication.translate("script", text)


@dataclass(frozen=True, slots=True)
class ScriptText:
    """The two scripts; or, in their place, why there is none."""

    virsh: str = ""
    python: str = ""
    reason: str = ""


async def write(context: Context, title: str, requests: Sequence[Request]) -> ScriptText:
    """Return what these verbs are. Raises BackendError if the host cannot tell what that takes."""
    for request in requests:
        if silence := SILENT.get(request.operation):
            return ScriptText(reason=wording.sentence(silence))
        if request.operation not in SPELLINGS:
            return ScriptText(reason=_tr("Celadon does not know yet how virsh says this."))
    planned = [await _planned(context, request) for request in requests]
    known, say = context.lookup, wording.sentence
    return ScriptText(
        virsh.dump(title, planned, known, say), python.dump(title, requests, known, say)
    )


async def _planned(context: Context, request: Request) -> Request:
    """Return the request with what its spelling has to ask of the host."""
    ask = SPELLINGS[request.operation].plan
    if ask is None:
        return request
    options = dict(request.options)
    return replace(
        request, plan=await context.query(ask, request.ref, *request.arguments, **options)
    )
