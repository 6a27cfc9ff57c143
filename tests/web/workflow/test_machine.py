"""The way of a sheet as a machine: whatever people do in whatever order, what must always hold of it holds.

Somebody does any of the acts there are, in any state; each is either done or refused in words. After each: sheet and run say the
same, nobody decided on what they wrote, nothing passed without its last step, the opinions of all rounds are there, and there is
somebody who can go on.
"""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from jixiao.web.accounts.actors import actor_for
from jixiao.web.accounts.models import User
from jixiao.web.accounts.roles import Role
from jixiao.web.editor.answering import explain, unanswered_now
from jixiao.web.goals.models import WRITABLE, Sheet, SheetState
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Refused
from jixiao.web.workflow import services
from jixiao.web.workflow.handing_in import hand_in
from jixiao.web.workflow.holders import Holders
from jixiao.web.workflow.models import Decision, Phase, Run, Verb
from jixiao.web.workflow.services.way import Looked, definition, signed_by, writers
from web.make import YEAR, Office, person
from web.workflow.sets import round_of, whole_set

_STATES = {
    Phase.WITH_UNIT: WRITABLE,
    Phase.WAITING: {SheetState.SUBMITTED},
    Phase.OPENED: {SheetState.REVIEWING},
    Phase.PASSED: {SheetState.PASSED},
    Phase.APPROVED: {SheetState.APPROVED},
}
_DECIDES = (Verb.SIGN, Verb.AGREE, Verb.PASS, Verb.SEND_BACK)
_PEOPLE = ("clerk", "unit_head", "second_head", "lead_reviewer", "business_section", "performance_section", "stranger")
who = st.sampled_from(_PEOPLE)


