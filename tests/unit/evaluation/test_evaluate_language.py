import gzip
from pathlib import Path

import pytest

from holdspace.constructs import catalogue
from holdspace.evaluation._errors import DataMissing
from holdspace.evaluation.language import clause_time, evaluate_questions, evaluate_tense

pytestmark = pytest.mark.unit

CORPORA = Path(__file__).parents[3] / "corpora"


def test_catalogue_gives_the_figures_that_the_command_prints():
    metrics = {name: metric.to_dict() for name, metric in evaluate_tense(CORPORA).items()}

    for tense in ("past", "present", "future"):
        measured = catalogue()[f"language:{tense}_focus"].measured
        for name in ("precision", "recall"):
            printed = metrics[f"tense/{name}/{tense}"]
            assert {
                "value": getattr(measured, name),
                "low": getattr(measured, f"{name}_low"),
                "high": getattr(measured, f"{name}_high"),
            } == printed
        value, low, high = (round(100 * metrics["tense/accuracy"][key]) for key in ("value", "low", "high"))
        limits = catalogue()[f"language:{tense}_focus"].limits
        assert any(f"in {value} % (95 % interval {low} to {high})" in limit for limit in limits)


def test_clause_time_takes_the_majority_and_the_marked_time_at_a_tie():
    assert clause_time("I went and cried and I know it") == "past"
    assert clause_time("I think he left") == "past"
    assert clause_time("I hope he'll come") == "future"
    assert clause_time("A cup of tea.") == "none"


QUESTIONS = """transcript_id,utterance_id,interlocutor,utterance_text,question_exists
1,0,therapist,How are you?,True
1,1,client,Are you well?,True
1,2,therapist,"I wonder, how that was.",True
1,3,therapist,You went?,False
1,3,therapist,You went?,True
1,4,therapist,I see.,False
"""


def test_questions_are_compared_with_the_first_coder(tmp_path):
    folder = tmp_path / "eval" / "annomi_dev"
    folder.mkdir(parents=True)
    with gzip.open(folder / "annomi_dev.csv.gz", "wt", encoding="utf-8") as file:
        file.write(QUESTIONS)

    values = {name: metric.value for name, metric in evaluate_questions(tmp_path).items()}

    assert values == {
        "questions/utterances": 4,
        "questions/asking": 2,
        "questions/precision": 0.5,
        "questions/recall": 0.5,
        "questions_unpunctuated/precision": 1.0,
        "questions_unpunctuated/recall": 0.5,
    }


@pytest.mark.parametrize("evaluate", [evaluate_tense, evaluate_questions])
def test_without_the_data_the_evaluation_says_so(tmp_path, evaluate):
    with pytest.raises(DataMissing):
        evaluate(tmp_path)
