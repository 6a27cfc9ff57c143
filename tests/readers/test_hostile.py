"""Whatever is handed in ends soon, in a plan or in one clear Chinese sentence; never in a traceback."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plain import goal_words
from readers.office import W, cell, docx_of, p, packed, tbl, tc, tr, xlsx_of

from examples import examples
from jixiao.domain.plan import Plan
from jixiao.readers import UnreadableFileError, read_bytes, read_file

COUNTY = Path(__file__).parents[2] / "examples" / "county" / "files"
WORD = next(COUNTY.glob("*.docx")).read_bytes()
EXCEL = next(COUNTY.glob("*.xlsx")).read_bytes()
TEXT = next(COUNTY.glob("*.txt")).read_bytes()
_CHINESE = re.compile(r"[\u4e00-\u9fff]{2}")
SLOWEST = 8.0
"""Seconds; a busy machine is slow"""


def ends_well(data: bytes, name: str = "文件") -> Plan | str:
    """The plan, or the message; fails where it takes long or the message is no plain Chinese."""
    start = time.process_time()
    try:
        result: Plan | str = read_bytes(data, name)
    except UnreadableFileError as error:
        for words in (error.met, error.remedy):
            assert _CHINESE.search(words), words
            assert not re.search(r"Error|Traceback|Exception|0x|<class", words), words
        result = str(error)
    assert time.process_time() - start < SLOWEST
    return result


def refused(data: bytes, words: str) -> None:
    message = ends_well(data)
    assert isinstance(message, str), "was read"
    assert words in message


# --- no plan in it -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        "红烧肉的做法\n五花肉 500 克，冰糖 30 克。\n小火慢炖一小时。".encode(),
        "姓名\t电话\t住址\n张三\t1\t东街\n李四\t2\t西街\n".encode(),
        docx_of(p("会议通知") + tbl(tr("时间", "地点"), tr("周一", "三楼"))),
        xlsx_of(f'<sheetData><row r="1">{cell("A1", "姓名")}{cell("B1", "工资")}</row></sheetData>'),
        docx_of(""),
        xlsx_of("<sheetData/>"),
    ],
    ids=["recipe", "list", "letter", "payroll", "empty docx", "empty xlsx"],
)
def test_files_without_a_plan_are_refused(data: bytes) -> None:
    refused(data, "没有读到绩效文本")


def test_one_part_of_a_plan_is_a_plan() -> None:
    for words in ("一、总体绩效目标\n全年完成改造。", "三、工作保障措施\n1.完善制度。明确分工。"):
        assert isinstance(ends_well(words.encode()), Plan)


# --- not what it seems -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data", [b"", b"   \r\n\t ", b"\0", b"\xff", b"\xef\xbb\xbf", b"PK", b"PK\x03\x04", b"%PDF", b"{"]
)
def test_next_to_nothing(data: bytes) -> None:
    assert isinstance(ends_well(data), str)


def test_locked_workbook() -> None:
    refused(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(3000), "")


def test_archive_of_other_things() -> None:
    refused(packed({"a.txt": "绩效"}), "压缩包")


def test_content_decides_not_the_name() -> None:
    assert read_bytes(WORD, "a.txt").source.format == "docx"
    assert read_bytes(EXCEL, "a.docx").source.format == "xlsx"
    assert read_bytes(TEXT, "a.xlsx").source.format == "txt"


def test_missing_file_and_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "没有.docx", tmp_path):
        with pytest.raises(UnreadableFileError, match="打不开"):
            read_file(path)


# --- damaged -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [WORD, EXCEL, TEXT], ids=["docx", "xlsx", "txt"])
@settings(max_examples=examples(25), deadline=None)
@given(st.floats(0, 0.999))
def test_truncated(data: bytes, share: float) -> None:
    ends_well(data[: int(len(data) * share)])


@pytest.mark.parametrize("data", [WORD, EXCEL], ids=["docx", "xlsx"])
@settings(max_examples=examples(25), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=30))
def test_flipped_bytes(data: bytes, flips: list[tuple[float, int]]) -> None:
    damaged = bytearray(data)
    for share, byte in flips:
        damaged[int(len(damaged) * share)] = byte
    ends_well(bytes(damaged))


@settings(max_examples=examples(150), deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from((b"", b"PK\x03\x04", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"%PDF-1.7\n")),
)
def test_random_bytes(data: bytes, start: bytes) -> None:
    ends_well(start + data)


_LINES = st.lists(
    st.sampled_from(
        [
            "一、总体绩效目标",
            "二、分项绩效目标",
            "三、工作保障措施",
            "第一部分",
            "目录",
            "项目编码",
            "项目",
            "编码",
            "\t项目编码",
            "\t项目名称",
            "\t一级指标",
            "\t二级指标",
            "\t三级指标",
            "\t指标值",
            "\t绩效目标",
            "\t资金支出计划（%）",
            "\t3月底",
            "\t25%",
            "\t",
            "一级\t二级指标\t三级指标\t指标值",
            "产出指标\t数量指标\t甲\t1",
            "1.甲绩效目标表",
            "单位：万元",
            "预算数 5 万元。",
            "绩效目标：甲。",
            "绩效指标：乙。",
            "（一）丙",
            "目标1：丁",
            "",
            "9",
            "甲 乙",
            "一级 二级指标 三级指标 指标值",
        ]
    ),
    max_size=25,
).map("\n".join)


@settings(max_examples=examples(300), deadline=None)
@given(_LINES)
def test_forms_in_any_disorder(text: str) -> None:
    ends_well(text.encode())


@settings(max_examples=examples(60), deadline=None)
@given(
    st.recursive(
        st.sampled_from(
            [
                p("一级指标"),
                p("甲"),
                tc("项目名称"),
                tr("绩效目标", "乙"),
                '<w:gridSpan w:val="9"/>',
                "<w:vMerge/>",
                "<w:t>丙</w:t>",
            ]
        ),
        lambda inner: st.tuples(
            st.sampled_from(["tbl", "tr", "tc", "p", "r", "sdt", "sdtContent", "txbxContent", "trPr", "del"]),
            st.lists(inner, max_size=4),
        ).map(lambda t: f"<w:{t[0]}>{''.join(t[1])}</w:{t[0]}>"),
        max_leaves=25,
    )
)
def test_word_elements_in_any_disorder(body: str) -> None:
    ends_well(docx_of(body))


# --- large -------------------------------------------------------------------------------------------------


def test_thousands_of_rows_are_read() -> None:
    header = tr("一级指标", "二级指标", "三级指标", "指标值")
    rows = [tr("产出指标", "数量指标", f"指标{n}", f"≥{n}次") for n in range(2000)]
    plan = ends_well(docx_of(tbl(header, *rows)))
    assert isinstance(plan, Plan)
    assert plan.indicator_count == 2000
    lines = ["一级指标\t二级指标\t三级指标\t指标值", *(f"产出指标\t数量指标\t指标{n}\t≥{n}次" for n in range(2000))]
    plan = ends_well("\n".join(lines).encode())
    assert isinstance(plan, Plan)
    assert plan.indicator_count == 2000


def test_hundreds_of_columns_are_read() -> None:
    header = tr("一级指标", "二级指标", "三级指标", "指标值", *("空" for _ in range(496)))
    plan = ends_well(docx_of(tbl(header, *(tr("产出指标", "数量指标", "甲", "1次", *["乙"] * 496) for _ in range(20)))))
    assert isinstance(plan, Plan)
    assert plan.indicator_count == 20


def test_wide_spans_cost_nothing() -> None:
    wide = tr(tc("甲", span=999), *(tc("乙", span=999) for _ in range(200)))
    ends_well(docx_of(tbl(tr("一级指标", "二级指标", "三级指标", "指标值"), *([wide] * 200))))


def test_a_cell_in_the_last_row_of_a_worksheet() -> None:
    rows = f'<row r="1">{cell("A1", "一、总体绩效目标")}</row><row r="2">{cell("A2", "完成改造。")}</row>'
    far = f'<row r="1048576">{cell("XFD1048576", "远处的字")}</row>'
    plan = ends_well(xlsx_of(f'<dimension ref="A1:XFD1048576"/><sheetData>{rows}{far}</sheetData>'))
    assert isinstance(plan, Plan)
    assert goal_words(plan.overall_goals) == ("完成改造。",)
    assert any("远处的字" in note.message for note in plan.notes)


@pytest.mark.parametrize("ref", ["A1:XFD1048576", "A1:A1048576", "&#65;1:XFD1048576", "A:XFD", "1:1048576"])
@pytest.mark.parametrize("element", ["mergeCell", "hyperlink"])
def test_endless_ranges(element: str, ref: str) -> None:
    data = (
        f'<sheetData><row r="1">{cell("A1", "甲")}</row></sheetData><{element}s><{element} ref="{ref}"/></{element}s>'
    )
    assert isinstance(ends_well(xlsx_of(data)), str)


def test_numbers_beyond_measure() -> None:
    cells = "".join(
        f'<c r="{c}1" s="0"><v>{v}</v></c>'
        for c, v in zip("ABCDE", ("1e308", "1e-300", "NaN", "9" * 400, "inf"), strict=True)
    )
    row = f'<row r="2">{cell("A2", "一、总体绩效目标")}</row><row r="3">{cell("A3", "改造。")}</row>'
    ends_well(xlsx_of(f'<sheetData><row r="1">{cells}</row>{row}</sheetData>'))


@pytest.mark.parametrize("element", ["w:sdt", "w:p", "w:smartTag", "w:ins"])
def test_deep_nesting(element: str) -> None:
    ends_well(docx_of(f"<{element}>" * 10_000 + f"</{element}>" * 10_000))


def test_tables_in_tables() -> None:
    nest = "<w:tbl><w:tr><w:tc>" * 3000 + p("甲") + "</w:tc></w:tr></w:tbl>" * 3000
    ends_well(docx_of(nest))
    ends_well(docx_of("<w:tbl><w:tr><w:tc>" * 60 + p("甲") + "</w:tc></w:tr></w:tbl>" * 60))


def test_one_cell_of_many_runs() -> None:
    ends_well(docx_of(tbl(tr("项目名称", tc(p(*["甲乙"] * 150_000)), "项目编码", "1"))))
    merged = [tr("绩效目标", tc("甲", merge="restart"))] + [tr("", tc("甲", merge="continue"))] * 20_000
    ends_well(docx_of(tbl(*merged)))


_LONG = 20_000


@pytest.mark.fuzz
@pytest.mark.parametrize(
    "line",
    [
        "a" + "\t" * _LONG,
        "甲" + "." * _LONG,
        " " * _LONG + "\\",
        "TC " * (_LONG // 3) + "\\",
        "[bookmark:" * (_LONG // 10),
        "预算数" + "9" * _LONG,
        "单位" + " " * _LONG,
        "1、" * (_LONG // 2),
        "目标1：" + "目标2：" * (_LONG // 4),
        "（" * _LONG,
        "2026年" * (_LONG // 5),
        "甲 乙 " * (_LONG // 4),
        "一级 二级指标 三级指标 " * (_LONG // 12),
        "项目 编码 1 " * (_LONG // 8),
    ],
    ids=lambda line: line.strip()[:8],
)
def test_endless_lines(line: str) -> None:
    ends_well(line.encode())
    ends_well(
        f"项目\n\n编码\n1 预算项目名称 甲\n\n{line}\n\n一级\n\n指标 二级指标 三级指标 指标值\n产出指标\n{line}".encode()
    )
    ends_well(
        f"\t项目编码\n\t1\n\t项目名称\n\t甲\n\n\t预算规模及资金用途\n\t预算数\n\t{line}\n\n\t绩效目标\n\t{line}\n".encode()
    )
    ends_well(f"一、总体绩效目标\n{line}\n二、分项绩效目标\n{line}\n三、工作保障措施\n{line}".encode())


def test_text_too_long() -> None:
    refused(("绩效目标\n" * 1_000_000).encode(), "超过 4 MB")


# --- bombs -------------------------------------------------------------------------------------------------

_LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "哈" * 10}">' for n in range(10))


@pytest.mark.parametrize(
    "declared",
    [
        f"<!DOCTYPE w:document [{_LAUGHS}]>",
        '<!DOCTYPE w:document [<!ENTITY a9 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE w:document SYSTEM "http://127.0.0.1:9/a.dtd">',
        '<!DOCTYPE w:document [<!ENTITY % x SYSTEM "http://127.0.0.1:9/a.dtd"> %x; <!ENTITY a9 "b">]>',
    ],
    ids=["laughs", "file", "dtd", "parameter"],
)
def test_entities(declared: str) -> None:
    head = f'<?xml version="1.0" encoding="UTF-8"?>{declared}'
    body = p("一、总体绩效目标") + p("&a9;")
    assert isinstance(ends_well(docx_of(body, head=head)), str)
    sheet = docx_of(p("&a9;"), head=head)
    with zipfile.ZipFile(io.BytesIO(sheet)) as archive:
        document = archive.read("word/document.xml").decode()
    strings = document.replace("w:document", "sst").replace(
        W, "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    )
    assert isinstance(ends_well(xlsx_of("<sheetData/>", **{"xl/sharedStrings.xml": strings})), str)


SANDBOX = """
import resource, sys
limit = 500 * 1024 * 1024
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
from jixiao.readers import UnreadableFileError, read_file
try:
    read_file(sys.argv[1])
    print("plan")