class Machine(RuleBasedStateMachine):
    """One sheet, seven people."""

    county: ClassVar[Office]
    sheet: ClassVar[Sheet]
    people: ClassVar[dict[str, User]]

    def __init__(self) -> None:
        super().__init__()
        self.point = transaction.savepoint()
        self.opinions = 0

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.point)

    def _run(self) -> Run | None:
        return Run.objects.unrestricted("test").filter(sheet=self.sheet, is_current=True).first()

    def _try(self, function: Any, name: str, **kwargs: Any) -> bool:
        try:
            with transaction.atomic():
                function(actor_for(self.people[name]), year=YEAR, **kwargs)
        except Refused as error:
            words = error.message
        else:
            return True
        assert len(words) >= 5
        return False

    def _version(self) -> int:
        return int(Sheet.objects.unrestricted("test").get(pk=self.sheet.pk).version)

    @rule()
    def answers(self) -> None:
        """The unit explains what it was sent back with."""
        clerk = actor_for(self.people["clerk"])
        for one in unanswered_now(clerk, year=YEAR, key=self.sheet.pk):
            assert one.point is not None
            self._try(explain, "clerk", key=self.sheet.pk, words="已按要求核对", point=one.point.pk)

    @rule(name=who)
    def hands_in(self, name: str) -> None:
        self._try(lambda actor, year: hand_in(actor, year, self.county.commerce.pk), name)

    @rule(name=who)
    def withdraws(self, name: str) -> None:
        self._try(services.withdraw, name, key=self.sheet.pk)

    @rule(name=who)
    def opens(self, name: str) -> None:
        self._try(services.open_sheet, name, key=self.sheet.pk, version=self._version())

    @rule(name=who)
    def releases(self, name: str) -> None:
        self._try(services.release, name, key=self.sheet.pk)

    @rule(name=who, stale=st.booleans())
    def agrees(self, name: str, stale: bool) -> None:
        done = self._try(services.agree, name, key=self.sheet.pk, version=self._version() - stale)
        assert not (done and stale)

    @rule(name=who, to=st.sampled_from(("", "unit", "lead", "business", "performance")))
    def sends_back(self, name: str, to: str) -> None:
        if self._try(services.send_back, name, key=self.sheet.pk, version=self._version(), to=to, opinion="请再看一看"):
            self.opinions += 1

    @rule(name=who, other=who)
    def reassigns(self, name: str, other: str) -> None:
        self._try(services.reassign, name, key=self.sheet.pk, to=self.people[other].pk)

    @rule(name=who)
    def takes_back(self, name: str) -> None:
        self._try(services.take_back, name, key=self.sheet.pk)

    @rule(name=who)
    def approves(self, name: str) -> None:
        self._try(
            services.approve, name, unit=self.county.commerce.pk, sheets=[Looked(self.sheet.pk, self._version())],
            document="清财预〔2027〕12号", day=clock.today(),
        )  # fmt: skip

    @rule(name=who)
    def adjusts(self, name: str) -> None:
        self._try(services.start_adjustment, name, key=self.sheet.pk, reason="追加资金")

    @precondition(lambda self: (run := self._run()) is not None and run.phase in (Phase.WAITING, Phase.OPENED))
    @rule()
    def whose_turn_it_is_agrees(self) -> None:
        """So that runs get far, and: there is always somebody who can go on."""
        run = self._run()
        assert run is not None
        sheet = Sheet.objects.unrestricted("test").select_related("unit").get(pk=self.sheet.pk)
        own = writers(sheet, run)
        own |= {one for one in signed_by(run) if one is not None}
        people = [one for one in Holders().of(definition(run).step(run.step).right, sheet) if one.pk not in own]
        assert people
        one = next((p for p in people if p.pk in (run.opener_id, run.assignee_id)), people[0])
        if run.opener_id not in (None, one.pk) or run.assignee_id not in (None, one.pk):
            services.reassign(actor_for(one), year=YEAR, key=sheet.pk, to=one.pk)
        services.agree(actor_for(one), year=YEAR, key=sheet.pk, version=sheet.version)

    @invariant()
    def sheet_and_run_say_the_same(self) -> None:
        run = self._run()
        if run is not None:
            state = Sheet.objects.unrestricted("test").get(pk=self.sheet.pk).state
            assert state in _STATES[Phase(run.phase)]
            assert (run.opener_id is not None) == (run.phase == Phase.OPENED)
            assert bool(run.step) == (run.phase in (Phase.WAITING, Phase.OPENED))

    @invariant()
    def nobody_decides_on_their_own(self) -> None:
        run = self._run()
        if run is not None:
            rows = Decision.objects.unrestricted("test").filter(run=run, verb__in=_DECIDES, submission=run.submissions)
            assert run.submitter_id not in set(rows.values_list("person", flat=True))

    @invariant()
    def nothing_passes_without_its_last_step(self) -> None:
        run = self._run()
        if run is not None and run.phase in (Phase.PASSED, Phase.APPROVED):
            rows = Decision.objects.unrestricted("test").filter(run=run, submission=run.submissions, undone=False)
            last = definition(run).steps[-1].code
            assert rows.filter(verb=Verb.PASS, step=last, version=run.version).exists()

    @invariant()
    def opinions_of_all_rounds_stay(self) -> None:
        rows = Decision.objects.unrestricted("test").filter(run__sheet=self.sheet, verb=Verb.SEND_BACK)
        assert rows.exclude(opinion="").count() == self.opinions


@pytest.mark.parametrize("sign", ["any", "all"])
def test_whatever_people_do(county: Office, sign: str) -> None:
    round_of(county)
    Machine.county = county
    (Machine.sheet,) = whole_set(county)
    people = {role: county.people[Role(role)] for role in _PEOPLE if role in county.people}
    second = person("head2b", "单位负责人丙", county.commerce, Role.UNIT_HEAD)
    Machine.people = people | {"second_head": second, "stranger": county.others[Role.UNIT_HEAD]}
    if sign == "all":
        steps = "\n".join(
            f"  - {{code: {one}, title: 第{n}步, right: review.{one}, sign: all}}"
            for n, one in enumerate(("unit", "lead", "business", "performance"), 1)
        )
        text = f"code: every\ntitle: 会签\nsteps:\n{steps}\nguards: [set_complete]\n"
        services.keep_flow(county.actor(Role.PERFORMANCE_SECTION), region=county.region.pk, text=text)
    checks = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    kept = settings(max_examples=15, stateful_step_count=30, deadline=None, suppress_health_check=checks)
    run_state_machine_as_test(Machine, settings=kept)
