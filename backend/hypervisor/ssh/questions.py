"""Reads what OpenSSH asks: always in English, unless the question is the server's own. Pure."""

import re

from backend.model import Prompt, PromptKind

_HOST_KEY = re.compile(r"The authenticity of host '([^']+)' can't be established", re.DOTALL)
_FINGERPRINT = re.compile(r"^(\S+) key fingerprint is:? (\S+?)\.?$", re.MULTILINE)
_PASSPHRASE = re.compile(r"(?:Enter|Bad) passphrase(?:, try again)? for (?:key )?'?(.+?)'?: ?")
_PIN = re.compile(r"Enter PIN (?:and confirm user presence )?for (?:'([^']+)'|\S+ key (.+)): ?")
_PASSWORD = re.compile(r"(.+@.+)'s password: ?")
_INTERACTIVE = re.compile(r"\(([^()]+@[^()]+)\) (.*)", re.DOTALL)
_PLAIN_PASSWORD = re.compile(r"password(?: for [^:]+)?: ?", re.IGNORECASE)
_WITH_PORT = re.compile(r"\[(.+)\]:(\d+)")
_QUESTION_OF_SSH = "Are you sure you want to continue connecting"


def parse(text: str, target: str) -> Prompt:
    """Return ssh's question as ours; a question that names nobody is about `target`."""
    if found := _HOST_KEY.match(text):
        return _host_key(found[1], text)
    if found := _PASSPHRASE.fullmatch(text):
        return Prompt(0, PromptKind.PASSPHRASE, found[1])
    if found := _PIN.fullmatch(text):
        return Prompt(0, PromptKind.PASSPHRASE, found[1] or found[2], detail=(text.strip(),))
    if found := _PASSWORD.fullmatch(text):
        return Prompt(0, PromptKind.PASSWORD, found[1])
    if found := _INTERACTIVE.fullmatch(text):
        return _interactive(found[1], found[2])
    return _interactive(target, text)


def readable_host(name: str) -> str:
    """Return a host's name as people write it: "[rack-2]:2222" is "rack-2:2222"."""
    found = _WITH_PORT.fullmatch(name)
    if not found:
        return name
    return name if ":" in found[1] else f"{found[1]}:{found[2]}"


def _host_key(host: str, text: str) -> Prompt:
    shown = _FINGERPRINT.search(text)
    lines = [line for line in text.splitlines()[1:] if not line.startswith(_QUESTION_OF_SSH)]
    return Prompt(
        0,
        PromptKind.HOST_KEY,
        readable_host(host.partition(" ")[0]),
        fingerprint=shown[2] if shown else "",
        detail=tuple(line.rstrip() for line in lines),
    )


def _interactive(subject: str, question: str) -> Prompt:
    if _PLAIN_PASSWORD.fullmatch(question):
        return Prompt(0, PromptKind.PASSWORD, subject)
    return Prompt(0, PromptKind.CODE, subject, detail=tuple(question.strip().splitlines()))
