"""Language data: every rule matches its own sentence and not the other; broken data fails the load."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

import pytest

from warledger.cli import run
from warledger.errors import LanguageDataError
from warledger.extraction import extract
from warledger.extraction.strict import load_strictly
from warledger.languages import CODES, HERE, Language, Term, load, load_folder, unfold
from warledger.model import Claim, Report


def rules() -> list[tuple[str, Term]]:
    """Every predicate of every language, once."""
    found: dict[tuple[str, str], tuple[str, Term]] = {}
    for code in CODES:
        for term in load(code).terms:
            if term.type == "predicate":
                found.setdefault((code, term.id), (code, term))
    return list(found.values())


RULES = rules()
IDS = [f"{code}/{term.id}" for code, term in RULES]


def made_by(code: str, term: Term, text: str) -> list[Claim]:
    """The claims that the rule makes of a sentence."""
    report = Report(id="r", text=text, lang=code, published="2025-12-06")
    return [c for c in extract(report).claims if c.rule.endswith(f"/{term.id}")]


@pytest.mark.parametrize(("code", "term"), RULES, ids=IDS)
def test_a_rule_matches_its_sentence_and_not_the_other(code: str, term: Term) -> None:
    assert not made_by(code, term, term.get("nonmatch"))
    if term.get("frame") != "noise":  # a rule that only takes numbers away makes no claim
        assert made_by(code, term, term.get("match"))


@pytest.mark.parametrize("code", CODES)
def test_ids_are_unique_within_their_type(code: str) -> None:
    seen: dict[tuple[str, str, str], int] = {}
    for term in load(code).terms:
        key = (term.type, term.id, term.group)
        seen[key] = seen.get(key, 0) + 1
    assert [key for key, times in seen.items() if times > 1] == []


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("ракет/f", {"ракета", "ракети", "ракет", "ракетами"}),
        ("безпілотн/adj літальн/adj апарат/m", {"безпілотних літальних апаратів"}),
        ("збит/pp", {"збито", "збиті", "збитих"}),
        ("зби/v", {"збив", "збили", "збити"}),
    ],
    ids=["noun", "a phrase agrees", "participle", "verb"],
)
def test_forms_unfold_by_their_declension(form: str, words: set[str]) -> None:
    folder = Path(__file__).parents[1] / "src" / "warledger" / "languages" / "uk"
    paradigms = tomllib.loads((folder / "declensions.toml").read_text(encoding="utf-8"))
    unfolded = {" ".join(row) for row, _ in unfold(form, paradigms, "test")}
    assert words <= unfolded


ROOT = Path(__file__).parents[1]
TOY = {
    "language.toml": 'code = "toy"\nname = "Toy"\ndecimal = "."\n',
    "declensions.toml": '[n]\nsg = ""\npl = "oj"\n',
    "words.toml": (
        '[[term]]\ntype = "weapon"\nid = "dron"\nclass = "drone"\nforms = ["dron/n"]\n\n'
        '[[term]]\ntype = "predicate"\nid = "fali"\nframe = "intercept"\npassive = ["faligitaj"]\n'
    ),
}


def toy(folder: Path, **changed: str) -> Path:
    """A language that nobody speaks, in a folder."""
    for name, text in TOY.items():
        (folder / name).write_text(changed.get(name.removesuffix(".toml"), text), encoding="utf-8")
    return folder


def test_a_new_language_is_a_folder(tmp_path: Path) -> None:
    language = load_folder(toy(tmp_path))
    report = Report(id="r", text="Sume 12 dronoj faligitaj.", lang="toy")
    (claim,) = extract(report, language).claims
    assert (claim.kind, claim.item.class_, claim.evidence[0].quote) == (
        "intercepted",
        "drone",
        "12 dronoj",
    )


def test_the_page_on_adding_a_language_is_true(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "adding-a-language.md").read_text(encoding="utf-8")
    files = re.findall(r"`([a-z]+\.toml)`:\n\n```toml\n(.*?)```", page, re.DOTALL)
    assert len(files) == 4
    for name, text in files:
        (tmp_path / name).write_text(text, encoding="utf-8")
    (sentence,) = re.findall(r"```text\n(.*?)\n```", page, re.DOTALL)
    found = extract(Report(id="r", text=sentence, lang="toy"), load_folder(tmp_path)).claims
    assert load_strictly(tmp_path).code == "toy"
    told = [f"{c.kind} {c.item.class_} {c.quantity.low}" for c in found if c.quantity]
    assert told == re.findall(r"`(\w+ \w+ \d+)`", page)


PREDICATE = (
    '[[term]]\ntype = "weapon"\nid = "dron"\nclass = "drone"\nforms = ["dron/n"]\n\n'
    '[[term]]\ntype = "predicate"\nid = "fali"\nframe = "intercept"\npassive = ["faligitaj"]\n'
    'match = "{match}"\nnonmatch = "{nonmatch}"\n'
)
GOOD = PREDICATE.format(match="Faligitaj 3 dronoj.", nonmatch="Dronoj flugas.")


def test_a_strict_load_takes_a_language_that_holds(tmp_path: Path) -> None:
    case = (
        '{"family": "toy", "text": "Sume 12 dronoj faligitaj.", "claims": ["intercepted drone 12"]}'
    )
    (tmp_path / "cases.jsonl").write_text(case + "\n", encoding="utf-8")
    assert load_strictly(toy(tmp_path, words=GOOD)).code == "toy"
    assert run(["language", str(tmp_path)]) == 0


@pytest.mark.parametrize("code", CODES)
def test_each_language_loads_strictly(code: str) -> None:
    assert load_strictly(HERE / code).code == code


@pytest.mark.parametrize(
    ("changed", "case", "reason"),
    [
        (PREDICATE.format(match="Dronoj flugas.", nonmatch="Nenio."), "", "rule fali does not match"),
        (PREDICATE.format(match="Faligitaj 3 dronoj.", nonmatch="Faligitaj 2 dronoj."), "", "rule fali draws a claim"),
        (TOY["words.toml"], "", "rule fali has no sentence"),
        (GOOD, '{"family": "toy", "text": "Faligitaj 3 dronoj.", "claims": []}', "case 'Faligitaj 3 dronoj.'"),
        (GOOD, '{"family": "toy"}', "cases.jsonl, line 1"),
    ],
    ids=["a dead rule", "a rule too wide", "no sentence", "a case that fails", "a broken case"],
)  # fmt: skip
def test_a_strict_load_refuses_what_does_not_hold(
    tmp_path: Path, changed: str, case: str, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "cases.jsonl").write_text(case, encoding="utf-8")
    with pytest.raises(LanguageDataError, match=re.escape(reason)):
        load_strictly(toy(tmp_path, words=changed))
    assert run(["language", str(tmp_path)]) == 1
    assert reason in capsys.readouterr().err


_TWICE = """[[term]]
type = "predicate"
id = "hit"
frame = "hit"
active = ["pum"]
[[term]]
type = "predicate"
id = "gone"
{}
frame = "lose"
active = ["pum"]
"""


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"words": "[[term]\n"}, "words.toml"),
        ({"words": '[[term]]\ntype = "weapon"\nforms = ["x"]\n'}, "without type or id"),
        ({"words": '[[term]]\ntype = "weapon"\nid = "x"\nforms = ["x/q"]\n'}, "no declension"),
        ({"declensions": "= 1"}, "declensions.toml"),
        ({"words": _TWICE.format("")}, "name gone in `ambiguous` of hit"),
        ({"words": _TWICE.format('ambiguous = ["hit"]')}, "name gone in `ambiguous` of hit"),
    ],
    ids=[
        "broken TOML",
        "no id",
        "unknown declension",
        "broken declensions",
        "twice",
        "one says it",
    ],
)
def test_broken_data_fails_the_load(tmp_path: Path, changed: dict[str, str], reason: str) -> None:
    with pytest.raises(LanguageDataError, match=reason):
        load_folder(toy(tmp_path, **changed))


def test_a_folder_without_a_language_is_told(tmp_path: Path) -> None:
    with pytest.raises(LanguageDataError, match="no language"):
        load_folder(tmp_path)


def test_a_kept_language_is_the_same_as_the_unfolded_one(tmp_path: Path) -> None:
    fresh = load_folder(HERE / "uk", keep=tmp_path)
    kept = load_folder(HERE / "uk", keep=tmp_path)
    assert list(kept.lexicon) == list(fresh.lexicon)
    assert _plain(kept) == _plain(fresh) == _plain(load_folder(HERE / "uk"))


def test_a_changed_file_makes_a_new_kept_form(tmp_path: Path) -> None:
    folder, keep = tmp_path / "en", tmp_path / "kept"
    shutil.copytree(HERE / "en", folder)
    assert "flapdoodles" not in load_folder(folder, keep=keep).lexicon
    with (folder / "weapons.toml").open("a", encoding="utf-8") as file:
        file.write(
            '\n[[term]]\ntype = "weapon"\nid = "toy"\nclass = "drone"\nforms = ["flapdoodles"]\n'
        )
    assert "flapdoodles" in load_folder(folder, keep=keep).lexicon
    assert len(list(keep.iterdir())) == 1


@pytest.mark.parametrize("damage", [b"", b"\x81", b"not a lexicon"])
def test_a_broken_kept_form_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    load_folder(HERE / "en", keep=tmp_path)
    (path,) = tmp_path.iterdir()
    path.write_bytes(damage)
    assert "drone" in load_folder(HERE / "en", keep=tmp_path).lexicon
    assert path.read_bytes() != damage


def _plain(language: Language) -> dict[str, list[object]]:
    return {
        word: [
            (rest, [(s.term.type, s.term.id, s.term.group, s.tags) for s in senses])
            for rest, senses in rows
        ]
        for word, rows in language.lexicon.items()
    }


# The stems of a party's adjective and its names, and the other's; the words of what is so by its nature stand apart.
_TWO_SIDES = {
    "en": (("ukrainian", "russian"), ("ukraine", "russia"), ("kyiv", "moscow")),
    "uk": (("українськ", "російськ"),),
    "ru": (("украинск", "российск"),),
}
_ONE_SIDED = {"offsite-restored"}  # the plants' grid is Ukraine's


@pytest.mark.parametrize("code", sorted(_TWO_SIDES))
@pytest.mark.parametrize("name", ["predicates", "statements"])
def test_what_is_told_of_one_side_is_told_of_the_other(code: str, name: str) -> None:
    other = {a: b for pair in _TWO_SIDES[code] for a, b in (pair, pair[::-1])}
    stems = re.compile("|".join(other))
    path = HERE / code / f"{name}.toml"
    alone = []
    for term in tomllib.loads(path.read_text(encoding="utf-8"))["term"]:
        if term["type"] not in ("predicate", "stance") or term["id"] in _ONE_SIDED:
            continue
        for group in ("forms", "verb", "active", "passive", "intransitive", "noun"):
            forms = term.get(group, [])
            swapped = ((form, stems.sub(lambda m: other[m[0]], form)) for form in forms)
            alone += [(term["id"], form) for form, twin in swapped if twin not in forms]
    assert alone == []
