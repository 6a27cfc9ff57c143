"""Processes that read: what dies, hangs or swells gives one line, and the rest goes on."""

from __future__ import annotations

import os
import signal
import time

import pytest
from services.jobs_for_isolation import misbehave, threads, turn

from jixiao.readers import UnreadableFileError
from jixiao.services import isolation
from jixiao.services.isolation import Isolation, run_isolated
from jixiao.services.worker import Limits, attempt

pytestmark = pytest.mark.process

SHORT = Limits(seconds=1.0, data=300 * 1024 * 1024)


def results(items: list[str], workers: int = 2) -> list[str | UnreadableFileError]:
    found = dict(run_isolated(misbehave, items, SHORT, workers))
    assert sorted(found) == list(range(len(items)))
    return [found[n] for n in range(len(items))]


def test_a_file_with_pages_is_read_whether_somebody_follows_them_or_not() -> None:
    """What is said of pages is no answer: that comes after them, to the right item."""
    items = ["pages 3", "a", "pages 2"]
    answers = dict(run_isolated(turn, items, Limits(seconds=20.0, data=300 * 1024 * 1024), 1))
    assert answers == dict(enumerate(items))
    heard: list[tuple[int, int, int]] = []
    with Isolation(turn, workers=1) as isolation:
        again = dict(isolation.run(items, lambda *told: heard.append(told)))
    assert again == answers
    assert {position for position, _, _ in heard} == {0, 2}
    assert all(done <= total for _, done, total in heard)


def test_whatever_a_file_does_the_rest_goes_on() -> None:
    items = [
        "a",
        "die",
        "b",
        "sleep 30",
        "exit",
        "c",
        "fill",
        "defect",
        "unreadable",
        "connect",
        "resolve",
        "print",
        "d",
    ]
    start = time.perf_counter()
    found = results(items)
    assert time.perf_counter() - start < 25
    words = dict(zip(items, found, strict=True))
    for good in ("a", "b", "c", "d", "print"):
        assert words[good] == good
    for item, met in (
        ("die", "意外中止"),
        ("exit", "意外中止"),
        ("sleep 30", "超过 1 秒"),
        ("fill", "内存超过上限"),
        ("defect", "KeyError，jobs_for_isolation.py 第"),
        ("unreadable", "坏了"),
        ("connect", "PermissionError"),
        ("resolve", "PermissionError"),
    ):
        answer = words[item]
        assert isinstance(answer, UnreadableFileError), item
        assert met in answer.met
        assert answer.remedy
        assert "\n" not in str(answer)


def test_processes_are_reused_and_are_others() -> None:
    pids = results(["pid"] * 8)
    assert len(set(pids)) <= 2
    assert str(os.getpid()) not in pids


def test_processes_stay_for_the_next_items() -> None:
    with Isolation(misbehave, SHORT, 2) as processes:
        first = {pid for _, pid in processes.run(["pid"] * 4)}
        broken = dict(processes.run(["die"]))
        assert "意外中止" in str(broken[0])
        second = {pid for _, pid in processes.run(["pid"] * 4)}
    assert first & second
    assert list(processes.run([])) == []


def test_a_process_that_was_ended_while_it_waited_is_replaced() -> None:
    with Isolation(misbehave, SHORT, 1) as processes:
        ((_, pid),) = processes.run(["pid"])
        assert isinstance(pid, str)
        os.kill(int(pid), signal.SIGKILL)
        time.sleep(0.2)
        assert dict(processes.run(["a"])) == {0: "a"}


def test_nobody_is_late_because_the_results_are_taken_slowly() -> None:
    run = run_isolated(misbehave, ["a", "b", "c"], Limits(seconds=0.5), 1)
    found = []
    for answer in run:
        found.append(answer)
        time.sleep(1.5)
    assert found == [(0, "a"), (1, "b"), (2, "c")]


def test_no_process_stays_behind() -> None:
    run = run_isolated(misbehave, ["pid", "sleep 20", "sleep 20"], Limits(seconds=60), 2)
    _, pid = next(run)
    assert isinstance(pid, str)
    run.close()  # type: ignore[attr-defined]
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid), 0)


def test_one_process_does_the_same_as_many() -> None:
    items = ["a", "defect", "unreadable", "b"]

    def said(answer: str | UnreadableFileError) -> str:
        return str(answer)

    alone = [said(attempt(misbehave, item)) for item in items]
    assert [said(r) for r in results(items)] == alone


def test_more_files_than_processes_and_fewer() -> None:
    assert results([str(n) for n in range(30)]) == [str(n) for n in range(30)]
    assert results(["x"], workers=4) == ["x"]


def test_processes_share_the_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "processors", lambda: 6)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        monkeypatch.delenv(name, raising=False)
    assert dict(run_isolated(threads, ["a", "b"], SHORT, 2)) == {0: "3", 1: "3"}
    monkeypatch.setattr(isolation, "processors", lambda: 64)
    assert dict(run_isolated(threads, ["a", "b"], SHORT, 2)) == {0: "4", 1: "4"}
