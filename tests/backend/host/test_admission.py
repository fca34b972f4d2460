"""Being let in, with a login that refuses what a test wants refused."""

import asyncio
from collections.abc import AsyncIterator, Callable

import libvirt
import pytest
from typing_extensions import override

from backend.errors import AuthenticationFailed, BackendError, NotPermitted, PromptDeclined
from backend.host.admission import Admission
from backend.host.credentials import Credentials
from backend.host.lines import Lines
from backend.host.questions import Questions, Reply
from backend.hypervisor.login import Login
from backend.hypervisor.secrets import Secrets
from backend.model import Prompt, PromptKind
from backend.specs import HostSpec

PASSWORD = Prompt(0, PromptKind.PASSWORD, "fred@rack-2")
REFUSED = NotPermitted(detail=("no polkit agent",))


class Door(Login):
    """Opens the test driver to whom it pleases."""

    def __init__(self) -> None:
        super().__init__()
        self.password = ""
        self.refusals: dict[bool, BackendError] = {}
        self.tried: list[str] = []

    @override
    def open(self, uri: str) -> libvirt.virConnect:
        given = self._known.get(PASSWORD, "")
        self.tried.append(given)
        if self.is_read_only in self.refusals:
            self.wanted = ()
            raise self.refusals[self.is_read_only]
        if given != self.password:
            self.wanted = (PASSWORD,)
            raise AuthenticationFailed(host="rack-2", user="fred")
        return super().open(uri)


class Entry:
    """An admission, its door, and what the user was asked."""

    def __init__(self, *, is_read_only: bool = False) -> None:
        spec = HostSpec("t", "Test", "test:///default", is_read_only=is_read_only)
        self.door = Door()
        self.lines = Lines("t", spec.uri, lambda _connect, _counts: ())
        self.lines.login = self.door
        self.lines.reader._login = self.door
        self.asked: list[Prompt] = []
        self.replies: list[Reply | None] = []
        self.questions = Questions(self._show)
        self.secrets = Secrets("t")
        credentials = Credentials(self.questions, self.secrets)
        self.admission = Admission(spec, self.lines, credentials)

    def _show(self, prompt: Prompt | None) -> None:
        if prompt:
            self.asked.append(prompt)
            reply, number = self.replies.pop(0), prompt.id

            def respond() -> None:
                if reply:
                    self.questions.answer(number, reply)
                else:
                    self.questions.decline(number)

            asyncio.get_running_loop().call_soon(respond)


@pytest.fixture
async def enter(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Callable[..., Entry]]:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    made: list[Entry] = []

    def make(*, is_read_only: bool = False) -> Entry:
        made.append(Entry(is_read_only=is_read_only))
        return made[-1]

    yield make
    for one in made:
        one.lines.close()
        one.secrets.close()


Enter = Callable[..., Entry]


async def test_who_has_all_rights_hears_nothing_of_them(enter: Enter) -> None:
    one = enter()
    assert await one.admission.enter() == ()
    assert not one.admission.is_read_only


async def test_a_wrong_password_is_asked_for_again(enter: Enter) -> None:
    one = enter()
    one.door.password = "right"
    one.replies = [Reply("wrong"), Reply("right")]
    assert await one.admission.enter() == ()
    assert one.door.tried == ["", "wrong", "right"]
    assert [prompt.is_again for prompt in one.asked] == [False, True]


async def test_who_declines_is_left_in_peace(enter: Enter) -> None:
    one = enter()
    one.door.password = "right"
    one.replies = [None]
    with pytest.raises(PromptDeclined):
        await one.admission.enter()


async def test_without_rights_one_may_still_look(enter: Enter) -> None:
    one = enter()
    one.door.refusals = {False: REFUSED}
    (remark,) = await one.admission.enter()
    assert (remark.message_id, remark.detail) == ("RightsRefused", ("no polkit agent",))
    assert one.admission.is_read_only


async def test_all_rights_are_tried_again_the_next_time(enter: Enter) -> None:
    one = enter()
    one.door.refusals = {False: REFUSED}
    await one.admission.enter()
    one.lines.close_connections()
    one.door.refusals.clear()
    assert await one.admission.enter() == ()
    assert not one.admission.is_read_only


async def test_who_may_not_even_look_hears_the_first_refusal(enter: Enter) -> None:
    one = enter()
    one.door.refusals = {False: REFUSED, True: NotPermitted(detail=("another",))}
    with pytest.raises(NotPermitted) as raised:
        await one.admission.enter()
    assert raised.value.detail == ("no polkit agent",)


async def test_rights_can_be_renounced(enter: Enter) -> None:
    one = enter(is_read_only=True)
    (remark,) = await one.admission.enter()
    assert remark.message_id == "ReadOnlyWanted"
    assert one.admission.is_read_only
    one.lines.close_connections()
    one.door.refusals = {True: REFUSED}
    with pytest.raises(NotPermitted):
        await one.admission.enter()


async def test_forgotten_it_asks_anew(enter: Enter) -> None:
    one = enter()
    one.door.password = "right"
    for _ in range(2):
        one.replies = [Reply("right")]
        await one.admission.enter()
        one.lines.close_connections()
        one.admission.forget()
    assert len(one.asked) == 2
