"""Ten more shapes of saved pages, written after the reader was finished and not mended for: what it does on a next site.

The first measurement is the figure that counts (docs/sources.md); whoever mends the reader for one of these pages moves it to
`saved_pages` and writes another one here.
"""

from __future__ import annotations

from tests.saved_articles import (
    EN_NIGHT,
    EN_POWER,
    EN_TALKS,
    RU_DEPOT,
    RU_NIGHT,
    RU_TALKS,
    UK_GRAIN,
    UK_NIGHT,
    UK_ROAD,
    Article,
)
from tests.saved_pages import (
    Around,
    Page,
    Shapes,
    blocks,
    broken_lines,
    comment_list,
    drawn,
    links,
    page,
    shapes_of,
)

_SHAPES: Shapes = []
shape = shapes_of(_SHAPES)


def fresh() -> list[Page]:
    """Every page of this file."""
    return drawn(_SHAPES)


@shape("letter-as-a-page", EN_TALKS)
def _(a: Article, f: Around) -> str:
    return page(
        a,
        f'<div class="pencraft"><div class="topbar"><a href="/">Ex</a><button>Subscribe</button></div><article class="newsletter-post post"><div class="post-header"><h1 class="post-title published">{a.title}</h1><h3 class="subtitle">What the envoys left open on Thursday</h3><div class="byline-wrapper"><a href="/@o">Olha</a><div>Dec 06, 2025</div></div></div><div class="available-content"><div class="body markup">{blocks(a)}<div class="subscription-widget-wrap"><div class="subscription-widget"><p class="cta-caption">{f.letter}</p></div></div></div></div></article><div class="comments-page"><h4>Discussion</h4>{comment_list(f, "div", "div")}</div></div>',
    )


@shape("news-with-a-rubric", RU_NIGHT)
def _(a: Article, f: Around) -> str:
    return page(
        a,
        f'<div class="topic-page__container"><div class="topic-header"><time class="topic-header__time">09:40, 6 декабря 2025</time><a class="topic-header__rubric" href="/w">Россия</a></div><h1 class="topic-body__titles"><span class="topic-body__title">{a.title}</span></h1><div class="topic-body__content">'
        + blocks(a).replace("<p>", '<p class="topic-body__content-text">')
        + f'<section class="topic-body__origin"><a href="/x">ТАСС</a></section></div><div class="topic-page__sidebar">{links(f.related, "div")}</div></div>',
    )


@shape("news-with-a-reminder", UK_NIGHT)
def _(a: Article, f: Around) -> str:
    return page(
        a,
        f'<div class="container_sub_post_news"><div class="post_news"><header class="post_news_header"><h1 class="post_title">{a.title}</h1><div class="post_time">Олена Репортер — 6 грудня, 09:40</div><div class="post_views">12400</div></header><div class="post_text">{blocks(a)}<p><b>Нагадаємо:</b> {f.teaser}</p></div><div class="post_tags"><span class="post_tags_item"><a href="/t">дрони</a></span></div></div><div class="block_post block_post_big"><div class="section_header">{f.also}</div>'
        + "".join(
            f'<div class="article_news_list"><div class="article_time">09:1{i}</div><div class="article_content"><a href="/r">{r}</a></div></div>'
            for i, r in enumerate(f.related)
        )
        + "</div></div>",
    )


@shape("blocks-of-components", EN_NIGHT)
def _(a: Article, f: Around) -> str:
    return page(
        a,
        f'<header role="banner"><a href="#main">Skip to content</a></header><main id="main"><article><header><h1 id="content" tabindex="-1">{a.title}</h1></header><div data-component="byline-block"><div>Olha Reporter</div><div>in Sumy</div></div>'
        + "".join(
            f'<div data-component="text-block" class="ssrc{i}">{b}</div>'
            for i, b in enumerate(blocks(a).split("\n"))
        )
        + f'<div data-component="links-block"><ul>{links(f.related)}</ul></div></article></main><section data-component="features"><h2>Top stories</h2>{links(f.related, "div")}</section>',
    )


@shape("rich-link-inside", EN_POWER)
def _(a: Article, f: Around) -> str:
    b = blocks(a).split("\n")
    return page(
        a,
        f'<main><article><h1>{a.title}</h1><div data-gu-name="standfirst"><p>Wind and frost slow the crews</p></div><div id="maincontent">{"".join(b[:2])}<gu-island name="RichLink"><div class="rich-link"><div class="rich-link__header">{f.related[0]}</div><a href="/r">{f.more}</a></div></gu-island>{"".join(b[2:])}<div id="sign-in-gate"></div></div></article></main><div data-component="most-viewed"><ol>{links(f.related)}</ol></div>',
    )


@shape("ministry", UK_ROAD)
def _(a: Article, f: Around) -> str:
    return page(
        a,
        f'<div id="accessibility"><button>A+</button><span>Людям із порушенням зору</span></div><div class="b-nav">{links(f.menu, "span")}</div><div class="b-page"><div class="b-date">06 грудня 2025, 09:40</div><h1>{a.title}</h1><div class="editor-content">{blocks(a, "p")}</div><div class="b-gallery"><span>1 / 12</span></div><div class="b-contacts">Контакти пресслужби: (044) 200-00-00</div></div>',
    )


@shape("forum", RU_DEPOT)
def _(a: Article, f: Around) -> str:
    return page(
        a,
        f'<div class="forum"><h1>{a.title}</h1><table class="topic"><tr class="post"><td class="user">Админ<br>Сообщений: 4512</td><td class="body">{broken_lines(a)}</td></tr>'
        + "".join(
            f'<tr class="post"><td class="user">Гость<br>Сообщений: 12</td><td class="body">{c}</td></tr>'
            for c in f.comments
        )
        + "</table></div>",
    )


@shape("quiz-poll", UK_GRAIN)
def _(a: Article, f: Around) -> str:
    return page(
        a,
        f'<article><h1>{a.title}</h1>{blocks(a)}<div class="poll"><h4>Чи вірите ви у перемир’я?</h4><label><input type=radio>Так — 1204 голоси</label><label><input type=radio>Ні — 3310 голосів</label></div></article><div class="push-prompt">Дозволити сповіщення про тривогу?</div>',
    )


@shape("feed-below", RU_TALKS)
def _(a: Article, f: Around) -> str:
    return page(
        a,
        f'<div class="entry"><div class="content-header"><div class="content-header__item">Пример Новости</div><div class="content-header__item">6 дек</div></div><h1 class="content-title">{a.title}</h1><div class="content">'
        + "".join(f'<div class="l-island-a">{b}</div>' for b in blocks(a).split("\n"))
        + '</div><div class="vote"><span>+34</span></div><div class="content-feed"><div class="feed__item">'
        + "".join(
            f'<div class="content-container"><div class="content-title">{r}</div><p>{f.teaser}</p><a class="content-link" href="/x"></a></div>'
            for r in f.related
        )
        + "</div></div></div>",
    )


@shape("recommendations-of-a-vendor", EN_TALKS)
def _(a: Article, f: Around) -> str:
    return page(
        a,
        f'<div class="article-wrap"><h1>{a.title}</h1>{blocks(a)}<div class="OUTBRAIN" data-widget-id="AR_1"><div class="ob-widget-header">From the web</div>'
        + "".join(
            f'<a class="ob-dynamic-rec-link" href="/o"><span>{r}</span></a>' for r in f.related
        )
        + f'</div></div><div class="footer-legal">{f.footer}</div>',
    )
