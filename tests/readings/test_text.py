"""Finding alike texts, and words in texts, without holding each against each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jixiao.readings.text import Alike, Finder, any_of, likeness

WORDS = st.text(alphabet="完成招商引资项目任务十个企业", min_size=1, max_size=14)


@given(st.lists(WORDS, min_size=2, max_size=12), st.sampled_from([0.5, 0.8, 0.9, 1.0]))
def test_no_alike_text_is_overlooked(texts: list[str], threshold: float) -> None:
    index = Alike(threshold, texts)
    for n, text in enumerate(texts):
        assert {k for k in range(n) if likeness(texts[k], text) >= threshold} <= set(index.candidates(text))
        assert index.add(text) == n


def test_unlike_texts_are_left_out() -> None:
    index = Alike(0.9)
    index.add("完成招商引资项目签约四十个")
    assert index.candidates("全县农村公路日常养护里程") == []


@given(
    st.lists(st.text(alphabet="做为入住紧定", min_size=1, max_size=4), min_size=1, max_size=8),
    st.text(alphabet="做为入住紧定了", max_size=30),
)
def test_finder_finds_what_a_pattern_finds(words: list[str], text: str) -> None:
    found = [(m.start(), m.group()) for m in any_of(tuple(words)).finditer(text)]
    assert list(Finder(words).in_text(text)) == found
