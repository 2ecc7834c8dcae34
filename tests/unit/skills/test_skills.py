"""Every skill, the runner, and which skill is offered."""

from dataclasses import replace

import pytest

from holdspace.constructs import catalogue
from holdspace.skills import (
    AnswerNeeded,
    SkillInvalid,
    UnknownSkill,
    Wish,
    asked_for,
    begin,
    declined,
    fitting,
    go_on,
    skill,
    skill_languages,
    skills,
    step_back,
)
from holdspace.skills._content import parse_skill

pytestmark = pytest.mark.unit
EVERY = [one for language in skill_languages() for one in skills(language=language)]
ANSWERS = {"rate": "5", "ask": "something", "save": "keep"}


def answer_to(step, *, option=0):
    return step.options[option].value if step.options else ANSWERS.get(step.kind, "")


def done(found, *, option=0):
    run = begin(found)
    while not run.is_done:
        step = found.step(run.at)
        run = go_on(run, found, answer=answer_to(step, option=option))
    return run


def test_skills_are_at_least_thirty_and_have_their_source():
    assert len(skills()) >= 30
    assert [one.id for one in skills() if len(one.evidence) < 15 or len(one.caution) < 10] == []


@pytest.mark.parametrize("found", EVERY, ids=lambda one: one.id)
def test_skill_can_be_done_on_every_branch(found):
    widest = max([len(step.options) for step in found.steps] or [1]) or 1
    for option in range(widest):
        run = begin(found)
        for _ in range(60):
            if run.is_done:
                break
            step = found.step(run.at)
            run = go_on(run, found, answer=answer_to(step, option=min(option, len(step.options) - 1)))
        assert run.is_done
        assert run.change(found) == 0


@pytest.mark.parametrize("found", EVERY, ids=lambda one: one.id)
def test_skill_names_signals_that_exist(found):
    known = {one.id.removeprefix("risk:") for one in catalogue().family("risk")}
    assert set(found.not_when) - known == set()


@pytest.mark.parametrize("found", EVERY, ids=lambda one: one.id)
def test_skill_reads_plainly(found):
    words = " ".join([found.name, found.about, found.caution, *(step.text for step in found.steps)])
    assert "!" not in words
    assert "journey" not in words.lower()


def test_go_on_wants_a_number_for_a_rating():
    found = skill("paced_breathing")
    with pytest.raises(AnswerNeeded, match="0 to 10"):
        go_on(begin(found), found, answer="eleven")


def test_go_on_follows_the_option_chosen():
    found = skill("worry_tree")
    run = begin(found)
    for answer in ("rent", "8", "cannot"):
        run = go_on(run, found, answer=answer)
    assert run.at == "letbe"


def test_step_back_keeps_the_answer():
    found = skill("saying_no")
    run = go_on(begin(found), found, answer="my boss wants sunday")
    back = step_back(run)
    assert (back.at, back.answers["ask"]) == ("ask", "my boss wants sunday")
    assert step_back(back) == back


def test_thrown_away_answers_are_gone():
    found = skill("saying_no")
    run = begin(found)
    while found.step(run.at).kind != "save":
        run = go_on(run, found, answer=answer_to(found.step(run.at)))
    run = go_on(run, found, answer="throw_away")
    assert not run.kept
    assert set(run.answers) == {"before", "after", "why"}


def test_change_is_positive_when_it_helped():
    lower, higher = skill("paced_breathing"), skill("activity_planning")
    assert done(lower).change(lower) == 0
    run = go_on(begin(lower), lower, answer="8")
    assert run.change(lower) is None
    for answer in ("", "", "3"):
        run = go_on(run, lower, answer=answer)
    assert run.change(lower) == 5
    assert higher.measure.better == "higher"


def test_fitting_leaves_out_what_must_not_be_offered():
    names = [one.id for one in fitting(Wish(topics=["urge"], feelings=["anger"]), most=9)]
    urge_to_harm = Wish(topics=["urge"], feelings=["anger"], signals=["self_harm_urge"])
    safer = [one.id for one in fitting(urge_to_harm, most=9)]
    assert "urge_surfing" in names
    assert "urge_surfing" not in safer


def test_fitting_offers_first_what_helped_before():
    wish = {"want": "be_calmed", "topics": ["anxiety"], "feelings": ["nervousness"]}
    first = fitting(Wish(**wish), most=9)
    last = first[-1].id
    assert fitting(Wish(**wish, helped={last: 9.0}))[0].id == last


def test_fitting_offers_nothing_without_a_reason():
    assert fitting(Wish(want="be_calmed")) == ()


