"""Who we are to a hypervisor: what libvirt's own authentication is told, and with which rights.

The connections of one host share it, and so do their threads. None of them ever waits for a human:
what is not known is recorded, the opening fails, and whoever has asked the user opens again.
"""

import dataclasses
import functools
import grp
import os
from urllib.parse import unquote, urlsplit

import libvirt

from backend.errors import AuthenticationFailed, NotPermitted, UriInvalid
from backend.hypervisor.translation import translate_opening
from backend.model import Prompt, PromptKind

_NAMES = (libvirt.VIR_CRED_USERNAME, libvirt.VIR_CRED_AUTHNAME)
_PASSWORDS = (libvirt.VIR_CRED_PASSPHRASE,)
_QUESTIONS = (libvirt.VIR_CRED_ECHOPROMPT, libvirt.VIR_CRED_NOECHOPROMPT)
_ANSWERED = [*_NAMES, *_PASSWORDS, *_QUESTIONS, libvirt.VIR_CRED_REALM]


def may_ask_somebody(uri: str) -> bool:
    """Whether each opening can have polkit ask the user of this computer for a password."""
    place = uri.partition("://")[2].partition("?")[0]
    return place == "/system" and os.geteuid() != 0 and not _is_of_libvirts_group()


@functools.cache
def _is_of_libvirts_group() -> bool:
    try:
        return grp.getgrnam("libvirt").gr_gid in (os.getegid(), *os.getgroups())
    except KeyError:
        return False


class Login:
    """The answers that are known, and what was asked in vain."""

    def __init__(self) -> None:
        self.is_read_only = False
        self.wanted: tuple[Prompt, ...] = ()
        self._known: dict[Prompt, str] = {}

    def tell(self, prompt: Prompt, text: str) -> None:
        """Have `text` given whenever `prompt` is asked."""
        self._known[prompt] = text

    def forget(self) -> None:
        """Know nothing."""
        self._known.clear()

    def open(self, uri: str) -> libvirt.virConnect:
        """Return an open connection. Blocking.

        Raises our errors; with AuthenticationFailed, `wanted` says what was missing or wrong.
        """
        try:
            opening = _Opening(uri, self._known)
        except ValueError as error:
            raise UriInvalid(uri=uri) from error
        flags = libvirt.VIR_CONNECT_RO if self.is_read_only else 0
        try:
            return libvirt.openAuth(uri, [_ANSWERED, opening.answer, None], flags)
        except libvirt.libvirtError as error:
            ours = translate_opening(error, uri)
            self.wanted = opening.missing or opening.given
            if self.wanted and isinstance(ours, NotPermitted):
                raise AuthenticationFailed(
                    detail=ours.detail, host=opening.host, user=opening.user
                ) from error
            raise ours from error


class _Opening:
    """One try; `answer` is called by libvirt in its course."""

    def __init__(self, uri: str, known: dict[Prompt, str]) -> None:
        where = urlsplit(uri)
        self.host = where.hostname or "localhost"
        self.user = unquote(where.username or "")
        self.missing: tuple[Prompt, ...] = ()
        self.given: tuple[Prompt, ...] = ()
        self._has_user = bool(self.user)
        self._known = known

    def answer(self, credentials: list[list[object]], _data: object) -> int:
        """Fill in what is known; -1 ends the opening."""
        for credential in credentials:
            text = self._text(credential)
            if text is None:
                return -1
            credential[4] = text
        return 0

    def _text(self, credential: list[object]) -> str | None:
        kind, question, challenge, default = credential[:4]
        if kind in _NAMES and self._has_user:
            return self.user
        if kind == libvirt.VIR_CRED_REALM:
            return str(default or "")
        prompt = self._prompt(kind, str(question or ""), str(challenge or ""))
        if prompt not in self._known:
            self.missing = (prompt,)
            return None
        self.given = (*self.given, prompt)
        if prompt.kind is PromptKind.USERNAME:
            self.user = self._known[prompt]
        return self._known[prompt]

    def _prompt(self, kind: object, question: str, challenge: str) -> Prompt:
        if kind in _NAMES:
            return Prompt(0, PromptKind.USERNAME, self.host)
        subject = f"{self.user}@{self.host}" if self.user else self.host
        prompt = Prompt(0, PromptKind.PASSWORD, subject)
        if kind in _PASSWORDS:
            return prompt
        lines = tuple(line for line in (*question.splitlines(), *challenge.splitlines()) if line)
        return dataclasses.replace(prompt, kind=PromptKind.CODE, detail=lines)
