import subprocess
import sys
import time
from pathlib import Path

import pytest

from holdspace.constructs import CatalogueError, Measured, OperatingPoint, catalogue, load_catalogue

pytestmark = pytest.mark.unit

EMOTIONS = """
admiration amusement anger annoyance approval caring confusion curiosity desire disappointment disapproval
disgust embarrassment excitement fear gratitude grief joy love nervousness optimism pride realization relief
remorse sadness surprise neutral
"""
SYMPTOMS = """
anhedonia depressed_mood sleep fatigue appetite worthlessness concentration psychomotor suicidal_ideation
anxiety
"""
FAMILY = """
family: mood
source: {citation: "Somebody (2020). A paper.", url: "https://example.org"}
said_by: [client]
scale: presence
limits: ["all of them"]
constructs:
  low:
    name: Low
    definition: Feels low.
    examples: ["I'm low."]
    limits: ["only this"]
"""
FIGURES = """
made: by hand
constructs:
  mood:low:
    operating_point: {present: 0.6, unsure: 0.3}
    measured: {data: "d", precision: 0.8, precision_low: 0.7, precision_high: 0.9,
               recall: 0.5, recall_low: 0.4, recall_high: 0.6, support: 12}
"""


def folder(tmp_path: Path, family: str = FAMILY, figures: str = "") -> Path:
    (tmp_path / "mood.yaml").write_text(family, encoding="utf-8")
    if figures:
        (tmp_path / "measured").mkdir()
        (tmp_path / "measured" / "mood.yaml").write_text(figures, encoding="utf-8")
    return tmp_path


def test_catalogue_holds_every_label_the_detectors_give():
    emotions, symptoms = (
        [construct.id.split(":")[1] for construct in catalogue().family(family)]
        for family in ("emotion", "symptom")
    )

    assert sorted(emotions) == sorted(EMOTIONS.split())
    assert symptoms == SYMPTOMS.split()
    assert catalogue().families == ("affect", "dynamics", "emotion", "language", "risk", "symptom")


@pytest.mark.parametrize("construct", catalogue(), ids=lambda construct: construct.id)
def test_construct_is_complete(construct):
    assert construct.id.split(":")[0] == construct.family
    assert construct.definition.endswith(".")
    assert construct.limits
    assert construct.source.citation
    assert construct.source.url or "Levitt" in construct.source.citation
    assert len(set(construct.examples + construct.counter_examples)) == len(
        construct.examples + construct.counter_examples
    )
    if construct.family in {"emotion", "symptom"}:
        assert (len(construct.examples), len(construct.counter_examples)) == (3, 2)
    if construct.family == "symptom":
        assert "As voiced by the client about themselves" in construct.definition
        assert construct.said_by == ("client",)


def test_no_construct_speaks_of_diagnosis():
    words = " ".join(c.definition + " ".join(c.limits) + c.name for c in catalogue()).lower()

    assert "diagnos" not in words


def test_suicidal_ideation_is_said_not_to_be_the_crisis_gate():
    assert any("not the crisis gate" in limit for limit in catalogue()["symptom:suicidal_ideation"].limits)


def test_catalogue_finds_by_id_and_family():
    construct = catalogue()["emotion:joy"]

    assert construct in catalogue().family("emotion")
    assert "emotion:joy" in catalogue()
    assert "emotion:bliss" not in catalogue()
    assert len(catalogue()) == len(list(catalogue()))
    assert catalogue() is catalogue()
    with pytest.raises(KeyError):
        catalogue()["emotion:bliss"]
    with pytest.raises(KeyError):
        catalogue().family("weather")


def test_load_catalogue_merges_family_and_figures(tmp_path):
    (construct,) = load_catalogue(folder(tmp_path, figures=FIGURES))

    assert construct.id == "mood:low"
    assert construct.limits == ("only this", "all of them")
    assert construct.said_by == ("client",)
    assert construct.operating_point == OperatingPoint(present=0.6, unsure=0.3)
    assert construct.measured == Measured("d", 0.8, 0.7, 0.9, 0.5, 0.4, 0.6, 12)


def test_load_catalogue_without_figures_leaves_them_out(tmp_path):
    (construct,) = load_catalogue(folder(tmp_path))

    assert construct.operating_point is None
    assert construct.measured is None


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("name: Low", "nam: Low", ("mood.yaml", "low", "nam")),
        ("definition: Feels low.", "", ("mood.yaml", "low", "definition")),
        ("definition: Feels low.", "definition: No", ("mood.yaml", "low", "definition")),
        ("said_by: [client]", "said_by: [lawyer]", ("mood.yaml", "", "said_by")),
        ("said_by: [client]", "said_by: client", ("mood.yaml", "", "said_by")),
        ("family: mood", "family: food", ("mood.yaml", "", "family")),
        ('["I\'m low."]', "[12]", ("mood.yaml", "low", "examples")),
        ("https://example.org", "example.org", ("mood.yaml", "", "source.url")),
        ('source: {citation: "Somebody', 'source: {cited: "Somebody', ("mood.yaml", "", "source.cited")),
        ("  low:", "  Low-2:", ("mood.yaml", "Low-2", "")),
        ("scale: presence", "scale: presence\nscale: share", ("mood.yaml", "", "")),
        ("scale: presence", "scale: [", ("mood.yaml", "", "")),
        ("limits: [", "limits: 3 [", ("mood.yaml", "", "limits")),
    ],
)
def test_load_catalogue_names_the_place_of_the_fault(tmp_path, old, new, where):
    assert old in FAMILY

    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder(tmp_path, FAMILY.replace(old, new, 1)))

    assert (caught.value.file, caught.value.construct, caught.value.field) == where


@pytest.mark.parametrize("content", ["", "[]", "constructs: {}", "a: &a [*a]", "\x00", "? [1]\n: 2"])
def test_load_catalogue_refuses_what_is_no_family(tmp_path, content):
    with pytest.raises(CatalogueError):
        load_catalogue(folder(tmp_path, content))


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("unsure: 0.3", "unsure: 0.7", "operating_point.unsure"),
        ("present: 0.6", "present: 1.2", "operating_point.present"),
        ("present: 0.6", "present: .nan", "operating_point.present"),
        ("present: 0.6, ", "", "operating_point.present"),
        ("recall_low: 0.4, ", "", "measured.recall_low"),
        ("recall_low: 0.4", "recall_low: 0.9", "measured.recall_low"),
        ("support: 12", "support: 1.5", "measured.support"),
        ("mood:low", "mood:high", ""),
    ],
)
def test_load_catalogue_names_the_place_of_a_wrong_figure(tmp_path, old, new, field):
    assert old in FIGURES

    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder(tmp_path, figures=FIGURES.replace(old, new)))

    assert (caught.value.file, caught.value.field) == ("measured/mood.yaml", field)


def test_import_loads_no_yaml_and_the_catalogue_is_read_quickly():
    code = (
        "import sys, holdspace.constructs as c; assert 'yaml' not in sys.modules; import time; "
        "s = time.process_time(); c.catalogue(); print(time.process_time() - s)"
    )

    spent_s = min(
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
        for _ in range(3)
    )

    assert spent_s < 0.15  # by processor 0.03 to 0.08; reading YAML takes far longer
    before = time.perf_counter()
    catalogue()
    assert time.perf_counter() - before < 0.02
