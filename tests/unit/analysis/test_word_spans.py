import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.analysis.word_spans import count_words, fold, words

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I don’t know, self-esteem's 20%", ["I", "don’t", "know", "self", "esteem's", "20"]),
        ("'tis rock 'n' roll'", ["tis", "rock", "n", "roll"]),
        ("oh [laughs] [cross talk] no", ["oh", "no"]),
        ("a [ b ] c [", ["a", "c"]),
        ("हिन्दी में बात", ["हिन्दी", "में", "बात"]),
        ("e\u0301te\u0301 naïve שָׁלוֹם", ["e\u0301te\u0301", "naïve", "שָׁלוֹם"]),
        ("我很累", ["我很累"]),
        ("__ 🙂 --", []),
    ],
)
def test_words_of_many_scripts(text, found):
    assert [word.text for word in words(text)] == found


@given(st.text())
def test_words_are_verbatim_and_counted_alike(text):
    found = words(text)

    assert all(word.text == text[word.start_char : word.end_char] for word in found)
    assert count_words(text) == len(found)


def test_fold_makes_small_letters_and_straight_apostrophes():
    assert fold("I’M") == "i'm"
