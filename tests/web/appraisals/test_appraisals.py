"""事前绩效评估: five questions, files, a conclusion; asked of new projects from an amount on before their sheets are handed in."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jixiao.web.accounts.roles import Role
from jixiao.web.appraisals import services
from jixiao.web.appraisals.models import AppraisalFile, ExAnteAppraisal, Question
from jixiao.web.appraisals.selectors import wanting
from jixiao.web.kernel.acts import NotAllowed, NotThere, Refused, Stale
from jixiao.web.projects.models import Predecessor, ProjectYear
from jixiao.web.workflow import services as flows
from jixiao.web.workflow.definition import standard_text
from jixiao.web.workflow.handing_in import hand_in, ready
from web.make import YEAR, Office
from web.workflow.sets import round_of, whole_set

ANSWERS = {one.value: f"{one.label}有依据" for one in Question}


def written(county: Office, **answers: str) -> ExAnteAppraisal:
    project = county.projects["招商费用"].pk
    return services.write(county.actor(Role.CLERK), project=project, year=YEAR, answers=answers or ANSWERS)


def concluded(county: Office, conclusion: str = "support") -> ExAnteAppraisal:
    one = written(county)
    return services.conclude(county.actor(Role.CLERK), appraisal=one.pk, conclusion=conclusion, reasons="任务明确")


def test_a_conclusion_wants_all_five_answers(county: Office) -> None:
    one = written(county, necessity="落实招商任务")
    with pytest.raises(Refused, match="还没有写：投入经济性、绩效目标合理性、实施方案可行性、筹资合规性"):
        services.conclude(county.actor(Role.CLERK), appraisal=one.pk, conclusion="support", reasons="好")
    one = services.write(
        county.actor(Role.CLERK), project=one.project_id, year=YEAR, answers=ANSWERS, version=one.version
    )
    for wrong in ({"conclusion": "x", "reasons": "任务明确"}, {"conclusion": "support", "reasons": " "}):
        with pytest.raises(Refused):
            services.conclude(county.actor(Role.CLERK), appraisal=one.pk, **wrong)
    assert services.conclude(
        county.actor(Role.CLERK), appraisal=one.pk, conclusion="support", reasons="任务明确"
    ).is_concluded


def test_what_is_concluded_stands_until_it_is_opened_again_with_a_reason(county: Office) -> None:
    one = concluded(county)
    clerk = county.actor(Role.CLERK)
    with pytest.raises(Refused, match="结论已定"):
        services.write(clerk, project=one.project_id, year=YEAR, answers=ANSWERS, version=one.version)
    with pytest.raises(Refused, match="原因"):
        services.reopen(clerk, appraisal=one.pk, reason="")
    assert not services.reopen(clerk, appraisal=one.pk, reason="预算有变").is_concluded


def test_two_people_do_not_write_over_one_another(county: Office) -> None:
    one = written(county)
    with pytest.raises(Stale):
        services.write(county.actor(Role.CLERK), project=one.project_id, year=YEAR, answers=ANSWERS, version=0)


def test_who_may_and_who_may_not(county: Office) -> None:
    one = written(county)
    for role, other in ((Role.CLERK, True), (Role.LEAD_REVIEWER, True)):
        with pytest.raises(NotThere):
            services.reopen(county.actor(role, other=other), appraisal=one.pk, reason="预算有变")
    for role in (Role.AUDITOR, Role.BUSINESS_SECTION, Role.EXPERT):
        with pytest.raises(NotAllowed):
            services.reopen(county.actor(role), appraisal=one.pk, reason="预算有变")


def test_new_projects_from_an_amount_on_want_one(county: Office) -> None:
    whole_set(county)
    project = county.projects["招商费用"]
    keys = [project.pk]
    assert wanting(YEAR, keys, 15_000_000) == {project.pk: "还没有做"}
    assert wanting(YEAR, keys, 15_000_001) == {}
    written(county)
    assert wanting(YEAR, keys, 1) == {project.pk: "还没有定结论"}
    one = ExAnteAppraisal.objects.unrestricted("test").get()
    services.conclude(county.actor(Role.CLERK), appraisal=one.pk, conclusion="refuse", reasons="没有依据")
    assert wanting(YEAR, keys, 1) == {project.pk: "结论是不予支持"}
    services.reopen(county.actor(Role.CLERK), appraisal=one.pk, reason="补了依据")
    services.conclude(county.actor(Role.CLERK), appraisal=one.pk, conclusion="improve", reasons="压减后可行")
    assert wanting(YEAR, keys, 1) == {}


def test_what_went_on_from_before_is_not_new(county: Office) -> None:
    whole_set(county)
    project = county.projects["招商费用"]
    ProjectYear.objects.create(project=project, year=YEAR - 1, name="招商费用", total_fen=1)
    assert wanting(YEAR, [project.pk], 1) == {}
    ProjectYear.objects.unrestricted("test").filter(year=YEAR - 1).delete()
    Predecessor.objects.create(project=project, predecessor=county.projects["驻点招商"], kind="renamed", since=YEAR)
    assert wanting(YEAR, [project.pk], 1) == {}


def test_it_stands_against_handing_in_where_the_flow_names_an_amount(county: Office) -> None:
    round_of(county)
    whole_set(county)
    clerk = county.actor(Role.CLERK)
    assert not ready(clerk, YEAR, county.commerce.pk).obstacles
    text = standard_text().replace("appraisal_from: null", "appraisal_from: 15")
    flows.keep_flow(county.actor(Role.PERFORMANCE_SECTION), region=county.region.pk, text=text)
    (one,) = ready(clerk, YEAR, county.commerce.pk).obstacles
    assert "是新增项目，预算数到了15万元，事前绩效评估还没有做" in one.words
    assert one.address.endswith("/appraisal")
    concluded(county)
    hand_in(clerk, YEAR, county.commerce.pk)


@pytest.mark.parametrize("amount", ["abc", "-1", "true", "nan", "[1]"])
def test_an_amount_that_is_none_is_refused(county: Office, amount: str) -> None:
    text = standard_text().replace("appraisal_from: null", f"appraisal_from: {amount}")
    with pytest.raises(Refused, match="单位万元"):
        flows.keep_flow(county.actor(Role.PERFORMANCE_SECTION), region=county.region.pk, text=text)


def test_the_page_keeps_what_is_typed_and_takes_files(county: Office, client: Client) -> None:
    client.force_login(county.people[Role.CLERK])
    address = f"/{YEAR}/projects/{county.projects['招商费用'].pk}/appraisal"
    assert "依据哪项规划" in client.get(address).content.decode()
    wrong = client.post(
        f"{address}/write", {"act": "conclude", "necessity": "落实任务", "conclusion": "support", "version": "0"}
    )
    assert wrong.status_code == 422
    assert "落实任务" in wrong.content.decode()
    version = ExAnteAppraisal.objects.unrestricted("test").get().version
    file = SimpleUploadedFile("测算.txt", "单价×数量".encode())
    given = {
        **ANSWERS,
        "version": str(version),
        "file": file,
        "act": "conclude",
        "conclusion": "support",
        "reasons": "有据",
    }
    assert client.post(f"{address}/write", given).status_code == 302
    kept = AppraisalFile.objects.unrestricted("test").get()
    shown = client.get(address).content.decode()
    assert "结论：予以支持" in shown
    assert "测算.txt" in shown
    answer = client.get(f"{address}/files/{kept.pk}")
    assert b"".join(answer.streaming_content) == "单价×数量".encode()  # type: ignore[attr-defined]
    assert client.post(f"{address}/files/{kept.pk}/drop").status_code == 409


def test_a_file_marked_secret_is_not_kept(county: Office, client: Client) -> None:
    client.force_login(county.people[Role.CLERK])
    address = f"/{YEAR}/projects/{county.projects['招商费用'].pk}/appraisal"
    file = SimpleUploadedFile("方案（秘密）.txt", "内容".encode())
    answer = client.post(f"{address}/write", {**ANSWERS, "version": "0", "file": file})
    assert answer.status_code == 422
    assert "没有接收也没有保存" in answer.content.decode()
    assert not AppraisalFile.objects.unrestricted("test").exists()
