"""Interventions that cannot be carried out: paths that may not change, values that are not allowed, people not there.

Every structure's changes are gone through in the order of their dates, each on the scenario that is in force then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from simulation.scenario.amending import amended, moved
from simulation.scenario.changeable import Refusal, flattened, look
from simulation.scenario.interventions import Change, Move
from simulation.scenario.scenario import Scenario
from simulation.scenario.timeline import DatedChange, changes, from_root
from simulation.sense.references import reference_problems
from simulation.texts import worded
from simulation.written import schema
from simulation.written.errors import Problem, ScenarioError
from simulation.written.problems import allowed, in_order, problem_at
from simulation.written.spelling import nearest
from simulation.written.tree import Node


def intervention_problems(scenario: Scenario, tree: Node) -> tuple[Problem, ...]:
    """Everything that is wrong with the changes of all structures.

    Args:
        scenario: without ``reference_problems``.
        tree: what it was read from, with presets filled in; it knows the lines.
    """
    found: list[Problem] = []
    for name in scenario.structures:
        found += _Run(scenario, name, tree).problems()
    return in_order(found)


class _Run:
    """The changes of one structure, one after the other."""

    def __init__(self, scenario: Scenario, structure: str, tree: Node) -> None:
        self._first, self._now = scenario, scenario
        self._name, self._tree = structure, tree

    def problems(self) -> list[Problem]:
        """What is wrong with each change; one that is wrong is left out for those that follow."""
        found: list[Problem] = []
        for dated in changes(self._first, self._name):
            change, inside = self._written(dated.path)
            wrong = list(self._settings(change, dated.path, inside))
            if not wrong:
                wrong = self._carried_out(change, dated, inside)
            found += wrong
        return found

    def _written(self, path: str) -> tuple[Change, bool]:
        """The change at a path of the scenario, and whether it stands inside the structure."""
        inside = path.startswith("structures.")
        start = f"structures.{self._name}.interventions." if inside else "interventions."
        own = self._first.structures[self._name].interventions if inside else self._first.interventions
        number, _, deeper = path.removeprefix(start).partition(".changes.")
        intervention = own[int(number)]
        return (intervention.changes[int(deeper)] if deeper else intervention), inside

    # --- what is set --------------------------------------------------------------------------------------------

    def _settings(self, change: Change, place: str, inside: bool) -> Iterator[Problem]:
        structure = self._name if inside else None
        response = {key.removesuffix("_response") for key in change.set if key.endswith(".price_response")}
        for key, value in change.set.items():
            refusal = look(self._now, structure, key)
            if refusal is None or key in response:
                yield from self._empty(structure, key, value, f"{place}.set")
                continue
            if isinstance(value, Mapping):
                refusal = self._nested(structure, key, value) or refusal
            yield self._told(f"{place}.set.{key}", refusal)

    def _empty(self, structure: str | None, key: str, value: object, place: str) -> Iterator[Problem]:
        """Nothing after the colon where nothing is no value: the default is not meant, it would be written."""
        for path, each in flattened(value, key):
            if each is not None:
                continue
            meant = path if structure is None else from_root(self._now, structure, path)
            slot = schema.at(Scenario, self._now.model_dump(mode="json"), meant)
            if slot is not None and not slot.takes_null:
                yield problem_at(self._tree, f"{place}.{path}", worded("nothing-after-colon"), None, allowed(slot))

    def _nested(self, structure: str | None, key: str, value: Mapping[str, object]) -> Refusal | None:
        """What is said of blocks written inside one another where a path with dots is meant."""
        dotted = [path for path, _ in flattened(value, key)]
        if any(look(self._now, structure, path) is None for path in dotted):
            return Refusal(worded("set-dotted"), worded("allowed-set-dotted", dotted=dotted[0]))
        return None

    def _carried_out(self, change: Change, dated: DatedChange, inside: bool) -> list[Problem]:
        """What is wrong with the values and with the people who move; without problems the change is in force."""
        keys = {from_root(self._first, self._name, key) if inside else key: key for key in change.set}
        try:
            now = amended(self._now, dated.settings)
        except ScenarioError as error:
            return [self._blamed(each, keys, dated.path) for each in error.problems]
        found = list(self._moves(now, change, dated.path, inside))
        if found:
            return found
        now = moved(now, self._name, dated.moves)
        for path, message, value, allow in reference_problems(now, first_day=False):
            found.append(self._blamed(Problem("", None, path, message, value, allow), keys, dated.path))
        if not found:
            self._now = now
        return found

    def _blamed(self, problem: Problem, keys: Mapping[str, str], place: str) -> Problem:
        """A problem of the scenario after a change, at the place of the value that brings it about."""
        for path, key in keys.items():
            if problem.path == path or problem.path.startswith(f"{path}."):
                where = f"{place}.set.{key}{problem.path[len(path) :]}"
                return self._at(where, problem)
        above = next((key for path, key in keys.items() if path.startswith(f"{problem.path}.")), None)
        near = above if above is not None else next(iter(keys), None)
        where = f"{place}.set.{near}" if near is not None else f"{place}.move"
        return self._at(
            where, replace(problem, message=worded("after-change", path=problem.path, message=problem.message))
        )

    def _at(self, path: str, problem: Problem) -> Problem:
        node, _ = self._tree.find(path)
        return replace(problem, file=node.origin.place, line=node.origin.line, path=path)

    def _told(self, path: str, refusal: Refusal) -> Problem:
        return problem_at(self._tree, path, refusal.reason, None, refusal.allowed, refusal.suggestion)

    # --- who moves ----------------------------------------------------------------------------------------------

    def _moves(self, now: Scenario, change: Change, place: str, inside: bool) -> Iterator[Problem]:
        left = {name: role.headcount for name, role in now.structures[self._name].roles.items()}
        for index, move in enumerate(change.move):
            here = f"{place}.move.{index}"
            unknown = list(self._unknown(here, move, inside))
            yield from unknown
            if unknown:
                continue
            if move.role == move.to:
                yield problem_at(self._tree, f"{here}.to", worded("move-same"), move.to)
            elif move.people == 0:
                yield problem_at(self._tree, f"{here}.people", worded("move-nobody"), 0, worded("allowed-one"))
            elif left[move.role] < move.people:
                counted = any(path.endswith(f"roles.{move.role}.headcount") for path in change.set)
                message = worded(
                    "move-too-many-counted" if counted else "move-too-many",
                    role=repr(move.role),
                    structure=repr(self._name),
                    positions=left[move.role],
                )
                yield problem_at(
                    self._tree, f"{here}.people", message, move.people, worded("allowed-most", left=left[move.role])
                )
            else:
                yield from self._kinds(now, here, move)
                left[move.role] -= move.people
                left[move.to] += move.people

    def _unknown(self, here: str, move: Move, inside: bool) -> Iterator[Problem]:
        roles = self._first.structures[self._name].roles
        for key, name in (("role", move.role), ("to", move.to)):
            if name in roles:
                continue
            told = "no-role-in" if inside else "no-role-in-every"
            message = worded(told, role=repr(name), structure=repr(self._name))
            near = nearest(name, roles) or ""
            yield problem_at(self._tree, f"{here}.{key}", message, name, ", ".join(roles), near)

    def _kinds(self, now: Scenario, here: str, move: Move) -> Iterator[Problem]:
        """People of roles that do not work cannot come to work, and the other way round."""
        roles = now.structures[self._name].roles
        old, new = roles[move.role], roles[move.to]
        if old.support != new.support:
            support, other = (move.role, move.to) if old.support else (move.to, move.role)
            message = worded("move-support", support=repr(support), other=repr(other))
            yield problem_at(self._tree, f"{here}.to", message, move.to)
        elif old.outsourced != new.outsourced:
            message = worded("move-outside")
            yield problem_at(self._tree, f"{here}.to", message, move.to)
