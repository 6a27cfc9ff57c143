"""Exports of the audit log: whatever is changed in one is found; whoever writes all of it anew is found by a published root."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.cli import main
from jixiao.services.audit_files import ForeignFileError, lines_of, verify
from jixiao.services.chain import canonical, entry_digest, normal, sm3

Record = dict[str, Any]


def test_sm3_is_that_of_the_standard() -> None:
    """GB/T 32905-2016, annex A, example 1."""
    assert sm3(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def entry(chain: int, number: int, previous: str, **more: Any) -> Record:
    made: Record = {
        "chain": chain,
        "number": number,
        "at": f"2026-11-{number:02}T02:00:00.000+00:00",
        "actor_id": 7,
        "actor": "王芳",
        "action": "project.edit",
        "kind": "projects.project",
        "object_id": str(number),
        "object": f"招商费用{number}",
        "before": {"name": "招商"},
        "after": {"name": f"招商{number}", "total_fen": 10_000},
        "note": "",
        "request_id": "0123456789abcdef",
        "address": "10.1.1.8",
        "previous": previous,
        **more,
    }
    return made | {"digest": entry_digest(made)}


def log(days: int = 4, chains: tuple[int, ...] = (0, 3, 8)) -> tuple[list[Record], list[Record]]:
    """Roots and entries: one of each chain a day."""
    entries: dict[int, list[Record]] = {chain: [] for chain in chains}
    roots: list[Record] = []
    for day in range(1, days + 1):
        for chain, own in entries.items():
            own.append(entry(chain, day, own[-1]["digest"] if own else ""))
        root: Record = {
            "day": (date(2026, 11, 1) + timedelta(days=day - 1)).isoformat(),
            "heads": [[chain, len(own), own[-1]["digest"]] for chain, own in entries.items()],
            "made_at": "2026-12-01T00:00:00+00:00",
            "previous": roots[-1]["digest"] if roots else "",
        }
        roots.append(root | {"digest": entry_digest(root)})
    return roots, [one for own in entries.values() for one in own]


def header(entries: list[Record], starts: dict[int, tuple[int, str]] | None = None, since: str | None = None) -> Record:
    ends = {one["chain"]: [one["chain"], one["number"], one["digest"]] for one in entries}
    return {
        "made_at": "2026-12-01T00:00:00+00:00",
        "from": since,
        "until": None,
        "starts": [[chain, *(starts or {}).get(chain, (0, ""))] for chain in ends],
        "heads": list(ends.values()),
    }


def export(roots: list[Record], entries: list[Record], **more: Any) -> bytes:
    return b"".join(lines_of(header(entries, **more), roots, entries))


WHOLE = export(*log())
PUBLISHED = {one["day"]: one["digest"] for one in log()[0]}


def check(content: bytes, folder: Path, published: dict[str, str] | None = None) -> list[str]:
    file = folder / "log.jsonl"
    file.write_bytes(content)
    try:
        return [str(one) for one in verify([file], published).defects]
    except ForeignFileError as error:  # all that says it was one is gone
        return [error.met]


def test_a_whole_log_is_whole(tmp_path: Path) -> None:
    assert check(WHOLE, tmp_path, PUBLISHED) == []


@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_any_single_mutation_of_an_export_is_found(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    kind = data.draw(st.sampled_from(("byte", "insert", "delete", "cut", "line", "twice", "swap", "blank")))
    lines = WHOLE.splitlines(keepends=True)
    at = data.draw(st.integers(0, len(WHOLE) - 1))
    row = data.draw(st.integers(0, len(lines) - 1))
    if kind == "byte":
        other = data.draw(st.integers(0, 255).filter(lambda value: value != WHOLE[at]))
        changed = WHOLE[:at] + bytes([other]) + WHOLE[at + 1 :]
    elif kind == "insert":
        changed = WHOLE[:at] + bytes([data.draw(st.integers(0, 255))]) + WHOLE[at:]
    elif kind == "delete":
        changed = WHOLE[:at] + WHOLE[at + 1 :]
    elif kind == "cut":
        changed = WHOLE[:at]
    else:
        changed_lines = list(lines)
        if kind == "line":
            del changed_lines[row]
        elif kind == "twice":
            changed_lines.insert(data.draw(st.integers(0, len(lines))), lines[row])
        elif kind == "swap":
            other_row = data.draw(st.integers(0, len(lines) - 1).filter(lambda value: value != row))
            changed_lines[row], changed_lines[other_row] = lines[other_row], lines[row]
        else:
            changed_lines.insert(row, b"\n")
        changed = b"".join(changed_lines)
    assert check(changed, tmp_path_factory.getbasetemp()), f"{kind} went unseen"


def _values(record: Record) -> list[tuple[str, ...]]:
    """Where a record has values, ``before`` and ``after`` by their fields."""
    found: list[tuple[str, ...]] = []
    for name, value in record.items():
        found += [(name, inner) for inner in value] if isinstance(value, dict) else [(name,)]
    return found


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_what_is_forged_with_care_is_found_too(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The line that ends the file, and where they matter digests, are computed anew: chains and roots still do not fit."""
    roots, entries = log()
    kind = data.draw(
        st.sampled_from(("edit", "edit and digest", "gap", "swap", "twice", "chain", "end", "root", "rewritten"))
    )
    row = data.draw(st.integers(0, len(entries) - 1))
    ends = header(entries)
    if kind.startswith("edit"):
        path = data.draw(
            st.sampled_from(_values({key: value for key, value in entries[row].items() if key != "digest"}))
        )
        changed = json.loads(json.dumps(entries[row]))
        place = changed
        for name in path[:-1]:
            place = place[name]
        old = place[path[-1]]
        place[path[-1]] = old + 1 if isinstance(old, int) else f"{old}改"
        if "digest" in kind:
            changed["digest"] = entry_digest(changed)
        entries[row] = changed
    elif kind == "gap":
        del entries[row]
    elif kind == "swap":
        other = data.draw(
            st.integers(0, len(entries) - 1).filter(lambda n: n != row and entries[n]["chain"] == entries[row]["chain"])
        )
        entries[row], entries[other] = entries[other], entries[row]
    elif kind == "twice":
        entries.insert(row, entries[row])
    elif kind == "chain":
        gone = entries[row]["chain"]
        entries = [one for one in entries if one["chain"] != gone]
        ends = header(entries)
    elif kind == "end":
        last = data.draw(st.integers(1, 3))
        entries = [one for one in entries if one["number"] <= last]
        roots = roots[:last]
        ends = header(entries)
    elif kind == "root":
        del roots[data.draw(st.integers(0, len(roots) - 1))]
    else:  # the whole log anew, every digest right
        roots, entries = log(chains=(0, 3, 8))
        entries = [one | {"actor": "别人"} for one in entries]
        before: dict[int, str] = {}
        for number, one in enumerate(entries):
            made = one | {"previous": before.get(one["chain"], "")}
            entries[number] = made | {"digest": entry_digest(made)}
            before[one["chain"]] = entries[number]["digest"]
        by_place = {(one["chain"], one["number"]): one["digest"] for one in entries}
        previous = ""
        for number, root in enumerate(roots):
            heads = [[chain, last, by_place[chain, last]] for chain, last, _ in root["heads"]]
            made = root | {"heads": heads, "previous": previous}
            roots[number] = made | {"digest": entry_digest(made)}
            previous = roots[number]["digest"]
        ends = header(entries)
    content = b"".join(lines_of(ends, roots, entries))
    assert check(content, tmp_path_factory.getbasetemp(), PUBLISHED), f"{kind} went unseen"


