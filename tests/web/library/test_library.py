"""The library of a region: proposed, reviewed, found by two characters on every database, filled, merged, counted, imported."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jixiao.library import Asked, library
from jixiao.web.accounts.roles import Role
from jixiao.web.audit.models import AuditEntry
from jixiao.web.goals.models import IndicatorRow, Sheet, SheetState
from jixiao.web.imports.models import ImportSession
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import NotAllowed, NotThere, Refused
from jixiao.web.kernel.people import Actor
from jixiao.web.library import selectors, services
from jixiao.web.library.models import LibraryGram, LibraryIndicator, State, UsualTarget, plain_of
from jixiao.web.library.selectors import Filter
from web.library_examples import FIELDS
from web.make import YEAR, Office


@pytest.fixture
def keeper(county: Office) -> Actor:
    return county.actor(Role.PERFORMANCE_SECTION)


@pytest.fixture
def filled(keeper: Actor) -> Actor:
    services.fill(keeper, entries=library().entries)
    return keeper


def _in_use(keeper: Actor, **fields: Any) -> LibraryIndicator:
    made = services.propose(keeper, fields={**FIELDS, **fields})
    return services.accept(keeper, indicator=made.pk)


def _names(actor: Actor, **narrowed: str) -> list[str]:
    return list(selectors.listed(actor, Filter(**narrowed)).order_by("code").values_list("name", flat=True))


def test_a_clerk_proposes_and_the_section_takes_it_in(county: Office, keeper: Actor) -> None:
    clerk = county.actor(Role.CLERK)
    made = services.propose(clerk, fields=FIELDS)
    assert (made.state, made.unit, made.region) == (State.PROPOSED, county.commerce, county.region)
    assert made.code
    with pytest.raises(NotAllowed):
        services.accept(clerk, indicator=made.pk)
    assert services.accept(keeper, indicator=made.pk).state == State.IN_USE
    assert [one.name for one in selectors.index_of(clerk).entries] == [FIELDS["name"]]


def test_the_section_of_another_region_may_not_touch_it(county: Office, keeper: Actor) -> None:
    from jixiao.web.accounts.actors import actor_for
    from jixiao.web.organisations.models import OrganisationKind, Region
    from web.make import organisation, person

    far = Region.objects.create(code="130998", name="邻县")
    bureau = organisation(far, OrganisationKind.FINANCE_BUREAU, "100", "邻县财政局")
    other = actor_for(person("far", "邻县甲", bureau, Role.PERFORMANCE_SECTION))
    made = _in_use(keeper)
    with pytest.raises(NotThere):
        services.retire(other, indicator=made.pk, reason="不用")
    assert _names(other, state="") == []


def test_what_says_nothing_of_how_it_is_counted_is_refused(county: Office) -> None:
    with pytest.raises(Refused, match="至少写一样"):
        services.propose(county.actor(Role.CLERK), fields={**FIELDS, "explanation": ""})


def test_the_same_again_names_the_one_that_is_there(keeper: Actor) -> None:
    services.propose(keeper, fields=FIELDS)
    with pytest.raises(Refused, match=r"防汛物资储备件数.*待审"):
        services.propose(keeper, fields=FIELDS)


def test_filling_is_one_entry_and_twice_is_refused(keeper: Actor) -> None:
    before = AuditEntry.objects.unrestricted("test").count()
    assert services.fill(keeper, entries=library().entries) == len(library().entries)
    entries = AuditEntry.objects.unrestricted("test")
    assert entries.count() == before + 1
    assert len(selectors.index_of(keeper).entries) == len(library().entries)
    with pytest.raises(Refused, match="都已经在库里"):
        services.fill(keeper, entries=library().entries)


@pytest.mark.parametrize(
    "words", ["公路", "危房 户数", "满意度", "JY001", "jy001", "成品油", "营养改善", "(验收)合格率"]
)
def test_what_is_found_is_what_holds_the_words(filled: Actor, words: str) -> None:
    """The same on every database: what the index finds is what reading all of it finds."""
    plain = [plain_of(word) for word in words.split()]
    expected = [
        one.name
        for one in selectors.listed(filled).order_by("code")
        if all(any(word in line for line in one.text.split("\n")) for word in plain)
    ]
    assert expected
    assert _names(filled, q=words, state="") == expected


def test_one_character_is_too_little_and_what_is_not_there_is_not_found(filled: Actor) -> None:
    with pytest.raises(Refused, match="至少写两个字"):
        _names(filled, q="路")
    assert _names(filled, q="龙凤", state="") == []
    assert _names(filled, q="率危", state="") == []


def test_a_renamed_indicator_is_found_by_its_new_name_only(keeper: Actor) -> None:
    made = _in_use(keeper)
    services.edit(keeper, indicator=made.pk, fields={"name": "抢险队伍人数"})
    assert _names(keeper, q="抢险") == ["抢险队伍人数"]
    assert _names(keeper, q="防汛") == []
    grams = LibraryGram.objects.unrestricted("test").filter(indicator=made.pk)
    assert "防汛" not in set(grams.values_list("gram", flat=True))


def test_two_characters_are_looked_up_not_read_through(filled: Actor) -> None:
    """Among thousands, the database goes by the index of pairs."""
    rows = selectors.listed(filled, Filter(q="公路")).order_by("code")
    plan = rows.explain()
    assert "librarygram" in plan
    assert "SCAN library_libraryindicator" not in plan
    assert "Seq Scan on library_libraryindicator" not in plan


def test_merged_ones_stand_for_what_was_merged_before(keeper: Actor) -> None:
    first = _in_use(keeper, name="储备物资件数一", code="A1")
    second = _in_use(keeper, name="储备物资件数二", code="A2")
    third = _in_use(keeper, name="储备物资件数三", code="A3")
    services.merge(keeper, indicator=first.pk, into=second.pk)
    services.merge(keeper, indicator=second.pk, into=third.pk)
    rows = LibraryIndicator.objects.unrestricted("test")
    assert set(rows.filter(merged_into=third).values_list("code", flat=True)) == {"A1", "A2"}
    with pytest.raises(Refused, match="在用"):
        services.merge(keeper, indicator=third.pk, into=first.pk)
    assert [one.name for one in selectors.index_of(keeper).entries] == ["储备物资件数三"]


def test_what_may_be_the_same_is_shown(keeper: Actor) -> None:
    one = _in_use(keeper, name="防汛物资储备件数", code="A1")
    other = _in_use(keeper, name="全县防汛物资储备件数", code="A2")
    _in_use(keeper, name="巡堤人数", code="A3", unit_name="人")
    assert [found.code for found in selectors.detail(keeper, one.pk).alike] == [other.code]
    assert [(a.code, b.code) for a, b, _ in selectors.all_alike(keeper)] == [("A1", "A2")]


def _approved(county: Office, project: str, target: str, state: str = SheetState.APPROVED, unit: Any = None) -> None:
    sheet = Sheet.objects.create(
        unit=unit or county.commerce, project=county.projects[project], year=YEAR, kind="goal", title=project,
        version=1, state=state, changed_at=clock.now(),
    )  # fmt: skip
    IndicatorRow.objects.create(
        sheet=sheet, row_id="i", position=0, indicator_kind="quantity", name="防汛物资储备件数", target=target
    )


def test_the_summary_of_targets_equals_the_rows(county: Office, keeper: Actor) -> None:
    made = _in_use(keeper)
    _approved(county, "招商费用", "≥300件")
    _approved(county, "驻点招商", "≥100件", unit=county.centre)
    _approved(county, "河道疏浚", "足额储备", unit=county.water)
    assert services.keep_usual(keeper, found=selectors.count_usual(keeper)) == 1
    (kept,) = UsualTarget.objects.unrestricted("test")
    rows = IndicatorRow.objects.unrestricted("test").filter(name=made.name, sheet__state=SheetState.APPROVED)
    assert kept.sheets == rows.count() == 3
    assert (kept.numbers, kept.lowest, kept.highest) == (2, Decimal(100), Decimal(300))
    Sheet.objects.unrestricted("test").filter(title="驻点招商").update(state=SheetState.DRAFTED)
    services.keep_usual(keeper, found=selectors.count_usual(keeper))
    (kept,) = UsualTarget.objects.unrestricted("test")
    assert (kept.sheets, kept.numbers, kept.lowest) == (2, 1, Decimal(300))


def test_before_there_is_a_library_proposals_come_from_the_program(county: Office) -> None:
    found = selectors.proposed(county.actor(Role.CLERK), Asked("招商引资工作经费"))
    assert found[0].entry in library().entries


def test_retired_ones_are_not_proposed(filled: Actor) -> None:
    asked = Asked("农村危房改造补助资金")
    first = selectors.proposed(filled, asked)[0].entry
    row = selectors.listed(filled).get(code=first.code)
    services.retire(filled, indicator=row.pk, reason="不再用")
    assert first.code not in [one.entry.code for one in selectors.proposed(filled, asked)]


def _client(county: Office, role: Role) -> Client:
    client = Client()
    client.force_login(county.people[role])
    return client


def test_the_pages_lead_from_nothing_to_a_merged_indicator(county: Office) -> None:
    keeper, clerk = _client(county, Role.PERFORMANCE_SECTION), _client(county, Role.CLERK)
    assert "装入这" in keeper.get("/library/").content.decode()
    assert "装入这" not in clerk.get("/library/").content.decode()
    assert keeper.post("/library/fill").status_code == 302
    page = clerk.get("/library/?q=危房").content.decode()
    assert "农村危房改造户数" in page
    assert "河道清淤长度" not in page
    assert "至少写两个字" in clerk.get("/library/?q=危").content.decode()
    made = clerk.post("/library/propose", {**FIELDS, "evidence": "库存台账"})
    assert made.status_code == 302
    address = made.headers["Location"]
    assert "收进指标库" not in clerk.get(address).content.decode()
    assert "收进指标库" in keeper.get(address).content.decode()
    assert keeper.post(f"{address}merge", {"into": "YJ003"}).status_code == 302
    assert "并入" in clerk.get(address).content.decode()
    assert clerk.post(f"{address}accept").status_code == 403


def test_the_list_asks_no_more_the_longer_it_is(county: Office, filled: Actor) -> None:
    client = _client(county, Role.PERFORMANCE_SECTION)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/library/?sector=weather")
    with CaptureQueriesContext(connection) as many:
        assert client.get("/library/").status_code == 200
    assert len(many) <= len(few) <= 25


def test_a_published_library_in_word_is_tried_before_it_is_stored(county: Office) -> None:
    document = docx.Document()
    document.add_paragraph("一、水利类")
    table = document.add_table(2, 4)
    rows = [["二级指标", "三级指标", "指标解释", "计量单位"], ["数量指标", "抢险物资储备量", "在库的物资", "吨"]]
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    stream = io.BytesIO()
    document.save(stream)
    stream.seek(0)
    stream.name = "某省指标库.docx"
    client = _client(county, Role.PERFORMANCE_SECTION)
    answer = client.post("/library/import", {"file": stream, "source": "某省指标库（试用）"})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    session = ImportSession.objects.unrestricted("test").get()
    assert selectors.listed(county.actor(Role.PERFORMANCE_SECTION)).count() == 0
    client.post(f"/imports/{session.pk}/try")
    client.post(f"/imports/{session.pk}/apply")
    (one,) = selectors.listed(county.actor(Role.PERFORMANCE_SECTION))
    assert (one.name, one.sector, one.unit_name, one.source, one.certainty, one.state) == (
        "抢险物资储备量", "water", "吨", "某省指标库（试用）", "official", State.IN_USE,
    )  # fmt: skip


def test_a_file_without_a_library_is_refused_in_words(county: Office) -> None:
    stream = io.BytesIO("姓名,电话\n张三,1\n".encode())
    stream.name = "a.csv"
    answer = _client(county, Role.PERFORMANCE_SECTION).post("/library/import", {"file": stream})
    assert answer.status_code == 422
    assert "二级指标" in answer.content.decode()


def test_what_is_exported_comes_back_the_same(county: Office, filled: Actor) -> None:
    from jixiao.web.imports import running

    data = b"".join(_client(county, Role.PERFORMANCE_SECTION).get("/library/export.xlsx").streaming_content)  # type: ignore[attr-defined]
    session = running.begin(filled, kind="library", name="指标库.xlsx", data=data)
    tried = running.attempt(filled, session.pk)
    states = set(tried.rows.unrestricted("test").exclude(state="").values_list("state", flat=True))
    assert "new" not in states
    assert "changed" not in states
