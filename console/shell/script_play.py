"""An action run against a context that records: what it would hand in, and what it asks first."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.operations.script.request import Request
from console.sdk.context import Context
from console.sdk.dialog import Dialog
from console.sdk.recording import AskedText, RecordingContext
from console.shell.registry import Entry


@dataclass(frozen=True, slots=True)
class Played:
    """What an action would do. `asks` is whether it opens a dialog, whose proposals were taken."""

    requests: tuple[Request, ...]
    asked: tuple[AskedText, ...] = ()
    asks: bool = False

    @property
    def refusal(self) -> str:
        """Why one of the texts that it was given will not do, "" if they will."""
        return next((why for text in self.asked if (why := text.refusal(text.text))), "")


async def play(context: Context, entry: Entry, texts: Sequence[str] = ()) -> Played:
    """Return what an action would do if it were given these texts. Raises what it raises."""
    recording = RecordingContext(context, texts)
    dialogs: list[Dialog] = []
    try:
        await recording.play(entry.run)
        dialogs = [dialog for dialog in recording.dialogs if isinstance(dialog, Dialog)]
        for dialog in dialogs:
            if not dialog.refusal:
                await recording.play(dialog.act)
    finally:
        for dialog in dialogs:
            # Ended as by its own way out: it may have asked to be told of changes.
            dialog.reject()
            dialog.deleteLater()
    played = Played(tuple(recording.requests), tuple(recording.asked), bool(dialogs))
    return Played((), played.asked, played.asks) if played.refusal else played
