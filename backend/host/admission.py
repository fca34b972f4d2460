"""Being let in by libvirt itself: with names and passwords, and with what rights there are."""

from backend.errors import AuthenticationFailed, BackendError, NotPermitted, Problem
from backend.host.credentials import Credentials
from backend.host.lines import Lines
from backend.specs import HostSpec


class Admission:
    """The entry into one host, once the way to it is open."""

    def __init__(self, spec: HostSpec, lines: Lines, credentials: Credentials) -> None:
        self._spec = spec
        self._lines = lines
        self._credentials = credentials

    @property
    def is_read_only(self) -> bool:
        """Whether we may only look."""
        return self._lines.login.is_read_only

    async def enter(self) -> tuple[Problem, ...]:
        """Be connected, with all rights that there are; return what is to be said of that.

        Raises BackendError; PromptDeclined if somebody had to say something and did not.
        """
        self._credentials.begin()
        try:
            remarks = await self._enter()
        except BackendError as error:
            self._lines.login.forget()
            self._credentials.failed(error)
            raise
        self._credentials.worked()
        return remarks

    def forget(self) -> None:
        """Know nobody's name and password any more."""
        self._lines.login.forget()
        self._credentials.forget()

    async def _enter(self) -> tuple[Problem, ...]:
        login = self._lines.login
        login.is_read_only = self._spec.is_read_only
        try:
            await self._open()
        except NotPermitted as refusal:
            if login.is_read_only:
                raise
            login.is_read_only = True
            try:
                await self._open()
            except BackendError:
                raise refusal from None
            return (Problem("RightsRefused", (), refusal.detail),)
        return (Problem("ReadOnlyWanted"),) if login.is_read_only else ()

    async def _open(self) -> None:
        login = self._lines.login
        while True:
            try:
                await self._lines.reader.open()
            except AuthenticationFailed:
                if not login.wanted:
                    raise
                for prompt in login.wanted:
                    login.tell(prompt, await self._credentials.get(prompt))
            else:
                return