except UnreadableFileError as error:
    print(error)
"""


def _zeros(name: str, megabytes: int, start: bytes = b"", end: bytes = b"", fill: bytes = b" ") -> bytes:
    """An archive of one file that is ``megabytes`` long when unpacked."""
    stream, piece = io.BytesIO(), fill * (1024 * 1024 // len(fill))
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w") as file:
        file.write(start)
        for _ in range(megabytes):
            file.write(piece)
        file.write(end)
    return stream.getvalue()


def _lying(data: bytes, name: str, size: int) -> bytes:
    """The archive with another size stated for one of its files."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        true = archive.getinfo(name).file_size.to_bytes(4, "little")
    return data.replace(true, size.to_bytes(4, "little"))


def _bomb(kind: str) -> bytes:
    body = f'<w:document xmlns:w="{W}"><w:body>'.encode()
    match kind:
        case "docx":
            return _zeros("word/document.xml", 300, body)
        case "docx of elements":
            return _zeros("word/document.xml", 60, body, b"</w:body></w:document>", b"<w:p/>")
        case "docx of attributes":
            return _zeros("word/document.xml", 60, body + b"<w:p ", b"/></w:body></w:document>", b' a=""')
        case "docx that lies":
            return _lying(_zeros("word/document.xml", 100, body), "word/document.xml", 1000)
        case "docx just readable":
            return _zeros("word/document.xml", 6, body, b"</w:body></w:document>", p("甲").encode())
        case "xlsx":
            rows = "".join(f'<row r="{r}">' + '<c r="A1"><v>1</v></c>' * 400 + "</row>" for r in range(1, 5001))
            return xlsx_of(f"<sheetData>{rows}</sheetData>")
        case "xlsx strings":
            return xlsx_of("<sheetData/>", **{"xl/sharedStrings.xml": b"<sst>" + b"<si><t>a</t></si>" * 3_000_000})
        case "xlsx just readable":
            rows = "".join(
                f'<row r="{r}">' + "".join(f'<c r="{c}{r}"><v>1</v></c>' for c in "ABCDEFGHIJ") + "</row>"
                for r in range(1, 6_001)
            )
            return xlsx_of(f"<sheetData>{rows}</sheetData>")
        case "many entries":
            return packed({f"{n}": b"" for n in range(20_000)} | {"word/document.xml": b"x"}, zipfile.ZIP_STORED)
    raise AssertionError(kind)


@pytest.mark.fuzz
@pytest.mark.parametrize(
    "kind",
    [
        "docx",
        "docx of elements",
        "docx of attributes",
        "docx that lies",
        "docx just readable",
        "xlsx",
        "xlsx strings",
        "xlsx just readable",
        "many entries",
    ],
)
def test_bombs_stay_within_bounds(kind: str, tmp_path: Path) -> None:
    """Read in a process that may take 500 MB of address space and 20 s."""
    file = tmp_path / "文件"
    file.write_bytes(_bomb(kind))
    run = subprocess.run(
        [sys.executable, "-c", SANDBOX, str(file)], capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    assert run.returncode == 0, run.stderr[-2000:]
    assert _CHINESE.search(run.stdout) or run.stdout == "plan\n"
