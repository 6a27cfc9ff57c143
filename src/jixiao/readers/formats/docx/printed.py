"""Makes the XML of a Word document say what is printed, so that readers need no exceptions.

Tracked changes are accepted, hidden words go, signs of symbol fonts become those signs, text boxes, nested tables
and embedded files move behind the paragraph or table they are in. Each step runs only where its elements occur.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jixiao.readers.formats.docx.package import MC, OLE, R_ID, M, Package, W
from jixiao.readers.raw.symbols import is_symbol_font, signs

_BOX = W + "txbxContent"
ALT_CHUNK = W + "altChunk"
HOST, IN_HOST, IN_ROW, IN_COLUMN = "jixiao-host", "jixiao-in", "jixiao-row", "jixiao-column"
"""Attributes that tell of a nested table where it stood"""
_P, _R, _T, _TBL, _TR, _TC = W + "p", W + "r", W + "t", W + "tbl", W + "tr", W + "tc"
_PPR, _RPR, _TRPR, _TCPR = W + "pPr", W + "rPr", W + "trPr", W + "tcPr"
_VAL, _SPAN = W + "val", W + "gridSpan"
_OFF = ("0", "false", "off")
_OLD_PROPERTIES = tuple(
    W + name
    for name in ("pPrChange", "rPrChange", "tcPrChange", "trPrChange", "tblPrChange", "tblPrExChange", "sectPrChange")
)
_DELETED = (W + "del", W + "moveFrom", W + "cellDel")
_LONGEST_TOLD = 60
_EQUATIONS = ("Equation", "MathType", "KWPSEquation", "WPSEquation")

Found = list[tuple[str, str]]
"""(what was left out, its words): ``hidden``, ``placeholder``, ``equation``"""


def leave_only_printed(package: Package) -> Found:
    """Change the body so that every w:t in it is printed text in its place; returns what was left out."""
    body = package.body
    found: Found = []
    for tags, step in _STEPS:
        if package.has(*tags):
            step(body)
    if b'"Wingdings' in package.xml or b'"Symbol"' in package.xml:
        _print_symbols(body)
    if package.has(W + "showingPlcHdr"):
        _empty_placeholders(body, found)
    styles = _hidden_styles(package)
    if styles or package.has(W + "vanish", W + "hidden"):
        _drop_hidden(body, found, styles)
    if package.has(_BOX, OLE, ALT_CHUNK) or package.nests_tables:
        _hoist(body, found)
    return found


# --- what is not printed -----------------------------------------------------------------------------------


def _is_on(element: Any) -> bool:
    return element is not None and element.get(_VAL) not in _OFF


def _drop(element: Any) -> None:
    parent = None if element is None else element.getparent()
    if parent is not None:
        parent.remove(element)


def _above(element: Any, tag: str) -> Any:
    """The grandparent of a mark in the properties of ``tag``: what the mark is about; None where it stands elsewhere."""
    parent = element.getparent()
    return parent.getparent() if parent is not None and parent.tag == tag else None


def _all(body: Any, *tags: str) -> list[Any]:
    """Elements to change: listed first, as a tree must not change under its iterator."""
    return list(body.iter(*tags))


def _drop_alternatives(body: Any) -> None:
    """Of the renderings of one thing the first is printed; the fallback where there is no other."""
    for one in _all(body, MC + "AlternateContent"):
        for other in list(one)[1:]:
            one.remove(other)


def _drop_old_properties(body: Any) -> None:
    for element in _all(body, *_OLD_PROPERTIES):
        _drop(element)


def _accept_changes(body: Any) -> None:
    """What was deleted or moved away: words, paragraph ends, cells and rows."""
    for element in _all(body, *_DELETED):
        parent = element.getparent()
        if parent is None:
            continue
        if parent.tag in (_TRPR, _TCPR):
            _drop(parent.getparent())
        elif parent.tag == _RPR:
            _join_to_next(_above(parent, _PPR))
        else:
            parent.remove(element)


def _join_to_next(paragraph: Any) -> None:
    """A paragraph whose end was deleted goes on in the next one, which gives both its properties."""
    following = None if paragraph is None else paragraph.getnext()
    if following is None or following.tag != _P or paragraph.tag != _P:
        return
    at = 1 if len(following) and following[0].tag == _PPR else 0
    following[at:at] = [child for child in paragraph if child.tag != _PPR]
    _drop(paragraph)


def _drop_readings(body: Any) -> None:
    for element in _all(body, W + "rt"):
        _drop(element)


def _hidden_styles(package: Package) -> frozenset[str]:
    """Styles that hide their words, such as the frame that Word puts round words pasted from a web form."""
    styles = package.text("styles") if package.styles else b""
    if b"vanish" not in styles:
        return frozenset()
    return frozenset(
        style.split(b'w:styleId="', 1)[1].split(b'"', 1)[0].decode("utf-8", "replace")
        for style in styles.split(b"<w:style ")[1:]
        if b"<w:vanish/>" in style and b'w:styleId="' in style
    )


def _drop_hidden(body: Any, found: Found, styles: frozenset[str]) -> None:
    """Runs with the property hidden (their own or that of their style) and hidden rows."""
    for run in _all(body, _R):
        properties = run.find(_RPR)
        own = None if properties is None else properties.find(W + "vanish")
        if (own is None and styles and _styled(run, properties) & styles) or _is_on(own):
            _tell(found, "hidden", run)
            _drop(run)
    for element in _all(body, W + "hidden"):
        row = _above(element, _TRPR)
        if row is not None and _is_on(element):
            _tell(found, "hidden", row)
            _drop(row)


def _styled(run: Any, properties: Any) -> frozenset[str]:
    """The character and paragraph styles that hold for a run."""
    own = None if properties is None else properties.find(W + "rStyle")
    paragraph = run.getparent()
    outer = paragraph.find(f"{_PPR}/{W}pStyle") if paragraph is not None and paragraph.tag == _P else None
    return frozenset(style.get(_VAL) or "" for style in (own, outer) if style is not None)


def _empty_placeholders(body: Any, found: Found) -> None:
    """A content control nobody filled in shows what to type: no words of the author."""
    for mark in _all(body, W + "showingPlcHdr"):
        control = _above(mark, W + "sdtPr") if _is_on(mark) else None
        content = None if control is None else control.find(W + "sdtContent")
        if content is not None:
            _tell(found, "placeholder", content)
            for text in content.iter(_T):
                text.text = ""


def _tell(found: Found, what: str, element: Any) -> None:
    words = " ".join("".join(t.text or "" for t in element.iter(_T)).split())
    if words:
        found.append((what, words[:_LONGEST_TOLD]))


# --- what is printed otherwise -----------------------------------------------------------------------------


def _print_symbols(body: Any) -> None:
    for fonts in _all(body, W + "rFonts"):
        run = _above(fonts, _RPR)
        font = fonts.get(W + "ascii") or fonts.get(W + "hAnsi")
        if run is not None and run.tag == _R and is_symbol_font(font):
            for text in run.findall(_T):
                text.text = signs(font, text.text or "")


def _print_form_fields(body: Any) -> None:
    """Check boxes and lists of old form fields: what they show is stored as a state, not as words."""
    for data in _all(body, W + "ffData"):
        box, choices = data.find(W + "checkBox"), data.find(W + "ddList")
        if box is not None:
            state = box.find(W + "checked")
            state = box.find(W + "default") if state is None else state
            _print_in(data, "☑" if _is_on(state) else "□")
        elif choices is not None:
            entries = [e.get(_VAL) or "" for e in choices.findall(W + "listEntry")]
            result = choices.find(W + "result")
            chosen = (result.get(_VAL) or "0") if result is not None else "0"
            if chosen.isascii() and chosen.isdigit() and len(chosen) < 5 and int(chosen) < len(entries):
                _print_in(data, entries[int(chosen)])


def _print_in(element: Any, words: str) -> None:
    text = element.makeelement(_T)
    text.text = words
    element.append(text)


def _print_fractions(body: Any) -> None:
    for denominator in _all(body, M + "den"):
        if (first := next(denominator.iter(M + "t"), None)) is not None:
            first.text = f"/{first.text or ''}"


def _join_cells(body: Any) -> None:
    """Cells merged sideways the old way (hMerge) become one that covers their columns."""
    for mark in _all(body, W + "hMerge"):
        cell = _above(mark, _TCPR)
        before = None if cell is None else cell.getprevious()
        if mark.get(_VAL) == "restart" or before is None or before.tag != _TC:
            continue
        properties = before.find(_TCPR)
        if properties is None:
            properties = before.makeelement(_TCPR)
            before.insert(0, properties)
        span = properties.find(_SPAN)
        if span is None:
            span = properties.makeelement(_SPAN)
            properties.append(span)
        span.set(_VAL, str(_columns(span) + _columns(cell.find(f"{_TCPR}/{_SPAN}"))))
        before.extend([child for child in cell if child.tag != _TCPR and next(child.iter(_T), None) is not None])
        _drop(cell)


def _columns(span: Any) -> int:
    value = "1" if span is None else span.get(_VAL) or "1"
    return max(1, int(value)) if value.isascii() and value.isdigit() and len(value) < 5 else 1


# --- what stands elsewhere ---------------------------------------------------------------------------------


def _hoist(body: Any, found: Found) -> None:
    """Text boxes behind their paragraph, in its cell; nested tables and embedded files behind the outermost table."""
    last: dict[Any, Any] = {}  # paragraph or table → what was last put behind it
    for n, element in enumerate(_all(body, _BOX, _TBL, OLE, ALT_CHUNK)):
        table = _outermost(element, _TBL, body)
        if element.tag == _TBL and table is not None:
            _mark_inside(element, str(n))
        if element.tag == _BOX:
            _put_behind(next(element.iterancestors(_P), None), list(element), last)
            _drop(element)
        elif element.tag != OLE:
            _put_behind(table, [element], last)
        elif (element.get("ProgID") or "").startswith(_EQUATIONS):
            found.append(("equation", ""))
        else:
            chunk = element.makeelement(ALT_CHUNK)
            chunk.set(R_ID, element.get(R_ID) or "")
            _put_behind(table if table is not None else _outermost(element, _P, body), [chunk], last)


def _mark_inside(table: Any, mark: str) -> None:
    """Note on a nested table in which row and column of which table it stood, before it is moved."""
    cell = next(table.iterancestors(_TC), None)
    row = next(table.iterancestors(_TR), None)
    host = next(table.iterancestors(_TBL))
    if cell is None or row is None:
        return
    rows = [one for one in host.iter(_TR) if next(one.iterancestors(_TBL)) is host]
    before = row.find(f"{_TRPR}/{W}gridBefore")
    column = 0 if before is None else _columns(before)
    for one in row.iter(_TC):
        if one is cell:
            break
        column += _columns(one.find(f"{_TCPR}/{_SPAN}")) if next(one.iterancestors(_TBL)) is host else 0
    host.set(HOST, host.get(HOST) or mark)
    for name, value in ((IN_HOST, host.get(HOST)), (IN_ROW, rows.index(row)), (IN_COLUMN, column)):
        table.set(name, str(value))


def _outermost(element: Any, tag: str, body: Any) -> Any:
    """The outermost element of this name around ``element``; None where there is none."""
    found = None
    for one in element.iterancestors():
        if one is body:
            break
        if one.tag == tag:
            found = one
    return found


def _put_behind(anchor: Any, elements: list[Any], last: dict[Any, Any]) -> None:
    if anchor is None:
        return
    at = last.get(anchor, anchor)
    for element in elements:
        at.addnext(element)
        at = element
    last[anchor] = at


_STEPS: tuple[tuple[tuple[str, ...], Callable[[Any], None]], ...] = (
    ((MC + "AlternateContent",), _drop_alternatives),
    (_OLD_PROPERTIES, _drop_old_properties),
    (_DELETED, _accept_changes),
    ((W + "rt",), _drop_readings),
    ((W + "ffData",), _print_form_fields),
    ((M + "den",), _print_fractions),
    ((W + "hMerge",), _join_cells),
)
