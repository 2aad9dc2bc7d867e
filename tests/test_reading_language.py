"""Reading: the three languages are told apart, and the others are refused by name."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest

from warledger.reading import Failure, ReadOptions, Source, read

READ = {
    "en": "Nobody was hurt when the debris of a drone fell on the roof of a school.",
    "en-headline": "Five killed in Kharkiv strike",
    "en-few-words": "Drones: 653. Missiles: 51. Targets: energy.",
    "en-names": "President Recep Tayyip Erdoğan and the Élysée have said that they are ready for talks.",
    "uk": "Через обстріл області загинули двоє людей, ще семеро дістали поранення.",
    "uk-without-its-letters": "Росія завдала удару по Одесі",
    "uk-quoting-russian": "«Мы все понимаем», — заявив речник. Ворог атакував область, є влучання в підстанції.",
    "ru": "Над территорией Курской области уничтожены три беспилотника, пострадавших нет.",
    "ru-hard-sign": "Объект взорван, подъезд разрушен, съемка объявлена закрытой, выезд открыт.",
    "ru-quoting-ukrainian": "Губернатор заявил, что слышны взрывы: «Їх було п'ять», пишут местные жители и СМИ.",
}
REFUSED = {
    "German": "Die russischen Truppen haben in der Nacht 50 Drohnen gestartet.",
    "Polish": "Rosja zaatakowała w nocy Ukrainę dronami i rakietami.",
    "Polish-without-marks": "Rosja wystrzelila 50 dronow w nocy na Kijow",
    "French": "La Russie a lancé cinquante drones sur Kiev dans la nuit de vendredi.",
    "Spanish": "Rusia lanzó anoche cincuenta drones contra la capital, según las autoridades.",
    "Bulgarian": "Властите съобщиха, че дроновете са били насочени към градовете и към пътищата в България.",
    "Belarusian": "Украінскія сілы збілі ўсе дроны, паведаміў губернатар вобласці.",
    "Serbian": "Русија је током ноћи лансирала педесет дронова на Кијев.",
    "Kazakh": "Ресей түнде Киевке елу дрон ұшырды, деп хабарлады әуе күштері.",
    "Chinese": "俄罗斯夜间向基辅发射了五十架无人机。",
    "Greek": "Η Ρωσία εκτόξευσε πενήντα drones τη νύχτα.",
    "Arabic": "أطلقت روسيا خمسين طائرة مسيرة على كييف ليلا",
}


def result_of(text: str, options: ReadOptions | None = None) -> Source | Failure:
    (result,) = read(["-"], stdin=io.BytesIO(text.encode()), options=options)
    return result


@pytest.mark.parametrize(("name", "text"), READ.items(), ids=READ.keys())
def test_the_language_of_a_text_is_told(name: str, text: str) -> None:
    result = result_of(text)
    assert isinstance(result, Source), result
    assert result.report.lang == name[:2]


@pytest.mark.parametrize(("name", "text"), REFUSED.items(), ids=REFUSED.keys())
def test_another_language_is_refused_by_name(name: str, text: str) -> None:
    result = result_of(text)
    assert isinstance(result, Failure)
    assert "the text is in a language that warledger does not read (looks like " in result.reason
    assert name.split("-", maxsplit=1)[0] in result.reason


def test_a_named_language_is_not_doubted() -> None:
    result = result_of(REFUSED["German"], ReadOptions(lang="en"))
    assert isinstance(result, Source)
    assert result.report.lang == "en"


def test_a_plain_start_loads_neither_the_page_reader_nor_the_language_model() -> None:
    code = (
        "import io, sys; from warledger.reading import read;"
        "list(read(['-'], stdin=io.BytesIO(b'The drones were shot down over the city.')));"
        "print(sorted({'trafilatura', 'py3langid', 'numpy', 'lxml'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
