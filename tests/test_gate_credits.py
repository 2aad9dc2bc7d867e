"""Who may be the speaker of a claim: whoever the evidence's sentence, or the last one before it, gives the floor."""

from __future__ import annotations

import pytest

from warledger.gate import Prover
from warledger.model import Claim, Evidence, Item, Quantity, Report, Speaker

FORCE, STAFF = Speaker("Ukrainian Air Force", "UA"), Speaker("General Staff of Ukraine", "UA")
MOSCOW = Speaker("Russian Ministry of Defence", "RU")

CASES = [
    (
        "two voices of one paragraph",
        "en",
        "The Ukrainian Air Force said that 40 drones crossed the border. The Russian Ministry of Defence said that"
        " 31 drones were shot down over Kursk.",
        {"40 drones": FORCE, "31 drones": MOSCOW},
    ),
    (
        "a name that only stands in the sentence",
        "en",
        "The Ukrainian Air Force reported that 40 drones were launched, two days before talks with the Russian"
        " Ministry of Defence.",
        {"40 drones": FORCE},
    ),
    (
        "whoever denies says nothing of it",
        "en",
        "The Russian Ministry of Defence said that 31 drones were shot down; the Ukrainian Air Force denied it.",
        {"31 drones": MOSCOW},
    ),
    (
        "the last credit before a sentence without one",
        "uk",
        "За даними Генштабу, вдень було дві атаки. Повітряні сили повідомили про нічний наліт. Запущено 40 дронів.",
        {"40 дронів": FORCE},
    ),
    (
        "a label that opens a line",
        "uk",
        "Генштаб: за добу сім обстрілів.\n\nПовітряні сили: запущено 40 дронів.",
        {"40 дронів": FORCE},
    ),
    (
        "a credit behind what is told",
        "ru",
        "Минобороны РФ сообщило о ночном налете. Над морем сбито 12 беспилотников, рассказали в Генштабе Украины.",
        {"12 беспилотников": STAFF},
    ),
    (
        "a verb of saying behind a quotation that ends with an auxiliary",
        "ru",
        "Минобороны РФ сообщило о ночном налете. «Тепла пока не будет», — написал Генштаб Украины. Над морем сбито"
        " 12 беспилотников.",
        {"12 беспилотников": STAFF},
    ),
    (
        "the same in Ukrainian",
        "uk",
        "Міноборони РФ заявило про нічний наліт. «Світла поки не буде», – написали Повітряні сили. Запущено 40 дронів.",
        {"40 дронів": FORCE},
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "text", "told"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_the_floor_is_with_whoever_is_credited(
    lang: str, text: str, told: dict[str, Speaker]
) -> None:
    prover = Prover(Report(id="r", text=text, published="2026-03-02", lang=lang), lang)
    for quote, speaker in told.items():
        accepted = [one for one in (FORCE, STAFF, MOSCOW) if not _faults(prover, text, quote, one)]
        assert accepted == [speaker]


def _faults(prover: Prover, text: str, quote: str, speaker: Speaker) -> list[str]:
    start = text.index(quote)
    number = float(quote.split(maxsplit=1)[0])
    claim = Claim(
        report="r",
        kind="launched",
        item=Item("drone"),
        quantity=Quantity(number, number, "exact", "count"),
        speaker=speaker,
        evidence=(Evidence(start, start + len(quote), quote),),
        rule="test",
    )
    return [f.reason for f in prover.faults(claim) if f.slot == "speaker"]


def test_a_claim_whose_speaker_is_not_credited_is_kept_without_one() -> None:
    lang, text, _ = CASES[1][1:]
    prover = Prover(Report(id="r", text=text, published="2026-03-02", lang=lang), lang)
    start = text.index("40 drones")
    claim = Claim(
        report="r",
        kind="launched",
        item=Item("drone"),
        quantity=Quantity(40, 40, "exact", "count"),
        speaker=MOSCOW,
        evidence=(Evidence(start, start + 9, "40 drones"),),
        rule="test",
    )
    kept, refused = prover.settle([claim])
    assert [c.speaker for c in kept] == [Speaker(None, None)]
    assert [r.slot for r in refused] == ["speaker"]


def test_a_state_that_attacked_is_not_the_one_whose_air_force_tells_of_it() -> None:
    text = "Russia launched missiles at cities across Ukraine, hitting Kyiv. The air force said it shot down 30 missiles."
    prover = Prover(Report(id="r", text=text, published="2026-03-02", lang="en"), "en")
    for side, faults in (("UA", 0), ("RU", 1)):
        assert len(_faults(prover, text, "30 missiles", Speaker("air force", side))) == faults


SIDES = [
    (
        "a nation's word beyond the verb is of somebody else",
        "en",
        "Russia's defence ministry spoke of a quiet night. It said its air defences had destroyed 31 Ukrainian drones.",
        "31 Ukrainian drones",
        Speaker("air defences", "RU"),
    ),
    (
        "a capital that stands for a government leads no report",
        "en",
        "The health ministry said that 40 drones were sent. A hospital in Kharkiv was hit. Moscow tells it differently.",
        "40 drones",
        Speaker("health ministry", "UA"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "text", "quote", "speaker"), [c[1:] for c in SIDES], ids=[c[0] for c in SIDES]
)
def test_a_bare_office_speaks_for_one_side(
    lang: str, text: str, quote: str, speaker: Speaker
) -> None:
    prover = Prover(Report(id="r", text=text, published="2026-03-02", lang=lang), lang)
    sides = ("UA", "RU")
    proved = [s for s in sides if not _faults(prover, text, quote, Speaker(speaker.name, s))]
    assert proved == [speaker.side]
