"""The articles inside the saved pages of `saved_pages`: prose of our own, in the three languages."""

from __future__ import annotations

from typing import NamedTuple


class Article(NamedTuple):
    """A title and blocks: words are a paragraph, `## words` a heading, a list its bullets, a tuple of tuples a table."""

    lang: str
    title: str
    blocks: tuple[str | list[str] | tuple[tuple[str, ...], ...], ...]


EN_NIGHT = Article(
    "en",
    "Air raid alert lasts seven hours as drones cross the river",
    (
        "Russia launched 86 drones in the night of 6 December, the Ukrainian air force said on Saturday morning. "
        "Most of them came from the north and crossed the river in two waves.",
        "According to the air force:",
        [
            "61 drones were shot down;",
            "19 drones were lost from radar;",
            "six drones hit four places.",
        ],
        "## What burned",
        "A warehouse and two garages burned in the eastern suburb. Rescuers put the fire out by five in the morning, "
        "and nobody was killed.",
        "Two women, aged 34 and 61, were taken to hospital with cuts from glass, the mayor wrote.",
    ),
)
EN_POWER = Article(
    "en",
    "Engineers bring power back to half of the district",
    (
        "Some 12,400 customers are still without electricity after Friday's strike on a substation, the grid operator "
        "said. It hopes to connect the last of them by Monday.",
        "Five repair crews have come from neighbouring regions. They work in shifts of six hours, because the wind "
        "takes the temperature down to minus nine.",
        "“We have replaced one transformer and will need another,” the head of the crew said.",
        (
            ("Town", "Customers cut off", "Restored"),
            ("Lower Mill", "7,200", "3,100"),
            ("Old Ford", "5,200", "2,600"),
        ),
        "Schools in both towns will teach from a distance until Wednesday.",
    ),
)
EN_TALKS = Article(
    "en",
    "Envoys agree to meet again after a day of talks",
    (
        "Delegations from four countries ended a day of talks on the exchange of prisoners without a document to sign.",
        "They will meet again on 14 December, a person who was in the room said. Lists of 120 names were handed over by "
        "each side, and will be checked during the week.",
        "In November the sides exchanged 65 soldiers each. It was the third exchange of the autumn, and the first in "
        "which wounded prisoners came home by ambulance train.",
    ),
)
UK_NIGHT = Article(
    "uk",
    "Нічна атака: у двох громадах області пошкоджено будинки",
    (
        "У ніч на 6 грудня війська РФ випустили по області 23 ударні дрони. Сили протиповітряної оборони збили 18 із них, "
        "повідомив начальник обласної адміністрації.",
        "Через падіння уламків:",
        [
            "пошкоджено п’ять приватних будинків;",
            "вибито вікна у школі;",
            "загорілася господарча споруда.",
        ],
        "Поранень зазнав чоловік 57 років. Його доправили до лікарні, стан лікарі називають задовільним.",
        "## Що з електропостачанням",
        "Без світла лишалися 1 800 родин, до полудня енергетики заживили всіх. Аварійні бригади працювали з четвертої ранку.",
    ),
)
UK_ROAD = Article(
    "uk",
    "Рятувальники розібрали завали на станції",
    (
        "Рятувальні роботи на залізничній станції завершено, повідомили у ДСНС. Тривали вони двадцять шість годин.",
        "З-під завалів дістали трьох людей, двоє з них — працівники станції. Ще одну людину вважають зниклою безвісти.",
        "До робіт залучали 74 рятувальників і 15 одиниць техніки. Розібрано понад двісті тонн бетону та металу.",
        "Рух поїздів відновлено однією колією; другу обіцяють відкрити за тиждень.",
    ),
)
UK_GRAIN = Article(
    "uk",
    "Порт приймає судна попри удари",
    (
        "За листопад порт відвантажив 1,9 мільйона тонн зерна. Це на сто тисяч менше, ніж у жовтні, сказав керівник терміналу.",
        "Упродовж місяця територію порту атакували чотири рази. Пошкоджено два склади та кран, загинув один працівник.",
        (("Місяць", "Відвантажено, тис. тонн"), ("Жовтень", "2000"), ("Листопад", "1900")),
        "Ремонт причалу розпочнуть у січні, гроші на нього вже знайдено.",
    ),
)
RU_NIGHT = Article(
    "ru",
    "Губернатор сообщил о последствиях ночного налёта",
    (
        "За ночь над областью сбито 14 беспилотников, сообщил губернатор. Обломки упали на территории трёх посёлков.",
        "По предварительным данным:",
        [
            "повреждены крыши девяти домов;",
            "посечены осколками четыре машины;",
            "оборвана линия электропередачи.",
        ],
        "Пострадал один человек: водитель грузовика получил осколочное ранение руки. От госпитализации он отказался.",
        "## Связь и свет",
        "Без света оставались 640 жителей, к девяти утра подачу восстановили полностью.",
    ),
)
RU_DEPOT = Article(
    "ru",
    "Пожар на складе потушили через двое суток",
    (
        "Пожар на складе горючего полностью потушен, сообщили в ведомстве. Площадь его достигала 2 200 квадратных метров.",
        "В тушении участвовали 130 человек и 41 машина. Двое пожарных обратились к врачам с отравлением дымом.",
        "«Соседние резервуары удалось отстоять», — сказал начальник смены.",
        "Движение по шоссе открыли в воскресенье. Жителей ближних улиц, а это около трёхсот человек, вернули домой.",
    ),
)
RU_TALKS = Article(
    "ru",
    "Стороны передали друг другу списки для обмена",
    (
        "Стороны передали друг другу списки для обмена пленными, рассказал участник переговоров. В каждом по 120 имён.",
        "Проверка займёт около недели. Следующая встреча намечена на 14 декабря, место её пока не выбрано.",
        "Последний обмен прошёл в ноябре: домой вернулись по 65 военных с каждой стороны.",
    ),
)


def lines_of(article: Article) -> list[str]:
    """The article as reading should give it, without its title."""
    lines: list[str] = []
    for block in article.blocks:
        if isinstance(block, list):
            lines += [f"• {item}" for item in block]
        elif isinstance(block, tuple):
            lines += [" | ".join(row) for row in block]
        else:
            lines.append(block.removeprefix("## "))
    return lines
