"""The words that a locality knows indicators by, in its ruleset folder: ``lexicon.yaml``, added to those of the program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from jixiao.domain.indicator import IndicatorKind
from jixiao.lexicon import Better, Lexicon, Measure, Routine, lexicon
from jixiao.review.folder_files import ITEMS, MAPPING, TEXT, TEXTS, Kind, YamlFile, meant

LEXICON = "lexicon.yaml"
_GROUP: Mapping[str, Kind] = {
    "better": TEXT, "measures": TEXT, "routine": TEXT, "kinds": TEXTS, "units": TEXTS, "comment": TEXT,
}  # fmt: skip
_CODES: Mapping[str, type[Better] | type[Measure] | type[Routine] | type[IndicatorKind]] = {
    "better": Better, "measures": Measure, "routine": Routine, "kinds": IndicatorKind,
}  # fmt: skip


def local_lexicon(file: YamlFile) -> Lexicon:
    """The lexicon with the terms and words of a file. Raises RulesetFolderError where it is faulty."""
    file.check(file.data, {"source": TEXT}, {"groups": ITEMS, "words": MAPPING})
    groups, words = file.data.get("groups") or [], file.data.get("words") or {}
    for n, group in enumerate(groups):
        file.check(group, {"terms": TEXTS}, _GROUP, "groups", n)
        _known_codes(file, group, n)
    twice = [word for word, times in Counter(w for group in groups for w in group["terms"]).items() if times > 1]
    if twice:
        raise file.wrong(f"“{'、'.join(twice)}”写了两次，请留一处。", "groups")
    shipped = lexicon()
    for meaning, added in words.items():
        if meaning not in shipped.words:
            raise file.wrong(f"没有词表“{meaning}”{meant(str(meaning), shipped.words)}。", "words", meaning)
        if not TEXTS.fits(added):
            raise file.wrong(f"应当是{TEXTS.label}。", "words", meaning)
    return shipped.extended([_without_blanks(group) for group in groups], words, file.data["source"])


def _known_codes(file: YamlFile, group: Mapping[str, object], n: int) -> None:
    for key, codes in _CODES.items():
        given = group.get(key) or []
        for code in [given] if isinstance(given, str) else given if isinstance(given, list) else []:
            if code not in list(codes):
                shown = "、".join(f"{c.value}（{c.label}）" for c in codes)
                raise file.wrong(f"{key} 只能是：{shown}。", "groups", n, key)


def _without_blanks(group: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in group.items() if value is not None}
