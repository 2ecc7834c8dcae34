import pytest

pytestmark = pytest.mark.unit


def vtt(*cues: str) -> str:
    return "WEBVTT\n\n" + "\n\n".join(cues) + "\n"


def test_teams_voices_are_speakers(read_text, said, times):
    conversation = read_text(
        vtt(
            "9f2c/1-0\n00:00:01.000 --> 00:00:03.500\n<v Anna Lee>Good morning.</v>",
            "00:03.600 --> 01:00:05.000 align:start position:0%\n<v.loud.first Ben O'Neil>Morning.",
        )
    )

    assert said(conversation) == [("Anna Lee", "Good morning."), ("Ben O'Neil", "Morning.")]
    assert times(conversation) == [(1.0, 3.5), (3.6, 3605.0)]
    assert conversation.source.format == "vtt"
    assert conversation.skipped == ()


def test_two_voices_in_one_cue_are_two_utterances(read_text, said):
    conversation = read_text(vtt("00:01.000 --> 00:02.000\n<v Anna>Hi.</v> <v Ben>Oh, hi!</v>"))

    assert said(conversation) == [("Anna", "Hi."), ("Ben", "Oh, hi!")]


def test_zoom_names_before_a_colon_are_speakers_and_colons_in_speech_are_not(read_text, said):
    conversation = read_text(
        vtt(
            "1\n00:01.000 --> 00:02.000\nAnna Lee: How was it?",
            "2\n00:02.000 --> 00:03.000\nBen: So I said: no.\nAnd then: nothing.",
            "3\n00:05.000 --> 00:06.000\nThen he left.",
            "4\n00:07.000 --> 00:08.000\nAnna Lee: Mm.",
        )
    )

    assert said(conversation) == [
        ("Anna Lee", "How was it?"),
        ("Ben", "So I said: no. And then: nothing."),
        ("Ben", "Then he left."),
        ("Anna Lee", "Mm."),
    ]


def test_plain_cues_are_of_one_speaker(read_text, said):
    conversation = read_text(
        vtt("00:01.000 --> 00:02.000\nGood\nmorning.", "00:03.000 --> 00:04.000\nHow are you?")
    )

    assert said(conversation) == [("Speaker", "Good morning."), ("Speaker", "How are you?")]


def test_tags_and_entities_are_resolved_and_other_angle_brackets_are_words(read_text, said):
    conversation = read_text(
        vtt(
            "00:01.000 --> 00:02.000\n"
            "<v Anna &amp; Ben><i>So</i> <c.yellow>tired</c> &amp;<00:01.500> sad "
            "&lt;3 <3 3 < 4 <script>x()</script></v>"
        )
    )

    assert said(conversation) == [("Anna & Ben", "So tired & sad <3 <3 3 < 4 <script>x()</script>")]


def test_markup_typed_into_a_name_stays_text(read_text, said):
    conversation = read_text(vtt("00:01.000 --> 00:02.000\n<v <script>alert(1)</script>>Hello.</v>"))

    assert said(conversation) == [("<script>alert(1)</script>", "Hello.")]


def test_a_cue_cut_within_a_sentence_is_joined_with_the_next_of_the_same_speaker(read_text, said, times):
    conversation = read_text(
        vtt(
            "00:01.000 --> 00:02.000\n<v Anna>I was so tired,</v>",
            "00:02.500 --> 00:04.000\n<v Anna>Ben, and then I</v>",
            "00:04.000 --> 00:05.000\n<v Anna>fell asleep.</v>",
            "00:05.000 --> 00:06.000\n<v Anna>and woke.</v>",
        )
    )

    assert said(conversation) == [
        ("Anna", "I was so tired, Ben, and then I fell asleep."),
        ("Anna", "and woke."),
    ]
    assert times(conversation) == [(1.0, 5.0), (5.0, 6.0)]


@pytest.mark.parametrize(
    "second",
    [
        "00:03.100 --> 00:04.000\n<v Anna>and slept</v>",  # more than a second later
        "00:02.000 --> 00:04.000\n<v Ben>and slept</v>",  # somebody else
        "00:02.000 --> 00:04.000\n<v Anna>And slept</v>",  # a new sentence
        "00:01.500 --> 00:04.000\n<v Anna>and slept</v>",  # at the same time
    ],
)
def test_other_cues_stay_apart(read_text, second):
    conversation = read_text(vtt("00:01.000 --> 00:02.000\n<v Anna>I was tired</v>", second))

    assert len(conversation.utterances) == 2


def test_captions_without_punctuation_are_not_joined_without_end(read_text):
    cues = [
        f"{i // 60:02}:{i % 60:02}.000 --> {i // 60:02}:{i % 60:02}.900\n{'word ' * 20}" for i in range(100)
    ]

    conversation = read_text(vtt(*cues))

    assert max(len(utterance.text) for utterance in conversation.utterances) <= 1001
    assert sum(len(utterance.text.split()) for utterance in conversation.utterances) == 2000


def test_broken_times_lose_the_times_and_no_words_and_are_reported(read_text, said, times, skipped_lines):
    conversation = read_text(
        vtt(
            "00:00:xx.000 --> 00:00:02.000\n<v Anna>One.</v>",
            "00:00:03.000 --> 00:00:04.000\n<v Ben>Two.</v>",
            "later --> much later\n<v Anna>Three.</v>",
            "00:99:00.000 --> 00:99:01.000\n<v Ben>Four.</v>",
            "00:00:09.000 --> 00:00:08.000\n<v Anna>Five.</v>",
        )
    )

    assert [words for _, words in said(conversation)] == ["One.", "Two.", "Three.", "Four.", "Five."]
    assert times(conversation) == [(None, None), (3.0, 4.0), (None, None), (None, None), (9.0, None)]
    assert skipped_lines(conversation) == [3, 9, 12, 15]


def test_what_is_no_cue_is_reported_by_line(read_text, said, skipped_lines):
    conversation = read_text(
        "WEBVTT - a title\nKind: captions\n\nNOTE\nmade by hand\nwith care\n\nSTYLE\n::cue { color: red }\n\n"
        "Words before any time.\n\n00:01.000 --> 00:02.000\n<v Anna>Hello.\n\nNOTE end\n"
    )

    assert said(conversation) == [("Anna", "Hello.")]
    assert [(notice.line, notice.reason) for notice in conversation.skipped] == [
        (1, "The header of the file, 2 lines."),
        (4, "A NOTE block of 3 lines."),
        (8, "A STYLE block of 2 lines."),
        (11, "A block of 1 line without times, before or between the cues."),
        (16, "A NOTE block of 1 line."),
    ]


def test_missing_and_additional_empty_lines_lose_no_words(read_text, said):
    conversation = read_text(
        "WEBVTT\n00:01.000 --> 00:02.000\n<v Anna>One.</v>\n"
        "00:03.000 --> 00:04.000\n\n<v Ben>Two.</v>\n\nStill two.\n"
    )

    assert said(conversation) == [("Anna", "One."), ("Ben", "Two. Still two.")]


def test_without_a_header_the_times_tell(read_text, said):
    conversation = read_text("00:01.000 --> 00:02.000\nHello.\n", name="captions.vtt")

    assert conversation.source.format == "vtt"
    assert said(conversation) == [("Speaker", "Hello.")]


def test_cues_without_words_are_reported(read_text, said, skipped_lines):
    conversation = read_text(vtt("00:01.000 --> 00:02.000\n...", "00:02.000 --> 00:03.000\n<v Anna>Yes.</v>"))

    assert said(conversation) == [("Anna", "Yes.")]
    assert skipped_lines(conversation) == [3]
