import pytest

pytestmark = pytest.mark.unit


def test_numbered_cues(read_text, said, times):
    conversation = read_text(
        "1\n00:00:01,000 --> 00:00:02,250\nGood morning.\nHow are you?\n\n"
        "2\n00:00:03,000 --> 00:00:04,000\nFine.\n",
        name="session.srt",
    )

    assert conversation.source.format == "srt"
    assert said(conversation) == [("Speaker", "Good morning. How are you?"), ("Speaker", "Fine.")]
    assert times(conversation) == [(1.0, 2.25), (3.0, 4.0)]


def test_the_content_tells_whatever_the_extension(read_text):
    conversation = read_text("1\n00:00:01,000 --> 00:00:02,000\nHello.\n", name="session.vtt")

    assert conversation.source.format == "srt"


def test_speakers_before_a_colon(read_text, said):
    conversation = read_text(
        "1\n00:00:01,000 --> 00:00:02,000\nT: How are you?\n\n"
        "2\n00:00:03,000 --> 00:00:04,000\nC: Fine: I slept.\n"
    )

    assert said(conversation) == [("T", "How are you?"), ("C", "Fine: I slept.")]


def test_formatting_is_taken_out_and_angle_brackets_in_words_are_not(read_text, said):
    conversation = read_text(
        '1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<font color="red">So</font> <b>tired</b> <3 &amp; {sad}\n'
    )

    assert said(conversation) == [("Speaker", "So tired <3 & {sad}")]


def test_an_index_without_an_empty_line_before_it_is_not_said(read_text, said):
    conversation = read_text(
        "1\n00:00:01,000 --> 00:00:02,000\nOne.\n2\n00:00:03,000 --> 00:00:04,000\nIt was in\n1984\n"
    )

    assert said(conversation) == [("Speaker", "One."), ("Speaker", "It was in 1984")]


def test_broken_times_lose_the_times_and_no_words(read_text, said, times, skipped_lines):
    conversation = read_text(
        "1\n00:00:01,000 –> 00:00:02,000\nOne.\n\n2\n00:0a:03,000 --> 00:00:04,000\nTwo.\n\n"
        "3\n00:00:05,000 --> 00:00:06,000\nThree.\n",
        name="session.srt",
    )

    assert said(conversation) == [("Speaker", "One."), ("Speaker", "Two."), ("Speaker", "Three.")]
    assert times(conversation) == [(1.0, 2.0), (None, None), (5.0, 6.0)]
    assert skipped_lines(conversation) == [6]
