"""What the server of one display may be told and trusted with, and what it asked in vain.

No server waits for a human: what is not known is recorded, the connection fails, and whoever has
asked the user connects again. A channel's thread asks; its owner answers when it has ended.
"""

import ssl

from backend.display.failures import DisplayInTheClear
from backend.display.rfb.inbox import Steps
from backend.display.rfb.line import Line
from backend.display.rfb.trust import Trust, fingerprint_of
from backend.errors import DisplayCertificateUnknown, DisplayPasswordWrong, Problem
from backend.model import Prompt, PromptKind


class Access:
    """The answers that are known for the display of `machine`, on `host`.

    `is_private` says that nobody on the way can read or change what is said. `wanted` is what was
    missing or wrong; a certificate without a fingerprint in it: no authority vouches for the
    server (`doubt` says why), and which certificates are `known` by themselves is to be found out.
    """

    def __init__(
        self,
        machine: str = "",
        host: str = "",
        *,
        is_private: bool = True,
        trust: Trust | None = None,
    ) -> None:
        self.machine = machine
        self.host = host
        self.is_private = is_private
        self.trust = trust or Trust()
        self.known: frozenset[str] = frozenset()
        self.wanted: tuple[Prompt, ...] = ()
        self.doubt = ""
        self._told: dict[PromptKind, str] = {}
        self._suggested: dict[PromptKind, str] = {}
        self._given: tuple[Prompt, ...] = ()

    @property
    def was_told(self) -> bool:
        """Whether the server was given anything in this attempt."""
        return bool(self._given)

    def begin(self) -> None:
        """Start an attempt: nothing was asked yet."""
        self.wanted = self._given = ()

    def tell(self, kind: PromptKind, text: str) -> None:
        """Have `text` given whenever this is asked."""
        self._told[kind] = text

    def suggest(self, kind: PromptKind, text: str) -> None:
        """Have `text` given unless something else is told."""
        self._suggested[kind] = text

    def get(self, kind: PromptKind) -> str:
        """Return what was told. Raises DisplayPasswordWrong, and records it, where nothing was."""
        prompt = Prompt(0, kind, self.machine)
        text = self._told.get(kind, self._suggested.get(kind))
        if text is None:
            self.wanted = (prompt,)
            raise DisplayPasswordWrong
        self._given = (*self._given, prompt)
        return text

    def refused(self) -> DisplayPasswordWrong:
        """Return what to raise where what was given was wrong; it is recorded."""
        self.wanted = self._given
        return DisplayPasswordWrong()

    def remark_on(self, *, is_sealed: bool) -> Problem | None:
        """Return what is to be said of the way there; None if nobody on it can read."""
        if is_sealed or self.is_private:
            return None
        return DisplayInTheClear(host=self.host).problem

    def seal(self, line: Line, *, is_anonymous: bool) -> Steps:
        """Put the line under TLS, with the server that is meant or with nobody in particular.

        Raises DisplayCertificateUnknown, and records it, where the server cannot be believed.
        """
        if is_anonymous:
            yield from line.seal(self.trust.anonymous(), "")
        elif self.doubt:
            yield from line.seal(self.trust.unverified(), self.host)
            shown = fingerprint_of(line.certificate)
            if shown not in self.known:
                raise self._doubted(shown)
        else:
            try:
                yield from line.seal(self.trust.verified(), self.host)
            except ssl.SSLCertVerificationError as error:
                self.doubt = error.verify_message
                raise self._doubted("") from error

    def _doubted(self, shown: str) -> DisplayCertificateUnknown:
        self.wanted = (Prompt(0, PromptKind.CERTIFICATE, self.host, shown, (self.doubt,)),)
        return DisplayCertificateUnknown(host=self.host, detail=(self.doubt,))
