"""How the time of one report grows with its length: sentences that each hold a claim, all on one line.

Enters: a language and sizes. Leaves: a table on standard output: claims, seconds of the processor, and what a character
costs beside the shortest text. The places, speakers and days come again and again, as they do in a year of posts.

    python benchmarks/long_line.py [--lang en] [--kilobytes 10 100 1000]
"""

from __future__ import annotations

import argparse
import resource
import time
from itertools import count

from warledger import pipeline
from warledger.model import Report

SENTENCES = {
    "en": (
        "On {day} May, Russian forces launched {n} drones at Kharkiv and Odesa, the air force said. ",
        "Two people were killed and {n} wounded in Nikopol, governor Serhii Lysak said. ",
        "Air defence shot down {n} Shahed drones overnight over Kyiv Oblast. ",
        "A fire damaged {n} houses in Sumy. ",
        "The ministry reported {n} attacks on Ukrainian energy facilities in the past week. ",
    ),
    "uk": (
        "Вночі {day} травня російські війська атакували Харків {n} дронами, повідомили Повітряні сили. ",
        "У Нікополі двоє людей загинули, ще {n} поранені, повідомив Сергій Лисак. ",
        "Сили ППО збили {n} ударних безпілотників над Київщиною. ",
        "У Сумах пошкоджено {n} будинків. ",
    ),
    "ru": (
        "В ночь на {day} мая силы ПВО сбили {n} украинских беспилотников над Белгородской областью, сообщило Минобороны. ",
        "В Шебекино погибли два человека, ещё {n} ранены, сообщил Вячеслав Гладков. ",
        "Повреждены {n} домов в Курске. ",
    ),
}


def line(language: str, size: int) -> str:
    """A text of at least `size` bytes on one line, the same each time."""
    sentences, pieces, made = SENTENCES[language], list[str](), 0
    for n in count():
        if made >= size:
            return "".join(pieces)
        pieces.append(sentences[n % len(sentences)].format(day=1 + n % 28, n=3 + n % 197))
        made += len(pieces[-1].encode())
    raise AssertionError


def measure(language: str, kilobytes: int) -> tuple[int, int, float]:
    """The characters of a text, the claims proved in it, and the seconds that they took."""
    text = line(language, kilobytes * 1000)
    report = Report(
        id=str(kilobytes), text=text, published="2025-05-20", publisher="Reuters", lang=language
    )
    started = time.process_time()
    proved, _, _ = pipeline.draw(report)
    return len(text), len(proved), time.process_time() - started


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--lang", choices=sorted(SENTENCES), nargs="+", default=list(SENTENCES))
    parser.add_argument("--kilobytes", type=int, nargs="+", default=[10, 100, 1000])
    arguments = parser.parse_args()
    print(f"{'':4}{'KB':>7}{'claims':>9}{'seconds':>10}{'a character':>13}{'MB in memory':>14}")
    for language in arguments.lang:
        measure(language, 2)  # load the language and the gazetteer outside the clock
        least = 0.0
        for kilobytes in arguments.kilobytes:
            size, claims, seconds = measure(language, kilobytes)
            least = least or seconds / size
            held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(
                f"{language:4}{kilobytes:>7}{claims:>9}{seconds:>10.2f}{seconds / size / least:>12.2f}x{held:>14}",
                flush=True,
            )


if __name__ == "__main__":
    main()
