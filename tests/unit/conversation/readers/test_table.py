import pytest

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("speaker,text,start,end\nT,Hello.,1.5,2\nC,Hi.,3,4.25\n", "session.csv"),
        ("Start;End;Speaker;Utterance\n0:01.5;0:02;T;Hello.\n0:03;0:04.25;C;Hi.\n", "session.csv"),
        ("Who\tWhat was said\tBegin time\tEnd time\nT\tHello.\t1.5\t2\nC\tHi.\t3\t4.25\n", "session.tsv"),
        ("text|name|start_ms|end_ms\nHello.|T|1500|2000\nHi.|C|3000|4250\n", "table"),
        ("T,00:00:01.5,00:00:02.0,Hello.\nC,00:00:03.0,00:00:04.25,Hi.\n", "session.csv"),
        ("00:00:01.5\t00:00:02.0\tT\tHello.\n00:00:03.0\t00:00:04.25\tC\tHi.\n", "session.txt"),
        ("sep=;\nTexto;Hablante;Inicio;Fin\nHello.;T;1,5;2\nHi.;C;3;4,25\n", "session.csv"),
    ],
)
def test_columns_and_delimiters_are_found(read_text, said, times, text, name):
    conversation = read_text(text, name=name)

    assert conversation.source.format == "csv"
    assert said(conversation) == [("T", "Hello."), ("C", "Hi.")]
    assert times(conversation) == [(1.5, 2.0), (3.0, 4.25)]


def test_role_and_id_columns(read_text, said):
    conversation = read_text("utterance_id,speaker,role,text\na7,Anna,patient,Hi.\nb2,Sam,Therapist,Hello.\n")

    assert [utterance.id for utterance in conversation.utterances] == ["a7", "b2"]
    assert [(speaker.name, speaker.role.value) for speaker in conversation.speakers] == [
        ("Anna", "client"),
        ("Sam", "therapist"),
    ]
    assert conversation.speakers[0].role_reason == "The source states the role: client."


def test_a_role_column_alone_names_the_speakers(read_text, said):
    conversation = read_text("role,content\nuser,I am sad.\nassistant,I hear you.\n")

    assert said(conversation) == [("user", "I am sad."), ("assistant", "I hear you.")]
    assert [speaker.role.value for speaker in conversation.speakers] == ["client", "companion"]


def test_ids_that_come_twice_are_not_used(read_text):
    conversation = read_text("id,speaker,text\n1,T,Hello.\n1,C,Hi.\n")

    assert [utterance.id for utterance in conversation.utterances] == ["u1", "u2"]


def test_dates_become_seconds_from_the_first(read_text, times):
    conversation = read_text("when,who,message\n2024-05-01 10:00:05,A,Hi.\n2024-05-01T10:00:07.500,B,Ho.\n")

    assert times(conversation) == [(0.0, None), (2.5, None)]


def test_quoted_cells_may_hold_delimiters_quotes_and_line_breaks(read_text, said):
    conversation = read_text('speaker,text\nT,"So, ""well"",\nthen?"\nC,Hi.\n')

    assert said(conversation) == [("T", 'So, "well",\nthen?'), ("C", "Hi.")]


def test_a_stray_quote_swallows_nothing_and_is_reported(read_text, said, skipped_lines):
    conversation = read_text(
        'speaker,text\nT,"I said hello\nC,Hi, you\nT,"So, then"\nC,"Never closed\nT,Well.\n'
    )

    assert said(conversation) == [
        ("T", '"I said hello'),
        ("C", "Hi, you"),
        ("T", "So, then"),
        ("C", '"Never closed'),
        ("T", "Well."),
    ]
    assert skipped_lines(conversation) == [2, 3, 5]


def test_rows_that_do_not_fit_are_reported_by_line(read_text, said, times):
    conversation = read_text(
        "Exported by hand\nspeaker,text,start\nT,Hello.,1\n\nC\nC,Hi, there,2\nT,So.,noon\n",
        name="session.csv",
    )

    assert said(conversation) == [("T", "Hello."), ("C", "Hi, there"), ("T", "So.")]
    assert times(conversation) == [(1.0, None), (2.0, None), (None, None)]
    assert [(notice.line, notice.reason) for notice in conversation.skipped] == [
        (1, "This stands before the header of the table."),
        (5, "The row has 1 cells and none where the words should be."),
        (6, "The row has more cells than columns; the words were taken to have delimiters in them."),
        (7, "A time cannot be read; the words are kept without it."),
    ]


def test_one_conversation_of_several_is_read_and_the_others_reported(read_text, said):
    text = "conversation_id,speaker,text\nc1,A,One.\nc2,B,Two.\nc1,A,Three.\nc2,B,Four.\n"

    first, second = read_text(text), read_text(text, conversation_id="c2")

    assert said(first) == [("A", "One."), ("A", "Three.")]
    assert [notice.line for notice in first.skipped] == [3]
    assert said(second) == [("B", "Two."), ("B", "Four.")]


def test_a_table_named_so_with_labelled_lines_is_plain_text(read_text, said):
    conversation = read_text("T: Hello, you, there.\nC: Hi, hi.\nT: So.\n", name="session.csv")

    assert conversation.source.format == "text"
    assert said(conversation)[0] == ("T", "Hello, you, there.")


def test_a_word_of_a_header_that_is_said_makes_no_header(read_text, said):
    conversation = read_text("T,Hello there.\nC,Words\nT,Go on.\n", name="session.csv")

    assert said(conversation) == [("T", "Hello there."), ("C", "Words"), ("T", "Go on.")]


def test_a_long_cell_is_read(read_text):
    conversation = read_text(f"speaker,text\nT,{'word ' * 60_000}\n")

    assert len(conversation.utterances[0].text) == 299_999
