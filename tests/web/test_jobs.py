"""Background work: once for a name and key, for whom it was asked, lost and found again, never silently gone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import OperationalError, connection, connections, transaction
from django.test import Client

from jixiao.web.accounts.roles import Role
from jixiao.web.audit.models import AuditEntry
from jixiao.web.jobs import kinds as registry
from jixiao.web.jobs.kinds import NIGHTLY, Running, job
from jixiao.web.jobs.models import Job
from jixiao.web.jobs.queue import LEASE, SHARE, claim, enqueue, execute, recover, run_pending
from jixiao.web.jobs.selectors import jobs_for, parked_count, progress_of
from jixiao.web.jobs.services import put_away, run_again
from jixiao.web.jobs.worker import work
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import NotAllowed, NotThere, Refused
from jixiao.web.projects.models import Project
from web.make import Office

State = Job.State
done: list[object] = []


@job("test.note", title="记一笔（测试）")
def note(running: Running, *, what: str) -> str:
    done.append(what)
    running.progress(1, 1)
    return f"记下了{what}"


@job("test.night", title="夜里的事（测试）", patience=NIGHTLY)
def night(running: Running, *, what: str) -> None:
    done.append(what)


@job("test.long", title="很久的事（测试）", is_long=True)
def long(running: Running, *, what: str) -> None:
    done.append(what)


@job("test.who", title="谁在做（测试）")
def who(running: Running) -> None:
    done.append(running.actor.name)
    done.append(set(Project.objects.restrict(running.actor, "project.view").values_list("name", flat=True)))


@job("test.broken", title="出错（测试）")
def broken(running: Running) -> None:
    raise ZeroDivisionError("x / 0")


@job("test.refused", title="办不了（测试）")
def refused(running: Running) -> None:
    raise Refused("第3行没有金额。请补上再来")


@job("test.away", title="断线（测试）")
def away(running: Running) -> None:
    raise OperationalError("server closed the connection unexpectedly")


@job("test.repeat", title="又要一次（测试）")
def repeat(running: Running, *, turn: int) -> None:
    done.append(turn)
    if turn == 1:
        enqueue("test.repeat", key="k", turn=2)
        enqueue("test.repeat", key="k", turn=3)


@pytest.fixture(autouse=True)
def _empty() -> Iterator[None]:
    done.clear()
    yield
    done.clear()


def the(name: str) -> Job:
    found: Job = Job.objects.unrestricted("test").filter(name=name).latest("id")
    return found


@pytest.mark.django_db
def test_a_job_runs_and_says_how_it_ended() -> None:
    enqueue("test.note", what="甲")
    assert run_pending() == 1
    found = the("test.note")
    assert (done, found.state, found.message, found.done, found.total) == (["甲"], State.DONE, "记下了甲", 1, 1)
    assert run_pending() == 0


@pytest.mark.django_db
def test_of_a_name_and_key_only_one_waits_and_the_later_wish_counts() -> None:
    first = enqueue("test.note", key="3", what="甲", due=clock.now() + timedelta(days=1))
    assert enqueue("test.note", key="3", what="乙").pk == first.pk
    assert enqueue("test.note", key="4", what="丙").pk != first.pk
    run_pending()
    assert sorted(map(str, done)) == ["丙", "乙"], "the earlier time counts"
    assert enqueue("test.note", key="3", what="丁").pk != first.pk, "the one before is done"


@pytest.mark.django_db
def test_asked_for_while_it_runs_it_runs_once_more_after_that() -> None:
    enqueue("test.repeat", key="k", turn=1)
    assert run_pending() == 2
    assert done == [1, 3]


@pytest.mark.django_db
def test_what_is_asked_for_in_a_transaction_that_fails_was_never_asked_for() -> None:
    def ask_and_fail() -> None:
        with transaction.atomic():
            enqueue("test.note", what="甲")
            raise Refused("没有办成")

    with pytest.raises(Refused):
        ask_and_fail()
    assert run_pending() == 0


@pytest.mark.django_db
def test_not_before_it_is_due() -> None:
    enqueue("test.note", what="甲", due=clock.now() + timedelta(hours=1))
    assert run_pending() == 0
    with clock.at(clock.now() + timedelta(hours=2)):
        assert run_pending() == 1


@pytest.mark.django_db
def test_people_go_before_nightly_work_which_is_not_starved() -> None:
    """With one worker, and a person who wants something new whenever one is done."""
    start = clock.now()
    with clock.at(start):
        enqueue("test.night", what="夜")
    moment = start
    for count in range(100):
        moment = start + count * timedelta(seconds=20)
        with clock.at(moment):
            enqueue("test.note", what=f"人{count}")
            claimed = claim("here")
            assert claimed is not None
            execute(claimed, renewed=False)
        if "夜" in done:
            break
    assert done[0] == "人0", "the person came later and was first"
    assert NIGHTLY <= moment - start <= NIGHTLY + timedelta(seconds=40)


def test_one_file_goes_before_the_rest_of_three_hundred(county: Office) -> None:
    many, one = county.actor(Role.CLERK), county.actor(Role.CLERK, other=True)
    now = clock.now()
    with clock.at(now):
        for count in range(30):
            enqueue("test.note", actor=many, what=f"多{count}")
    with clock.at(now + SHARE):
        enqueue("test.note", actor=one, what="一")
        enqueue("test.note", what="系统")
        run_pending()
    assert done.index("一") <= 3
    assert done[-1] == "多29"
    assert len(done) == 32


@pytest.mark.django_db
def test_while_a_long_job_runs_no_other_long_one_begins_but_short_ones_do() -> None:
    enqueue("test.long", what="长1")
    enqueue("test.long", what="长2")
    enqueue("test.note", what="短")
    first = claim("w1")
    assert first is not None
    assert first.name == "test.long"
    second = claim("w2")
    assert second is not None
    assert second.name == "test.note"
    assert claim("w2") is None
    execute(first, renewed=False)
    third = claim("w2")
    assert third is not None
    assert third.arguments == {"what": "长2"}
    with clock.at(clock.now() + LEASE * 2):
        assert claim("w3") == third, "one that was lost does not block the way"


def test_a_job_is_done_with_the_rights_of_who_asked(county: Office) -> None:
    enqueue("test.who", actor=county.actor(Role.CLERK))
    enqueue("test.who")
    run_pending()
    assert done == ["填报人甲", {"招商费用"}, "系统（谁在做（测试））", {"招商费用", "驻点招商", "河道疏浚"}]


def test_who_has_left_meanwhile_has_no_rights_any_more(county: Office) -> None:
    enqueue("test.who", actor=county.actor(Role.CLERK))
    county.people[Role.CLERK].is_active = False
    county.people[Role.CLERK].save()
    run_pending()
    assert done == ["填报人甲", set()]


@pytest.mark.django_db
def test_failures_say_what_happened_and_the_rest_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    for name in ("test.broken", "test.refused"):
        enqueue(name)
    enqueue("test.note", what="甲")
    assert run_pending() == 3
    assert done == ["甲"]
    assert (the("test.refused").state, the("test.refused").message) == (State.FAILED, "第3行没有金额。请补上再来")
    assert the("test.broken").state == State.FAILED
    assert "ZeroDivisionError" in the("test.broken").message
    assert "x / 0" in caplog.text


@pytest.mark.django_db
def test_lost_once_it_runs_again_lost_twice_it_is_parked_and_told() -> None:
    enqueue("test.note", key="1", what="甲")
    with clock.at(clock.now()):
        assert claim("a") is not None
        assert claim("b") is None, "somebody works on it"
    with clock.at(clock.now() + LEASE * 2):
        again = claim("b")
        assert again is not None
        assert again.losses == 1
    with clock.at(clock.now() + LEASE * 4):
        assert claim("c") is None
    found = the("test.note")
    assert found.state == State.PARKED
    assert "内存不够" in found.message
    assert parked_count() == 1


@pytest.mark.django_db
def test_who_lost_a_job_does_not_write_into_it_any_more() -> None:
    enqueue("test.note", what="甲")
    with clock.at(clock.now()):
        old = claim("a")
    with clock.at(clock.now() + LEASE * 2):
        new = claim("b")
        assert old is not None
        assert new is not None
        execute(old, renewed=False)
        assert (the("test.note").state, the("test.note").worker) == (State.RUNNING, "b")
        execute(new, renewed=False)
    assert the("test.note").state == State.DONE


@pytest.mark.django_db
def test_a_worker_that_begins_anew_loses_what_it_had_at_once() -> None:
    enqueue("test.note", what="甲")
    assert claim("host worker-1") is not None
    assert recover("host worker-2") == 0
    assert recover("host worker-1") == 1
    assert run_pending() == 1


@pytest.mark.django_db
def test_a_worker_told_to_end_gives_back_without_a_loss() -> None:
    enqueue("test.note", what="甲")
    mine = claim("a")
    assert mine is not None
    execute(mine, renewed=False, is_stopping=lambda: True)
    assert (the("test.note").state, the("test.note").losses) == (State.WAITING, 0)
    assert run_pending() == 1


@pytest.mark.django_db
def test_a_database_that_goes_away_is_a_loss_not_a_failure() -> None:
    enqueue("test.away")
    assert run_pending() == 2
    assert the("test.away").state == State.PARKED


@pytest.mark.django_db
def test_work_of_an_older_program_fails_with_words() -> None:
    enqueue("test.note", what="甲")
    kind = registry._KINDS.pop("test.note")
    try:
        run_pending()
    finally:
        registry._KINDS["test.note"] = kind
    assert "这个版本" in the("test.note").message


@pytest.mark.django_db
def test_a_name_that_nobody_registered_is_a_bug() -> None:
    with pytest.raises(KeyError):
        enqueue("test.nothing")


@pytest.mark.django_db
def test_progress_for_who_waits() -> None:
    assert progress_of("test.note", "1") is None
    enqueue("test.note", key="0", what="先")
    enqueue("test.note", key="1", what="甲")
    waits = progress_of("test.note", "1")
    assert waits is not None
    assert waits.words == "排队，前面还有1件"
    run_pending()
    over = progress_of("test.note", "1")
    assert over is not None
    assert (over.is_over, over.percent, over.words) == (True, 100, "完成 1/1")


def test_the_page_and_running_again(county: Office, client: Client) -> None:
    enqueue("test.broken", key="7", actor=county.actor(Role.CLERK))
    run_pending()
    failed = the("test.broken").pk
    client.force_login(county.people[Role.CLERK])
    assert client.get("/operation/").status_code == 403
    assert list(jobs_for(county.actor(Role.CLERK), "job.own").values_list("pk", flat=True)) == [failed]
    assert not jobs_for(county.actor(Role.CLERK, other=True), "job.own").exists()
    with pytest.raises(NotAllowed):
        run_again(county.actor(Role.AUDIT_ADMIN), job=failed)
    client.force_login(county.people[Role.AUDIT_ADMIN])
    shown = client.get("/operation/").content.decode()
    assert "ZeroDivisionError" in shown
    assert "重新运行</button>" not in shown
    client.force_login(county.people[Role.SYSTEM_ADMIN])
    assert "重新运行</button>" in client.get("/operation/?state=failed").content.decode()
    assert client.get("/operation/?state=gone").status_code == 400
    assert client.post(f"/operation/{failed}/again").status_code == 302
    assert the("test.broken").state == State.WAITING
    entry = AuditEntry.objects.unrestricted("test").get(action="operation.again")
    assert (entry.object_label, entry.chain) == ("出错（测试）", 0)
    assert client.post(f"/operation/{failed}/again").status_code == 409
    assert client.post("/operation/99999/again").status_code == 404


def test_running_again_where_another_one_waits_is_refused(county: Office) -> None:
    enqueue("test.broken", key="7")
    run_pending()
    enqueue("test.broken", key="7")
    failed = Job.objects.unrestricted("test").get(state=State.FAILED)
    with pytest.raises(Refused, match="已经在排队"):
        run_again(county.actor(Role.SYSTEM_ADMIN), job=failed.pk)


def test_a_parked_job_is_put_away_with_a_reason(county: Office) -> None:
    admin = county.actor(Role.SYSTEM_ADMIN)
    parked = Job.objects.create(
        name="test.note",
        title="记一笔",
        state=State.PARKED,
        due_at=clock.now(),
        turn_at=clock.now(),
        made_at=clock.now(),
    )
    with pytest.raises(Refused, match="为什么"):
        put_away(admin, job=parked.pk, reason=" ")
    assert put_away(admin, job=parked.pk, reason="文件已经删了").message == "不再运行：文件已经删了"
    with pytest.raises(Refused, match="不在搁置"):
        put_away(admin, job=parked.pk, reason="x")
    with pytest.raises(NotThere):
        put_away(admin, job=parked.pk + 1, reason="x")


@pytest.mark.django_db(transaction=True)
def test_several_workers_do_each_job_once() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("the test database lives in memory, for one thread: tests/web/test_kill.py has workers on a file")
    for n in range(40):
        enqueue("test.note", key=str(n), what=str(n))
    stop = threading.Event()

    def one(name: str) -> None:
        try:
            work(name, stop)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=one, args=(f"w{n}",)) for n in range(3)]
    for worker in workers:
        worker.start()
    for _ in range(600):
        if not Job.objects.unrestricted("test").exclude(state=State.DONE).exists():
            break
        threading.Event().wait(0.05)
    stop.set()
    for worker in workers:
        worker.join(10)
    assert sorted(map(str, done), key=int) == [str(n) for n in range(40)]
