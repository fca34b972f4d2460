"""Whatever a user meets has help: nodes, tabs, dialogs, states; and no link leads nowhere.

If one of these fails: add a heading with `<!-- topics: ... -->` below it in resources/help (see
CONTRIBUTING.md).
"""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QDialog

import console
from backend.model import DomainState, Kind, Record, Ref, StateReason, StoragePool
from console.program import snapins
from console.sdk import wording
from console.sdk.dialog import Dialog, EntryDialog, KeyedDialog
from console.sdk.nodes import ScopeNode
from console.sdk.views import ListView
from console.sdk.wizard import Wizard
from console.shell.help.library import CONTENTS, Library
from console.shell.questions import QuestionDialog, TextDialog
from console.shell.resources import resource
from console.shell.scope_model import root_node
from console.snapins.machines.dialogs.making import MakingDialog
from tests.fakes.machines import away_host, domain, host

INSERTS = dict.fromkeys(("keys of window", "keys of actions", "filter fields"), str)
# These ask for others: they are about what asked.
ASKING = (Dialog, EntryDialog, KeyedDialog, MakingDialog, QuestionDialog, TextDialog, Wizard)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(resource("help"), INSERTS)


def records() -> dict[Kind, tuple[Record, ...]]:
    pool = StoragePool(Ref("here", Kind.STORAGE_POOL, "p"), "default", "dir", is_active=True)
    return {
        Kind.HOST: (host(), away_host()),
        Kind.DOMAIN: (domain("web-01"),),
        Kind.STORAGE_POOL: (pool,),
    }


def nodes() -> Iterator[ScopeNode]:
    """Yield a node of each sort that the snap-ins bring."""
    yield root_node()
    for snapin in snapins():
        yield from snapin.nodes
        for rule in snapin.rules:
            assert rule.kind in records(), f"give a record of {rule.kind} above"
            for record in records()[rule.kind]:
                yield from rule.build(record)


def dialogs() -> set[str]:
    for module in pkgutil.walk_packages(console.__path__, "console."):
        vars(importlib.import_module(module.name))  # read, also where it would be read later
    found = below(QDialog)
    ours = {kind for kind in found if kind.__module__.startswith("console.")} - {*ASKING}
    return {kind.__name__ for kind in ours}


def below(kind: type[QDialog]) -> set[type[QDialog]]:
    direct = set(kind.__subclasses__())
    return direct.union(*(below(other) for other in direct))


def test_every_node_has_a_page(qapp: QApplication, library: Library) -> None:
    topics = {f"node/{node.node_type}" for node in nodes()}
    assert not topics - library.topics()


def test_every_tab_has_a_page(qapp: QApplication, library: Library) -> None:
    views = [node.view for node in nodes()]
    pages = [page for view in views if isinstance(view, ListView) for page in view.details]
    pages += [extension.page for snapin in snapins() for extension in snapin.extensions]
    assert len(pages) > 5
    assert not {f"page/{page.id}" for page in pages} - library.topics()


def test_every_dialog_has_a_page(library: Library) -> None:
    found = dialogs()
    assert "QuickCreateDialog" in found
    assert not {f"dialog/{name}" for name in found} - library.topics()


def test_every_state_is_told_of(qapp: QApplication, library: Library) -> None:
    text = library.pages["states"].markdown
    for state in set(DomainState) - {DomainState.UNKNOWN}:
        assert f"| {wording.state(domain('x', state))} |" in text
    for reason in (StateReason.DISK_FULL, StateReason.PANICKED):
        told = wording.state(domain("x", DomainState.PAUSED, reason=reason))
        assert f"| {told} |" in text


def test_no_link_leads_nowhere(library: Library) -> None:
    dead = [
        (page.id, link)
        for page in library.pages.values()
        for link in page.links()
        if not link.startswith("https://") and not library.has(link)
    ]
    assert not dead


def test_every_file_stands_in_the_contents(library: Library) -> None:
    files = {path.stem for path in resource("help").glob("*.md")} - {CONTENTS}
    assert files == set(library.pages)


def test_no_topic_is_answered_twice(library: Library) -> None:
    told = [topic for section in library.sections() for topic in section.topics]
    assert len(told) == len(set(told))
