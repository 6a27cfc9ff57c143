"""A sequence of writes that is whole or not there: a new project, two counters that move together, a job."""

from __future__ import annotations

from jixiao.web.jobs.queue import enqueue
from jixiao.web.kernel.acts import Act, service
from jixiao.web.projects.models import Project, ProjectAlias

COUNTERS = ("计数甲", "计数乙")


@service("killing.write", "写一串（测试）", right="project.edit")
def write(act: Act, *, number: int) -> bool:
    """Sequence ``number``; whether it was written now (it may have been, with the answer lost)."""
    name = f"写{number}"
    counters = list(act.all(Project).filter(starts_in=1).order_by("pk").select_for_update(of=("self",)))
    if act.all(Project).filter(name=name).exists():
        return False
    for counter in counters:
        counter.ends_in = (counter.ends_in or 0) + 1
        act.save(counter, ["ends_in"])
    made = act.add(Project(unit_id=counters[0].unit_id, name=name))
    enqueue("killing.follow", key=str(made.pk), actor=None, project=made.pk, number=number)
    return True


@service("killing.follow", "跟着写（测试）", right="project.edit")
def follow(act: Act, *, project: int, number: int) -> None:
    """What the job writes; once, however often it runs."""
    found = act.get(Project, project)
    if not act.all(ProjectAlias).filter(project=found, text=f"跟{number}").exists():
        act.add(ProjectAlias(project=found, text=f"跟{number}"))
