"""What the user filters one list by: what it means, what is wrong with it, how it could go on."""

from collections import Counter

from console.shell.list_model import ListModel
from console.shell.query.advice import Proposal, proposals, sentence
from console.shell.query.fields import Fields
from console.shell.query.grammar import Query, parse


class Filtering:
    """Chooses among the rows of a model. `words` is what was typed, `query` what it means."""

    def __init__(self, model: ListModel) -> None:
        self._model = model
        self._fields = Fields.of(model.view.columns)
        self.words = ""
        self.query = Query()

    def ask(self, words: str) -> None:
        """Choose by these words from now on."""
        self.words = words
        self.query = parse(words, self._fields)
        self._model.ask(self.query)

    def hint(self) -> str:
        """Return what of the words was not understood, and what would be; "" if all was."""
        return sentence(self.query.flaws[0], self._fields) if self.query.flaws else ""

    def propose(self, text: str, cursor: int) -> tuple[Proposal, ...]:
        """Return how a text that is being typed could go on."""
        return proposals(text, cursor, self._fields, self._texts)

    def _texts(self, field: str) -> list[tuple[str, int]]:
        """Return the texts that stand in a column, each with in how many rows; most first."""
        roster = self._model.roster
        number = next(i for i, c in enumerate(self._model.view.columns) if c.id == field)
        counts: Counter[str] = Counter()
        for row in roster.members.named():
            value = roster.value(row, number)
            counts.update(value if isinstance(value, tuple) else (str(value or ""),))
        return [(text, count) for text, count in counts.most_common() if text]