def test_unknown_skill_is_named():
    with pytest.raises(UnknownSkill):
        skill("tea_leaves")


def test_practice_can_add_a_skill_without_code(tmp_path, monkeypatch):
    text = (
        "name: Tea\nabout: Making tea slowly.\nfamily: self\nminutes: 5\nevidence: none yet\n"
        "caution: Mind the kettle.\nmeasure: {question: How is it?, low: bad, high: good, better: higher}\n"
        "steps:\n  - {id: boil, say: Boil water.}\n"
    ).replace("How is it?", '"How is it?"')
    (tmp_path / "tea.yaml").write_text(text)
    monkeypatch.setenv("HOLDSPACE_SKILLS", str(tmp_path))
    assert skill("tea").steps[0].text == "Boil water."


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ("minutes: 5\n", "file"),
        ("  - {id: boil, say: Boil water.}\n", "steps"),
        ("name: Tea\n", "file"),
    ],
)
def test_wrong_skill_file_says_where(tmp_path, change, where):
    text = (
        "name: Tea\nabout: Slow tea.\nfamily: self\nminutes: 5\nevidence: none\ncaution: Hot.\n"
        'measure: {question: "How?", low: bad, high: good, better: higher}\n'
        "steps:\n  - {id: boil, say: Boil water.}\n"
    )
    path = tmp_path / "tea.yaml"
    path.write_text(text.replace(change, ""))
    with pytest.raises(SkillInvalid) as caught:
        parse_skill(path)
    assert caught.value.where == where


def test_step_that_leads_nowhere_is_refused(tmp_path):
    path = tmp_path / "tea.yaml"
    path.write_text(
        "name: Tea\nabout: Slow tea.\nfamily: self\nminutes: 5\nevidence: none\ncaution: Hot.\n"
        'measure: {question: "How?", low: bad, high: good, better: higher}\n'
        "steps:\n  - {id: boil, say: Boil water., goto: pour}\n"
    )
    with pytest.raises(SkillInvalid, match="pour"):
        parse_skill(path)


def skeleton(one):
    """Return all of a skill that a person does not read."""
    steps = [
        (
            step.id,
            step.kind,
            tuple((o.value, o.next) for o in step.options),
            step.breath,
            step.keeps,
            step.goto,
        )
        for step in one.steps
    ]
    return (one.base_id, one.family, one.minutes, one.wants, one.feelings, one.topics, one.not_when, steps)


@pytest.mark.parametrize("language", [code for code in skill_languages() if code != "en"])
def test_every_language_has_every_skill_step_for_step(language):
    assert [skeleton(one) for one in skills(language=language)] == [skeleton(one) for one in skills()]


@pytest.mark.parametrize("language", skill_languages())
def test_what_is_offered_is_in_the_language_of_the_talk_and_what_helped_comes_first(language):
    wish = Wish(want="be_calmed", feelings=("nervousness",), language=language)
    plain = fitting(wish, most=30)
    last = plain[-1]

    helped = fitting(replace(wish, helped={last.base_id: 8.0}), most=30)

    assert {one.language for one in plain} == {language}
    assert helped[0].id == last.id


@pytest.mark.parametrize(
    ("message", "unwanted"),
    [
        ("some exercise but not the breathing, i hate the breathing", {"box_breathing", "paced_breathing"}),
        ("not the breathing but the grounding", {"box_breathing", "paced_breathing"}),
        ("i can't do my breathing today", set()),
        ("no time, do the breathing", set()),
    ],
)
def test_what_somebody_does_not_want_is_heard(message, unwanted):
    assert declined([message]) == unwanted


@pytest.mark.parametrize(
    ("message", "language", "base_id"),
    [
        ("can we do the 5 4 3 2 1 thing", "en", "grounding_54321"),
        ("the 5 senses one", "en", "grounding_54321"),
        ("the five senses thing", "en", "grounding_54321"),
        ("the one where you tense your muscles", "en", "muscle_relaxation"),
        ("the muscle one", "en", "muscle_relaxation"),
        ("the box one", "en", "box_breathing"),
        ("el de los cinco sentidos", "es", "grounding_54321"),
        ("el de los 5 sentidos", "es", "grounding_54321"),
        ("lo de tensar los músculos", "es", "muscle_relaxation"),
    ],
)
def test_a_skill_is_found_by_what_people_call_it(message, language, base_id):
    found = asked_for(message, language=language)

    assert found is not None
    assert found.base_id == base_id


@pytest.mark.parametrize("message", ["I lost my senses", "so tense today"])
def test_a_word_in_passing_names_no_skill(message):
    assert asked_for(message) is None
