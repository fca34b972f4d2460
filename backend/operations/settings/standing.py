"""A machine's settings as they are, and what each can be. Pure: what was read comes in."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from backend.errors import Gone, Problem
from backend.operations.settings.acting import Situation
from backend.operations.settings.commanded import BY_COMMAND, Surroundings
from backend.operations.settings.live.ways import WAYS
from backend.refusals import HasSavedState, NotDefined
from backend.settings import Effect, Entry, Place, Section, Setting, Sheet, Value
from backend.xmldesc import tree
from backend.xmldesc.settings import catalogue
from backend.xmldesc.settings.catalogue import Found
from backend.xmldesc.settings.declared import Scene
from backend.xmldesc.settings.facts import Facts

Verdict = tuple[Effect, Problem | None]


@dataclass(frozen=True, slots=True)
class Standing:
    """What was read of a machine: its definition and how it runs, None for what it has not.

    `defined` and `running` are the settings that stand in each; `coming` those of the first for
    which there will be room only once others are edited: they have no value yet.
    """

    around: Surroundings
    definition: tree.Element | None
    live: tree.Element | None
    facts: Facts
    defined: Mapping[Setting, Found] = field(init=False)
    running: Mapping[Setting, Found] = field(init=False)
    wanted: tree.Element | None = field(init=False, default=None)
    coming: frozenset[Setting] = field(init=False, default=frozenset())

    def __post_init__(self) -> None:
        """Read the settings once."""
        for name, root in (("defined", self.definition), ("running", self.live)):
            found = {} if root is None else catalogue.settings(root)
            object.__setattr__(self, name, found)

    @property
    def edited(self) -> tree.Element:
        """What edits are made in: the definition, or what runs where there is none."""
        found = self.live if self.definition is None else self.definition
        if found is None:
            raise Gone  # it is neither defined nor runs any more
        return found

    @property
    def there(self) -> Mapping[Setting, Found]:
        """Every setting that the machine has, as it is edited."""
        return {**self.running, **self.defined}

    def with_a_view_to(self, wanted: tree.Element, edited: set[Setting]) -> "Standing":
        """Return the same, where reasons go by a description as it is wanted.

        Those of the edited settings join that only this has.
        """
        room = catalogue.settings(wanted).items()
        more = {s: found for s, found in room if s in edited and s not in self.there}
        other = replace(self)
        object.__setattr__(other, "wanted", wanted)
        object.__setattr__(other, "defined", {**self.defined, **more})
        object.__setattr__(other, "coming", frozenset(more))
        return other

    def value(self, found: Found) -> Value:
        """Return what a setting is; what is in no description, as the inventory shows it."""
        if found.setting in self.coming:
            return None
        commanded = BY_COMMAND.get(found.setting.field)
        return commanded.read(self.around, found.setting) if commanded else found.value

    def values(self) -> dict[Setting, Value]:
        """Return what each setting is, as it is edited."""
        return {setting: self.value(found) for setting, found in self.there.items()}

    def scene(self, found: Found) -> Scene:
        """Return where a setting is looked at."""
        domain = self.edited if self.wanted is None else self.wanted
        return Scene(self.facts, domain, found.element)


def sheet(standing: Standing) -> Sheet:
    """Return all settings as they stand."""
    return Sheet(
        name=standing.around.domain.name,
        is_running=standing.live is not None,
        is_persistent=standing.definition is not None,
        places=_places(standing),
        entries=tuple(_entry(standing, found) for found in standing.there.values()),
    )


def verdict(standing: Standing, setting: Setting, value: Value) -> Verdict:
    """Return when a setting would become `value`, and why not now. Bounds are not looked at."""
    declared = standing.there[setting].declared
    if commanded := BY_COMMAND.get(setting.field):
        refusal = commanded.problem(standing.around, setting, value)
        return (Effect.REFUSED, refusal) if refusal else (Effect.NOW, None)
    refusal = declared.problem(standing.scene(standing.there[setting]))
    if refusal and value is not None:
        return Effect.REFUSED, refusal
    if declared.acts_at_once:
        return Effect.NOW, None
    if standing.live is not None:
        return _while_running(standing, standing.live, setting, value)
    domain = standing.around.domain
    if domain.has_saved_state:
        return Effect.NEXT_START, HasSavedState(name=domain.name).problem
    return Effect.NOW, None


def _while_running(
    standing: Standing, live: tree.Element, setting: Setting, value: Value
) -> Verdict:
    problem = None
    way = WAYS.get(setting.field)
    if setting in standing.running and way is not None:
        situation = Situation(standing.around.domain, live, standing.facts)
        problem = way.problem(situation, setting, value)
        if problem is None:
            return Effect.NOW, None
    if setting in standing.defined:
        return Effect.NEXT_START, problem
    return Effect.REFUSED, problem or NotDefined(name=standing.around.domain.name).problem


def _entry(standing: Standing, found: Found) -> Entry:
    setting, declared = found.setting, found.declared
    defined, running = standing.defined.get(setting), standing.running.get(setting)
    next_start = standing.value(defined) if defined else None
    live = standing.value(running) if running else None
    runs_so = not (defined and running) or declared.runs_as(next_start, live)
    effect, problem = verdict(standing, setting, live if running else next_start)
    scene = standing.scene(found)
    if refusal := declared.problem(scene):
        effect, problem = Effect.REFUSED, refusal
    return Entry(
        setting=setting,
        kind=declared.kind,
        bounds=declared.bounds(scene),
        next_start=next_start,
        live=live,
        is_defined=defined is not None,
        is_live=running is not None,
        is_pending=not runs_so,
        effect=effect,
        problem=problem,
        remark=declared.remark(scene),
    )


def _places(standing: Standing) -> tuple[Place, ...]:
    """Return the pages: those of the definition, and of what there is only as it runs."""
    found: dict[tuple[object, str], Place] = {}
    for root in (standing.definition, standing.live):
        for place, _element in () if root is None else catalogue.places(root):
            found.setdefault((place.section, place.device), place)
    order = list(Section)
    return tuple(sorted(found.values(), key=lambda place: order.index(place.section)))