def test_a_rewritten_log_is_whole_to_who_has_no_published_root(tmp_path: Path) -> None:
    """What the chain alone does not prove, said in docs/audit.md: keep it true."""
    roots, entries = log(days=2)
    assert check(export(roots, entries), tmp_path) == []
    assert check(export(roots, entries), tmp_path, PUBLISHED)


def test_files_of_a_range_each_follow_one_another(tmp_path: Path) -> None:
    roots, entries = log()
    starts = {chain: (number, digest) for chain, number, digest in roots[1]["heads"]}
    one, two = tmp_path / "z.jsonl", tmp_path / "a.jsonl"
    one.write_bytes(export(roots[:2], [row for row in entries if row["number"] <= 2]))
    two.write_bytes(export(roots[1:], [row for row in entries if row["number"] > 2], starts=starts, since="2026-11-03"))
    both = verify([two, one], PUBLISHED)
    assert (both.defects, both.notes) == ([], [])
    assert both.chains == {0: (1, 4), 3: (1, 4), 8: (1, 4)}
    alone = verify([two])
    assert alone.defects == []
    assert alone.notes == ["每日根从 2026-11-02 起：以前的不在这些文件里"]
    assert any("接不上" in str(defect) for defect in verify([one, one]).defects)
    two.write_bytes(export(roots[3:], [row for row in entries if row["number"] > 3], starts=starts, since="2026-11-03"))
    assert verify([one, two]).defects


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            lambda text: text.replace("王芳", "李芳", 1),
            "链 0 第1条的内容被改过（招商费用1，2026-11-01T02:00:00.000+00:00）",
        ),
        (lambda text: "".join(text.splitlines(keepends=True)[:-1]), "末尾被截断"),
        (lambda text: text.replace("\n", "\r\n"), "不是导出时写的样子"),
    ],
)
def test_the_command_says_where_and_what(
    change: Callable[[str], str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "log.jsonl"
    file.write_bytes(change(WHOLE.decode()).encode())
    assert main(["audit", "verify", str(file)]) == 1
    assert words in capsys.readouterr().out


def test_the_command_on_a_whole_log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "log.jsonl"
    file.write_bytes(WHOLE)
    assert main(["audit", "verify", str(file)]) == 0
    told = capsys.readouterr().out
    assert "3条链 12条记录、4个每日根：没有改动" in told
    assert PUBLISHED["2026-11-04"] in told
    assert main(["audit", "verify", str(file), "--root", f"2026-11-04={PUBLISHED['2026-11-04']}"]) == 0
    assert main(["audit", "verify", str(file), "--root", f"2026-11-04={'0' * 64}", "--format", "json"]) == 1
    assert main(["audit", "verify", str(tmp_path / "nowhere")]) == 2
    with pytest.raises(SystemExit):
        main(["audit", "verify", str(file), "--root", "11月"])
    assert "要写成" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "met"),
    [
        (b"", "文件是空的"),
        (b"PK\x03\x04\x14\x00\x06\x00\x08", "里面没有审计日志的记录"),
        ("单位,金额\n县商务局,3\n".encode("gbk"), "里面没有审计日志的记录"),
        (b'{"entries": []}\n{"exports": 1}\n[1]\n3\n', "里面没有审计日志的记录"),
    ],
)
def test_a_file_that_is_no_export_is_told_in_one_line_with_what_is_expected(
    content: bytes, met: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own, other = tmp_path / "log.jsonl", tmp_path / "账.xlsx"
    own.write_bytes(WHOLE)
    other.write_bytes(content)
    assert main(["audit", "verify", str(own), str(other)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    (line,) = told.err.splitlines()
    assert f"账.xlsx 不是审计日志的导出文件：{met}" in line
    assert "“日志”页" in line


def test_a_log_of_which_little_is_left_is_a_changed_log_and_no_other_file(tmp_path: Path) -> None:
    last = WHOLE.splitlines(keepends=True)[-1]
    for rest in (last, b"?" * 40 + b"\n" + WHOLE, WHOLE.replace(b'{"export"', b'{"exprot"', 1)):
        file = tmp_path / "log.jsonl"
        file.write_bytes(rest)
        assert verify([file]).defects


@pytest.mark.process
def test_checking_needs_no_django() -> None:
    """The file is checked where the workspace is not installed."""
    import subprocess
    import sys

    ask = (
        "import sys, jixiao.cli.audit; sys.exit(any(name.split('.')[0] in ('django', 'ninja') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", ask], check=False).returncode == 0


@given(st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
))  # fmt: skip
def test_any_value_has_one_normal_form_that_json_keeps(value: Any) -> None:
    made = normal(value)
    assert normal(made) == made
    assert json.loads(canonical(made)) == made


def test_text_is_kept_sign_for_sign() -> None:
    assert normal({"e\u0301": "\u00e9", "x": "a\0b\ud800"}) == {"e\u0301": "\u00e9", "x": "a␀b�"}
    assert normal([1.0, 1e300, -0.0, float("nan"), 2**70, True]) == ["1.0", "1e+300", "-0.0", "nan", 2**70, True]
