"""What a display's server wanted is found out: asked, remembered, compared with what is known."""

import asyncio
from pathlib import Path

import pytest
from typing_extensions import override

from backend.display.rfb.access import Access
from backend.errors import PromptDeclined
from backend.host import known_certificates
from backend.host.displays import Displays, Door
from backend.host.questions import Questions, Reply
from backend.hypervisor.secrets import Secrets
from backend.hypervisor.workers import Workers
from backend.model import Keep, Kind, Prompt, PromptKind, Ref

REF = Ref("there", Kind.DOMAIN, "6695eb01")
NEW, OLD = "SHA256:AA", "SHA256:BB"


class Safe(Secrets):
    """A secret service in memory, by machine."""

    def __init__(self, server: str = "there", kept: dict[str, str] | None = None) -> None:
        super().__init__(server)
        self._place = server
        self.kept: dict[str, str] = {} if kept is None else kept

    @override
    def about(self, part: str) -> Secrets:
        return Safe(f"{self._place}#{part}", self.kept)

    @override
    async def is_there(self) -> bool:
        return True

    @override
    async def find(self, kind: PromptKind, subject: str) -> str | None:
        return self.kept.get(f"{self._place} {kind.value} {subject}")

    @override
    async def keep(self, kind: PromptKind, subject: str, text: str) -> bool:
        self.kept[f"{self._place} {kind.value} {subject}"] = text
        return True


class Room:
    """Displays, and a user who answers all and has it kept, or answers nothing."""

    def __init__(self, secrets: Secrets | None = None) -> None:
        self.asked: list[Prompt] = []
        self.declines = False
        self.questions = Questions(self._show)
        self.secrets, self.local = secrets or Secrets("there"), Workers("local", 1)
        self.displays = Displays(self.questions, self.secrets, self.local)

    def close(self) -> None:
        self.secrets.close()
        self.local.close()

    def _show(self, prompt: Prompt | None) -> None:
        if prompt is not None:
            self.asked.append(prompt)
            asyncio.get_running_loop().call_soon(self._say, prompt)

    def _say(self, prompt: Prompt) -> None:
        if self.declines:
            self.questions.decline(prompt.id)
        else:
            self.questions.answer(prompt.id, Reply("yes", Keep.YES))


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")


def wants_certificate(access: Access, shown: str) -> None:
    """Have the server be doubted, as its channel does."""
    access.host, access.doubt = "rack-2", "self-signed certificate"
    access.wanted = (Prompt(0, PromptKind.CERTIFICATE, "rack-2", shown, (access.doubt,)),)


async def accept(door: Door, shown: str) -> None:
    for told in ("", shown):
        wants_certificate(door.access, told)
        assert await door.answer()


@pytest.mark.usefixtures("places")
async def test_a_certificate_is_looked_at_once_and_then_known() -> None:
    room = Room()
    async with room.displays.door(REF, "web-01") as door:
        await accept(door, NEW)
        assert door.access.known == {NEW}
    (prompt,) = room.asked
    assert (prompt.kind, prompt.fingerprint) == (PromptKind.CERTIFICATE, NEW)
    assert prompt.detail == ("self-signed certificate",)
    room.displays.forget()
    async with room.displays.door(REF, "web-01") as door:
        wants_certificate(door.access, "")
        assert await door.answer()
        assert door.access.known == {NEW}
    assert len(room.asked) == 1
    room.close()


@pytest.mark.usefixtures("places")
async def test_another_certificate_than_before_is_said_to_be_one() -> None:
    known_certificates.keep("rack-2", OLD)
    room = Room()
    async with room.displays.door(REF, "web-01") as door:
        await accept(door, NEW)
    (prompt,) = room.asked
    assert prompt.kind is PromptKind.CERTIFICATE_CHANGED
    assert prompt.detail == (OLD, str(known_certificates.place()), "self-signed certificate")
    assert known_certificates.find("rack-2") == {NEW}
    room.close()


@pytest.mark.usefixtures("places")
async def test_nobody_is_shown_a_certificate_by_who_may_not_ask() -> None:
    room = Room()
    async with room.displays.door(REF, "web-01", may_ask=False) as door:
        with pytest.raises(PromptDeclined):
            await accept(door, NEW)
    assert not room.asked
    async with room.displays.door(REF, "web-01") as door:
        await accept(door, NEW)
    assert len(room.asked) == 1
    room.close()


@pytest.mark.usefixtures("places")
async def test_who_declines_trusts_nobody() -> None:
    room = Room()
    room.declines = True
    async with room.displays.door(REF, "web-01") as door:
        with pytest.raises(PromptDeclined):
            await accept(door, NEW)
        assert door.access.known == frozenset()
    assert known_certificates.find("rack-2") == frozenset()
    room.close()


@pytest.mark.usefixtures("places")
async def test_a_machine_of_another_name_is_told_nothing_of_the_one_before() -> None:
    room = Room()
    async with room.displays.door(REF, "web-01") as door:
        door.access.wanted = (Prompt(0, PromptKind.DISPLAY_PASSWORD, "web-01"),)
        assert await door.answer()
        assert door.access.get(PromptKind.DISPLAY_PASSWORD) == "yes"
        known = door.access
    async with room.displays.door(REF, "web-01") as door:
        assert door.access is known
    async with room.displays.door(REF, "web-02") as door:
        assert door.access is not known
    room.close()


@pytest.mark.usefixtures("places")
async def test_a_password_that_worked_is_kept_by_its_machine() -> None:
    safe = Safe()
    wanted = (Prompt(0, PromptKind.DISPLAY_PASSWORD, "web-01"),)
    other = Ref("there", Kind.DOMAIN, "another")
    for ref, questions in ((REF, 1), (REF, 0), (other, 1)):
        room = Room(safe)
        async with asyncio.TaskGroup() as tasks:
            errands = tasks.create_task(room.displays.run())
            async with room.displays.door(ref, "web-01") as door:
                door.access.wanted = wanted
                assert await door.answer()
                assert door.access.get(PromptKind.DISPLAY_PASSWORD) == "yes"
                before = dict(safe.kept)
                door.worked()
            while questions and safe.kept == before:
                await asyncio.sleep(0.01)
            errands.cancel()
        assert len(room.asked) == questions
        room.close()
    assert list(safe.kept) == [
        "there#6695eb01 display_password web-01",
        "there#another display_password web-01",
    ]


@pytest.mark.usefixtures("places")
async def test_a_fault_with_one_machine_leaves_the_others_served(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    safe = Safe()
    room = Room(safe)
    doors: list[Door] = []
    for key, name in (("one", "web-01"), ("another", "web-02")):
        async with room.displays.door(Ref("there", Kind.DOMAIN, key), name) as door:
            door.access.wanted = (Prompt(0, PromptKind.DISPLAY_PASSWORD, name),)
            assert await door.answer()
            doors.append(door)
    keep = Safe.keep

    async def fail(*_said: object) -> bool:
        raise RuntimeError

    monkeypatch.setattr(Safe, "keep", fail)
    doors[0].worked()
    with pytest.raises(ExceptionGroup):
        await room.displays.run()
    monkeypatch.setattr(Safe, "keep", keep)
    async with asyncio.timeout(10), asyncio.TaskGroup() as tasks:
        errands = tasks.create_task(room.displays.run())  # as its host does
        doors[1].worked()
        while not safe.kept:
            await asyncio.sleep(0.01)
        errands.cancel()
    assert list(safe.kept) == ["there#another display_password web-02"]
    room.close()
