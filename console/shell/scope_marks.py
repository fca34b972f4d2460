"""Marks in the tree: on the node of what they are about, and on all that it hangs below."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QCoreApplication

from backend.model import Change, Ref
from console.sdk.nodes import Mark, MarkRule, ScopeNode, Tone

_NAMED = 3
_WORST_FIRST = (Tone.BAD, Tone.WARNING, Tone.GOOD, Tone.PLAIN, Tone.MUTED)


def _tr(text: str) -> str:
    return QCoreApplication.translate("scope_model", text)


class Placed(Protocol):
    """What stands in the tree by its id."""

    @property
    def node(self) -> ScopeNode:
        """The node."""


class ScopeMarks:
    """Knows the marks, and which nodes show one."""

    def __init__(self, rules: Sequence[MarkRule]) -> None:
        self._rules = {rule.kind: rule for rule in rules}
        self._marks: dict[Ref, Mark] = {}
        self._shown: dict[str, Mark] = {}

    def of(self, node_id: str) -> Mark | None:
        """Return the mark that a node shows."""
        return self._shown.get(node_id)

    def follow(
        self,
        changes: Iterable[Change],
        items: Mapping[str, Placed],
        brought: Mapping[Ref, Mapping[str, ScopeNode]],
    ) -> set[str]:
        """Know the marks that records bring or take away; return the nodes that show others now.

        `items` are the nodes as they stand by now, `brought` those that each record brings.
        """
        for change in changes:
            if rule := self._rules.get(change.ref.kind):
                mark = rule.build(change.after) if change.after else None
                if mark:
                    self._marks[change.ref] = mark
                else:
                    self._marks.pop(change.ref, None)
        return self._place(items, brought) if self._marks or self._shown else set()

    def _place(
        self, items: Mapping[str, Placed], brought: Mapping[Ref, Mapping[str, ScopeNode]]
    ) -> set[str]:
        before, self._shown = self._shown, {}
        below: dict[str, list[tuple[str, Mark]]] = {}
        for mark in self._marks.values():
            for node in brought.get(mark.subject, {}).values():
                if node.ref == mark.subject and node.id in items:
                    self._shown[node.id] = mark
                    for above in _above(items, node.parent):
                        below.setdefault(above, []).append((node.text, mark))
        for node_id, marks in below.items():
            self._shown[node_id] = _summed_up(self._shown.get(node_id), marks)
        return {
            node_id
            for node_id in before.keys() | self._shown.keys()
            if node_id in items and before.get(node_id) != self._shown.get(node_id)
        }


def _above(items: Mapping[str, Placed], node_id: str) -> Iterable[str]:
    while node_id and node_id in items:
        yield node_id
        node_id = items[node_id].node.parent


def _summed_up(own: Mark | None, below: Sequence[tuple[str, Mark]]) -> Mark:
    """Return what a node shows that has marked ones below it: the worst, and whose they are."""
    marks = [mark for _name, mark in below]
    worst = min([*marks, own] if own else marks, key=lambda mark: _WORST_FIRST.index(mark.tone))
    names = ", ".join(sorted(name for name, _mark in below)[:_NAMED])
    if len(below) > _NAMED:
        names = _tr("{names} and {count} more").format(names=names, count=len(below) - _NAMED)
    said = _tr("{mark}: {names}").format(mark=worst.below, names=names)
    words = f"{own.words}, {said}" if own else said
    return replace(worst, words=words)
