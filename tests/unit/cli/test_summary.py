import pytest

from holdspace.cli._summary import printable

pytestmark = pytest.mark.unit


def test_printable_keeps_words_and_drops_what_steers_a_terminal() -> None:
    assert printable("a\x1b[31mred\x1b[0m\x07\nשלום 🙂") == "a[31mred[0m שלום 🙂"
