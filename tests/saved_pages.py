"""Saved pages in the shapes that sites give them, each with the text that is wanted and the furniture around it.

Every page is made here: an article (`saved_articles`) inside markup of our own in the manner of a kind of site. The furniture
is made dangerous on purpose: it tells of drones, dead and dates, so that a line of it that slips through becomes a claim.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from email.message import EmailMessage
from html import escape
from typing import NamedTuple

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
    lines_of,
)


class Page(NamedTuple):
    """A saved page: its bytes, the article in it, and the sentences that are none of it."""

    name: str
    data: bytes
    article: Article
    furniture: tuple[str, ...]

    @property
    def wanted(self) -> list[str]:
        """The lines that are wanted, without the title."""
        return lines_of(self.article)


class Around(NamedTuple):
    """What a site of one language puts around an article."""

    menu: tuple[str, ...]
    related: tuple[str, ...]
    teaser: str
    comments: tuple[str, ...]
    reply: str
    email: str
    share: tuple[str, ...]
    letter: str
    cookies: str
    support: str
    author: str
    footer: str
    also: str
    more: str
    most_read: str
    tags: tuple[str, ...]
    ad: str
    wall: str


AROUND = {
    "en": Around(
        menu=("Home", "War", "Politics", "Economy", "About us"),
        related=(
            "Russia launched 300 drones at the capital: what is known",
            "Missile kills nine people in a market",
            "Air defence shot down 45 drones over the coast",
        ),
        teaser="At least 17 people were wounded when two missiles hit a bus station on Thursday.",
        comments=(
            "My cousin says 140 drones were shot down over his village alone.",
            "They killed 20 people there last week and nobody writes about it!",
        ),
        reply="Leave a Reply",
        email="Your email address will not be published. Required fields are marked *",
        share=("Share on Facebook", "Share on Telegram", "Copy link"),
        letter="Join 18,000 readers who get our letter from the front every morning.",
        cookies="We and our 842 partners store and use information on your device to show you advertisements.",
        support="Since 2022 three of our reporters were wounded. Support our work with five dollars a month.",
        author="Olha Reporter has covered the war since 2014. She was wounded twice in 2022.",
        footer="© 2025 Example News. All rights reserved. Registered on 4 May 2011.",
        also="Read also",
        more="Read more",
        most_read="Most read",
        tags=("drones", "air defence", "Sumy"),
        ad="Advertisement",
        wall="You have read 3 of 5 free articles. Subscribe to read 200 more every month.",
    ),
    "uk": Around(
        menu=("Головна", "Війна", "Політика", "Економіка", "Про нас"),
        related=(
            "Росія запустила по столиці 300 дронів: що відомо",
            "Ракета вбила дев’ятьох людей на ринку",
            "ППО збила 45 дронів над узбережжям",
        ),
        teaser="Щонайменше 17 людей поранено, коли дві ракети влучили в автостанцію у четвер.",
        comments=(
            "Кум каже, що тільки над їхнім селом збили 140 дронів.",
            "Там минулого тижня загинуло 20 людей, і ніхто про це не пише!",
        ),
        reply="Залишити коментар",
        email="Ваша e-mail адреса не оприлюднюватиметься. Обов’язкові поля позначені *",
        share=("Поділитися у Facebook", "Поділитися в Telegram", "Скопіювати посилання"),
        letter="Приєднуйтесь до 18 000 читачів, які щоранку отримують наш лист із фронту.",
        cookies="Ми та 842 наші партнери зберігаємо інформацію на вашому пристрої, щоб показувати рекламу.",
        support="Від 2022 року троє наших репортерів були поранені. Підтримайте нас сотнею гривень на місяць.",
        author="Ольга Репортер пише про війну з 2014 року. У 2022 році двічі була поранена.",
        footer="© 2025 Приклад Новини. Усі права захищено. Зареєстровано 4 травня 2011 року.",
        also="Читайте також",
        more="Детальніше",
        most_read="Найпопулярніше",
        tags=("дрони", "ППО", "Суми"),
        ad="Реклама",
        wall="Ви прочитали 3 з 5 безкоштовних статей. Передплатіть, щоб читати ще 200 щомісяця.",
    ),
    "ru": Around(
        menu=("Главная", "Война", "Политика", "Экономика", "О нас"),
        related=(
            "По столице запущено 300 беспилотников: что известно",
            "При ударе ракеты по рынку погибли девять человек",
            "ПВО сбила 45 беспилотников над побережьем",
        ),
        teaser="Не менее 17 человек ранены при попадании двух ракет в автостанцию в четверг.",
        comments=(
            "Кум говорит, что только над их селом сбили 140 беспилотников.",
            "Там на прошлой неделе погибли 20 человек, и никто об этом не пишет!",
        ),
        reply="Оставить комментарий",
        email="Ваш адрес email не будет опубликован. Обязательные поля помечены *",
        share=("Поделиться в Telegram", "Вконтакте", "Скопировать ссылку"),
        letter="Присоединяйтесь к 18 000 читателей, которые каждое утро получают наше письмо.",
        cookies="Мы и 842 наших партнёра храним сведения на вашем устройстве, чтобы показывать рекламу.",
        support="С 2022 года трое наших корреспондентов были ранены. Поддержите нас сотней рублей в месяц.",
        author="Ольга Репортёр пишет о войне с 2014 года. В 2022 году дважды была ранена.",
        footer="© 2025 Пример Новости. Все права защищены. Зарегистрировано 4 мая 2011 года.",
        also="Читайте также",
        more="Подробнее",
        most_read="Самое читаемое",
        tags=("беспилотники", "ПВО", "Курск"),
        ad="Реклама",
        wall="Вы прочитали 3 из 5 бесплатных статей. Подпишитесь, чтобы читать ещё 200 каждый месяц.",
    ),
}

Shape = Callable[[Article, Around], "str | bytes"]
Shapes = list[tuple[str, Article, str, Shape]]
_SHAPES: Shapes = []


def shapes_of(into: Shapes) -> Callable[..., Callable[[Shape], Shape]]:
    """A decorator that adds a shape of page around an article to a list."""

    def shape(name: str, article: Article, charset: str = "utf-8") -> Callable[[Shape], Shape]:
        def add(made: Shape) -> Shape:
            into.append((name, article, charset, made))
            return made

        return add

    return shape


shape = shapes_of(_SHAPES)


def pages() -> list[Page]:
    """Every page, in the order of this file."""
    return drawn(_SHAPES)


def drawn(shapes: Shapes) -> list[Page]:
    """The pages of some shapes; words are written in the shape's charset."""
    found = []
    for name, article, charset, made in shapes:
        around = AROUND[article.lang]
        drawn = made(article, around)
        data = drawn if isinstance(drawn, bytes) else drawn.encode(charset)
        sentences = [
            *around.related, around.teaser, *around.comments, around.email, around.letter, around.cookies,
            around.support, around.author, around.footer, around.wall,
        ]  # fmt: skip
        found.append(Page(name, data, article, tuple(sentences)))
    return found


# ---------------------------------------------------------------- pieces


def blocks(a: Article, p: str = "p", h: str = "h2", between: str = "") -> str:
    """The article's blocks as ordinary markup."""
    out = []
    for block in a.blocks:
        if isinstance(block, list):
            out.append("<ul>" + "".join(f"<li>{escape(i)}</li>" for i in block) + "</ul>")
        elif isinstance(block, tuple):
            rows = "".join(
                "<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in block
            )
            out.append(f"<table>{rows}</table>")
        elif block.startswith("## "):
            out.append(f"<{h}>{escape(block[3:])}</{h}>")
        else:
            out.append(f"<{p}>{escape(block)}</{p}>")
    return f"{between}\n".join(out)


def broken_lines(a: Article, mark: str = "• ", end: str = "<br><br>") -> str:
    """The article's lines parted by `br` and nothing else."""
    lines = [escape(line).replace("• ", mark) for line in lines_of(a)]
    return f"{end}\n".join(lines)


def links(words: tuple[str, ...], tag: str = "li") -> str:
    return "".join(f'<{tag}><a href="/{n}">{escape(w)}</a></{tag}>' for n, w in enumerate(words))


def document(body: str, head: str = "", title: str = "", lang: str = "uk") -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}"><head><title>{escape(title)}</title>{head}</head>\n'
        f"<body>{body}</body></html>"
    )


UTF8 = '<meta charset="utf-8">'


def page(a: Article, body: str, head: str = "") -> str:
    return document(body, UTF8 + head, f"{a.title} — Example", a.lang)


def comment_list(f: Around, item: str = "li", wrap: str = "ol") -> str:
    rows = "".join(f'<{item} class="comment"><b>Petro</b><p>{c}</p></{item}>' for c in f.comments)
    return f"<{wrap}>{rows}</{wrap}>"


# ---------------------------------------------------------------- content management systems


@shape("semantic", EN_NIGHT)
def _(a: Article, f: Around) -> str:
    return page(
        a,
        f"<header><nav><ul>{links(f.menu)}</ul></nav></header><main><article><h1>{a.title}</h1>{blocks(a)}</article></main>"
        f"<aside><h2>{f.most_read}</h2><ol>{links(f.related)}</ol></aside><footer><p>{f.footer}</p></footer>",
    )


@shape("wordpress-classic", UK_NIGHT)
def _(a: Article, f: Around) -> str:
    return page(
        a,
        f'<div id="page"><div id="masthead"><ul class="menu">{links(f.menu)}</ul></div><div id="content">'
        f'<div id="post-17" class="post-17 post type-post"><h1 class="entry-title">{a.title}</h1>'
        f'<div class="entry-content">{blocks(a)}<div class="sharedaddy sd-sharing"><h3>{f.share[0]}</h3><ul>{links(f.share)}</ul></div>'
        f'<div id="jp-relatedposts" class="jp-relatedposts"><h3>{f.also}</h3>{links(f.related, "p")}</div></div></div>'
        f'<div id="comments" class="comments-area"><h2>2</h2>{comment_list(f)}<div id="respond" class="comment-respond">'
        f'<h3 id="reply-title">{f.reply}</h3><form><p class="comment-notes">{f.email}</p><textarea></textarea></form></div></div>'
        f'</div><div id="secondary" class="widget-area"><div class="widget"><h2>{f.most_read}</h2><ul>{links(f.related)}</ul></div></div>'
        f'<div id="colophon"><div class="site-info">{f.footer}</div></div></div>',
    )


@shape("wordpress-blocks", RU_NIGHT)
def _(a: Article, f: Around) -> str:
    cards = "".join(
        f'<li class="wp-block-post"><h3 class="wp-block-post-title"><a href="/x">{r}</a></h3>'
        f'<div class="wp-block-post-excerpt"><p>{f.teaser}</p></div></li>'
        for r in f.related
    )
    return page(
        a,
        f'<div class="wp-site-blocks"><header class="wp-block-template-part"><nav class="wp-block-navigation"><ul>{links(f.menu)}</ul></nav>'
        f'</header><main class="wp-block-group"><h1 class="wp-block-post-title">{a.title}</h1>'
        f'<div class="entry-content wp-block-post-content">{blocks(a)}</div></main>'
        f'<div class="wp-block-query"><h2>{f.also}</h2><ul class="wp-block-post-template">{cards}</ul></div>'
        f'<footer class="wp-block-template-part"><p>{f.footer}</p></footer></div>',
    )


@shape("drupal", EN_POWER)
def _(a: Article, f: Around) -> str:
    return page(
        a,
        f'<div class="layout-container"><div class="region region-header"><ul class="menu">{links(f.menu)}</ul></div>'
        f'<div class="region region-content"><h1 class="page-header">{a.title}</h1><div class="node node--type-news">'
        f'<div class="field field--name-body field--type-text-with-summary"><div class="field__item">{blocks(a)}</div></div></div>'
        f'<div class="block block-views views-element-container"><h2>{f.also}</h2><div class="view-content">'
        + "".join(
            f'<div class="views-row"><span class="field-content"><a href="/n">{r}</a></span><div class="views-field">{f.teaser}</div></div>'
            for r in f.related
        )
        + f'</div></div></div><div class="region region-footer">{f.footer}</div></div>',
    )


@shape("joomla", UK_ROAD)
def _(a: Article, f: Around) -> str:
    return page(
        a,
        f'<div class="body"><div class="navbar"><ul>{links(f.menu)}</ul></div><div class="row-fluid"><div id="content" class="span9">'
        f'<div class="item-page"><div class="page-header"><h1>{a.title}</h1></div><dl class="article-info"><dd>06 12 2025</dd></dl>'
        f'<div itemprop="articleBody">{blocks(a)}</div><ul class="pager pagenav">{links(f.related[:2])}</ul></div></div>'
        f'<div class="span3 moduletable"><h3>{f.most_read}</h3><ul class="mostread">{links(f.related)}</ul></div></div>'
        f'<div class="footer"><p>{f.footer}</p></div></div>',
    )


@shape("blogspot", EN_TALKS)
def _(a: Article, f: Around) -> str:
    return page(
        a,
        f'<div class="content"><div class="header"><h2>Example</h2></div><div class="main section" id="main"><div class="blog-posts hfeed">'
        f'<div class="post hentry"><h1 class="post-title entry-title">{a.title}</h1><div class="post-body entry-content">{blocks(a, "div")}'
        f'<div style="clear: both;"></div></div><div class="post-footer"><div class="post-share-buttons">{links(f.share, "span")}</div></div></div>'
        f'<div class="comments" id="comments">{comment_list(f, "div", "div")}<h4>{f.reply}</h4></div></div></div>'
        f'<div class="sidebar section"><div class="widget PopularPosts"><h2>{f.most_read}</h2><ul>{links(f.related)}</ul></div></div></div>',
    )


@shape("government-bitrix", RU_DEPOT)
def _(a: Article, f: Around) -> str:
    return page(
        a,
        f'<div class="wrapper"><div class="top-menu"><ul class="menu">{links(f.menu)}</ul></div><div class="bx-breadcrumb">'
        f'<a href="/">{f.menu[0]}</a> / <a href="/n">{f.menu[1]}</a></div><h1>{a.title}</h1><div class="news-detail">'
        f'<span class="news-date-time">06.12.2025</span>{broken_lines(a)}<div style="clear:both"></div>'
        f'<div class="news-detail-share">{links(f.share, "span")}</div></div><div class="bottom"><p>{f.footer}</p></div></div>',
    )


@shape("medium-like", UK_GRAIN)
def _(a: Article, f: Around) -> str:
    return page(
        a,
        f'<div id="root"><div class="a b c"><div class="ab ac"><a href="/">Example</a></div><article><div class="m"><section>'
        f'<div class="n"><h1 class="pw-post-title">{a.title}</h1><div class="speechify-ignore"><button>12</button>{links(f.share, "span")}</div>'
        f'{blocks(a)}</div></section></div></article><div class="author-card"><h2>Olha</h2><p>{f.author}</p></div>'
        f'<div class="responses"><h2>{f.reply}</h2>{comment_list(f, "div", "div")}</div></div></div>',
    )


@shape("telegraph-page", UK_ROAD)
def _(a: Article, f: Around) -> str:
    return page(
        a,
        f'<div class="tl_page_wrap"><div class="tl_page"><main class="tl_article"><header class="tl_article_header"><h1>{a.title}</h1>'
        f'<address><time datetime="2025-12-06">December 06, 2025</time></address></header><article id="_tl_editor" class="tl_article_content">'
        f"<h1>{a.title}</h1>{blocks(a)}</article></main></div></div>",
    )


# ---------------------------------------------------------------- layouts


@shape("tables-of-tables", RU_NIGHT)
def _(a: Article, f: Around) -> str:
    return page(
        a,
        f'<table width="100%"><tr><td width="150" valign="top"><table>{"".join(f"<tr><td><a href=/{m}>{m}</a></td></tr>" for m in f.menu)}</table></td>'
        f'<td valign="top"><table><tr><td><h1><font size="4">{a.title}</font></h1></td></tr><tr><td><font face="Arial">{blocks(a)}</font></td></tr></table></td>'
        f'<td width="180"><table><tr><td><b>{f.most_read}</b></td></tr>{"".join(f"<tr><td><a href=/{n}>{r}</a></td></tr>" for n, r in enumerate(f.related))}</table></td></tr>'
        f'<tr><td colspan="3"><small>{f.footer}</small></td></tr></table>',
    )


@shape("breaks-in-a-cell", EN_POWER)
def _(a: Article, f: Around) -> str:
    return page(
        a,
        f'<table><tr><td class="left">{"<br>".join(f"<a href=/{m}>{m}</a>" for m in f.menu)}</td><td class="main"><h1>{a.title}</h1>'
        f'{broken_lines(a, "- ")}<br><br><a href="/print">Print</a></td></tr></table><center>{f.footer}</center>',
    )


@shape("break-soup", RU_TALKS)
def _(a: Article, f: Around) -> str:
    return page(
        a,
        f'<div id="top">{" | ".join(f"<a href=/{m}>{m}</a>" for m in f.menu)}</div><div id="text"><h1>{a.title}</h1>'
        f"{broken_lines(a, end='<br/>&nbsp;<br/>')}<br><br>{f.reply}<br>{f.email}</div><div>{f.footer}</div>",
    )


@shape("bold-headings-and-breaks", UK_NIGHT)
def _(a: Article, f: Around) -> str:
    heading = next(b[3:] for b in a.blocks if isinstance(b, str) and b.startswith("## "))
    body = broken_lines(a, "— ").replace(heading, f"<b>{heading}</b>")
    return page(
        a,
        f'<div class="c"><h1>{a.title}</h1><div class="t">{body}</div></div><div class="b">{f.footer}</div>',
    )


@shape("divs-without-names", EN_NIGHT)
def _(a: Article, f: Around) -> str:
    return page(
        a,
        f"<div><div>{links(f.menu, 'div')}</div><div><h1>{a.title}</h1><div>{blocks(a, 'div', 'div')}</div></div>"
        f"<div><div>{f.most_read}</div>{links(f.related, 'div')}</div><div>{f.footer}</div></div>",
    )


@shape("bem-names", UK_GRAIN)
def _(a: Article, f: Around) -> str:
    return page(
        a,
        f'<div class="layout"><div class="layout__header"><div class="nav"><ul class="nav__list">{links(f.menu)}</ul></div></div>'
        f'<div class="layout__main"><h1 class="article__title">{a.title}</h1><div class="article__meta"><span class="article__author">Olha Reporter</span></div>'
        f'<div class="article__text">{blocks(a)}</div><div class="article__tags">{links(f.tags, "span")}</div>'
        f'<div class="article__related"><div class="article__related-title">{f.also}</div>'
        + "".join(
            f'<div class="card"><a class="card__link" href="/r">{r}</a><div class="card__lead">{f.teaser}</div></div>'
            for r in f.related
        )
        + f'</div></div><div class="layout__footer">{f.footer}</div></div>',
    )


@shape("hashed-names", EN_TALKS)
def _(a: Article, f: Around) -> str:
    return page(
        a,
        f'<div id="__next"><div class="css-1x2y3z"><div class="css-9ab"><ul class="css-0q">{links(f.menu)}</ul></div><div class="css-77h">'
        f'<h1 class="css-h1a">{a.title}</h1><div class="css-body0">{blocks(a)}</div></div><div class="css-rel9"><h2>{f.also}</h2>'
        + "".join(
            f'<div class="css-k2"><a href="/r"><h3>{r}</h3></a><p>{f.teaser}</p></div>'
            for r in f.related
        )
        + f'</div><div class="css-foo">{f.footer}</div></div></div>',
    )


@shape("amp", RU_DEPOT)
def _(a: Article, f: Around) -> str:
    return (
        f'<!doctype html><html ⚡ lang="ru"><head><meta charset="utf-8"><link rel="canonical" href="https://news.example/depot">'
        f"<style amp-custom>p{{margin:0}}</style></head><body><amp-sidebar id=s layout=nodisplay><ul>{links(f.menu)}</ul></amp-sidebar>"
        f'<amp-user-notification layout=nodisplay id="n"><p>{f.cookies}</p><button>OK</button></amp-user-notification>'
        f'<article class="amp-wp-article"><h1>{a.title}</h1><amp-social-share type="telegram"></amp-social-share>'
        f'<div class="amp-wp-article-content">{blocks(a)}<amp-ad width=300 height=250><div placeholder>{f.ad}</div></amp-ad></div></article>'
        f'<amp-list><div>{links(f.related, "div")}</div></amp-list><footer class="amp-wp-footer"><p>{f.footer}</p></footer></body></html>'
    )


@shape("print-view", EN_POWER)
def _(a: Article, f: Around) -> str:
    return page(
        a,
        f'<div class="print"><p>Example News — https://news.example/power?print=1</p><h1>{a.title}</h1><p>6 December 2025, 09:40</p><hr>'
        f'{blocks(a)}<hr><p>{f.footer}</p><p><a href="javascript:window.print()">Print this page</a></p></div>',
    )


@shape("mobile-accordions", UK_ROAD)
def _(a: Article, f: Around) -> str:
    return page(
        a,
        f'<div class="m-header"><details><summary>☰</summary><ul>{links(f.menu)}</ul></details></div><div class="m-article"><h1>{a.title}</h1>'
        f'{blocks(a)}</div><div class="m-more"><details><summary>{f.also}</summary><ul>{links(f.related)}</ul></details></div>'
        f'<div class="m-footer">{f.footer}</div>',
    )


@shape("definition-list", EN_NIGHT)
def _(a: Article, f: Around) -> str:
    body = (
        blocks(a)
        .replace("<ul>", "<dl>")
        .replace("</ul>", "</dl>")
        .replace("<li>", "<dd>• ")
        .replace("</li>", "</dd>")
    )
    return page(
        a,
        f"<ul>{links(f.menu)}</ul><div class='story'><h1>{a.title}</h1>{body}</div><p class='copyright'>{f.footer}</p>",
    )


@shape("dashes-as-bullets", UK_NIGHT)
def _(a: Article, f: Around) -> str:
    body = (
        blocks(a)
        .replace("<ul>", "")
        .replace("</ul>", "")
        .replace("<li>", "<p>– ")
        .replace("</li>", "</p>")
    )
    return page(
        a,
        f"<nav>{links(f.menu, 'span')}</nav><div class='news-text'><h1>{a.title}</h1>{body}</div><footer>{f.footer}</footer>",
    )


@shape("table-beside-a-table", UK_GRAIN)
def _(a: Article, f: Around) -> str:
    return page(
        a,
        f'<div class="cols"><div class="col-main"><h1>{a.title}</h1>{blocks(a)}</div><div class="sidebar"><table class="rates"><tr><td>USD</td>'
        f"<td>42,15</td></tr><tr><td>EUR</td><td>49,02</td></tr></table><p>{f.letter}</p></div></div><footer>{f.footer}</footer>",
    )


# ---------------------------------------------------------------- what lies over, inside and below the text


@shape("cookie-wall-above", EN_NIGHT)
def _(a: Article, f: Around) -> str:
    return page(
        a,
        f'<div id="qc-cmp2-container" class="qc-cmp2-container"><div class="qc-cmp2-summary"><h2>We value your privacy</h2><p>{f.cookies}</p>'
        f"<p>{f.cookies} You can change your choices at any time.</p><button>AGREE</button></div></div>"
        f"<article><h1>{a.title}</h1>{blocks(a)}</article>",
    )


@shape("cookie-wall-below", UK_NIGHT)
def _(a: Article, f: Around) -> str:
    return page(
        a,
        f'<div class="content"><h1>{a.title}</h1>{blocks(a)}</div><div class="gdpr-notice" style="position:fixed"><p>{f.cookies}</p>'
        f"<a href='/ok'>OK</a></div>",
    )


@shape("consent-longer-than-the-text", RU_TALKS)
def _(a: Article, f: Around) -> str:
    return page(
        a,
        f'<div class="fc-consent-root" role="dialog" aria-modal="true"><div class="fc-dialog">{"".join(f"<p>{f.cookies}</p>" for _ in range(25))}</div></div>'
        f'<div class="story"><h1>{a.title}</h1>{blocks(a)}</div>',
    )


@shape("banner-of-a-vendor", RU_NIGHT)
def _(a: Article, f: Around) -> str:
    return page(
        a,
        f'<main><h1>{a.title}</h1>{blocks(a)}</main><div id="onetrust-consent-sdk"><div id="onetrust-banner-sdk"><div id="onetrust-policy">'
        f'<p id="onetrust-policy-text">{f.cookies}</p></div></div></div>',
    )


@shape("paywall-inside", EN_TALKS)
def _(a: Article, f: Around) -> str:
    wall = f'<div class="paywall-notice"><p>{f.wall}</p><a href="/s">Subscribe</a></div>'
    body = blocks(a).split("\n")
    return page(
        a,
        f"<article><h1>{a.title}</h1>{body[0]}{wall}{''.join(body[1:])}</article><footer>{f.footer}</footer>",
    )


@shape("read-also-inside", UK_NIGHT)
def _(a: Article, f: Around) -> str:
    also = f'<p><strong>{f.also}:</strong> <a href="/r">{f.related[0]}</a></p>'
    body = blocks(a).split("\n")
    return page(
        a,
        f"<article><h1>{a.title}</h1>{body[0]}{also}{''.join(body[1:])}{also}</article><footer>{f.footer}</footer>",
    )


@shape("related-cards-inside", EN_NIGHT)
def _(a: Article, f: Around) -> str:
    card = f'<div class="article-inset inset-related"><a href="/r"><img src="/r.jpg" alt=""><h3>{f.related[1]}</h3></a><p>{f.teaser}</p></div>'
    body = blocks(a).split("\n")
    return page(
        a,
        f'<div class="article-body"><h1>{a.title}</h1>{"".join(body[:2])}{card}{"".join(body[2:])}</div><footer>{f.footer}</footer>',
    )


@shape("linked-card-inside", RU_NIGHT)
def _(a: Article, f: Around) -> str:
    card = f'<a class="inject" href="/r"><span class="inject__title">{f.related[0]}</span><span class="inject__lead">{f.teaser}</span></a>'
    body = blocks(a).split("\n")
    return page(
        a,
        f'<div class="text"><h1>{a.title}</h1>{"".join(body[:2])}{card}{"".join(body[2:])}</div><div class="bottom">{f.footer}</div>',
    )


@shape("list-of-links-inside", EN_POWER)
def _(a: Article, f: Around) -> str:
    also = f"<p>{f.also}:</p><ul>{links(f.related)}</ul>"
    body = blocks(a).split("\n")
    return page(
        a,
        f"<article><h1>{a.title}</h1>{body[0]}{also}{''.join(body[1:])}</article><footer>{f.footer}</footer>",
    )


@shape("appeal-inside", UK_ROAD)
def _(a: Article, f: Around) -> str:
    appeal = f'<div class="donate-box"><p>{f.support}</p><a class="btn" href="/d">Patreon</a></div>'
    body = blocks(a).split("\n")
    return page(
        a, f"<article><h1>{a.title}</h1>{''.join(body[:2])}{appeal}{''.join(body[2:])}</article>"
    )


@shape("advertisements-between", RU_DEPOT)
def _(a: Article, f: Around) -> str:
    ad = f'<div class="adfox-slot"><div class="label">{f.ad}</div><noscript><img src="/p.gif"></noscript></div>'
    return page(
        a,
        f'<div class="article"><h1>{a.title}</h1>{blocks(a, between=ad)}</div><div class="bottom">{f.footer}</div>',
    )


@shape("letter-and-author-below", EN_TALKS)
def _(a: Article, f: Around) -> str:
    return page(
        a,
        f'<article><h1>{a.title}</h1>{blocks(a)}<div class="newsletter-signup"><p>{f.letter}</p><input type="email"></div>'
        f'<div class="author-bio"><p>{f.author}</p></div></article><footer>{f.footer}</footer>',
    )


@shape("tags-and-shares-below", UK_GRAIN)
def _(a: Article, f: Around) -> str:
    return page(
        a,
        f'<article><h1>{a.title}</h1>{blocks(a)}<p class="tags">{", ".join(f"<a href=/t>{t}</a>" for t in f.tags)}</p>'
        f"<p>{' '.join(f'<a href=/s>{s}</a>' for s in f.share)}</p></article><footer>{f.footer}</footer>",
    )


@shape("ticker-above", RU_NIGHT)
def _(a: Article, f: Around) -> str:
    rows = "".join(
        f'<div class="lenta-item"><span>09:1{n}</span> <a href="/l">{r}</a></div>'
        for n, r in enumerate(f.related)
    )
    return page(
        a,
        f'<div class="lenta">{rows}</div><div class="material"><h1>{a.title}</h1>{blocks(a)}</div><div class="bottom">{f.footer}</div>',
    )


@shape("next-story-appended", EN_NIGHT)
def _(a: Article, f: Around) -> str:
    after = "".join(f"<p>{words}</p>" for words in (f.teaser, *f.comments))
    return page(
        a,
        f'<article class="story"><h1>{a.title}</h1>{blocks(a)}</article>'
        f'<article class="story"><h1>{f.related[1]}</h1>{after}</article>',
    )


@shape("teasers-as-articles", UK_NIGHT)
def _(a: Article, f: Around) -> str:
    cards = "".join(
        f"<article class='card'><h3><a href='/c'>{r}</a></h3><p>{f.teaser}</p></article>"
        for r in f.related
    )
    return page(
        a,
        f"<main><article class='full'><h1>{a.title}</h1>{blocks(a)}</article><section>{cards}</section></main>",
    )


@shape("comments-without-a-name", RU_DEPOT)
def _(a: Article, f: Around) -> str:
    thread = "".join(
        f'<div class="c-item"><div class="c-user">Пётр</div><div class="c-body">{c}</div></div>'
        for c in f.comments
    )
    return page(
        a,
        f'<div class="story"><h1>{a.title}</h1>{blocks(a)}</div><div class="c-thread"><div class="c-head">{f.reply}</div>{thread}</div>'
        f'<div class="bottom">{f.footer}</div>',
    )


@shape("comments-of-a-service", UK_ROAD)
def _(a: Article, f: Around) -> str:
    return page(
        a,
        f'<article><h1>{a.title}</h1>{blocks(a)}</article><div id="hypercomments_widget"><div class="hc__root">{comment_list(f, "div", "div")}</div></div>'
        f'<div id="disqus_thread">{comment_list(f, "div", "div")}</div>',
    )


@shape("comments-by-label", EN_POWER)
def _(a: Article, f: Around) -> str:
    return page(
        a,
        f'<article><h1>{a.title}</h1>{blocks(a)}</article><section aria-label="Comments">{comment_list(f, "div", "div")}</section>'
        f'<section aria-labelledby="r"><h2 id="r">{f.also}</h2>{links(f.related, "p")}</section>',
    )


@shape("form-made-of-divs", EN_TALKS)
def _(a: Article, f: Around) -> str:
    return page(
        a,
        f'<div class="post"><h1>{a.title}</h1>{blocks(a)}</div><div class="reply-box"><h3>{f.reply}</h3><p>{f.email}</p><div>Comment *</div>'
        f"<div>Name *</div></div>{comment_list(f, 'div', 'div')}",
    )


# ---------------------------------------------------------------- text that comes late


@shape("collapsed-text", RU_TALKS)
def _(a: Article, f: Around) -> str:
    body = blocks(a).split("\n")
    return page(
        a,
        f'<div class="text"><h1>{a.title}</h1>{body[0]}<div class="is-collapsed" style="display:none">{"".join(body[1:])}</div>'
        f'<button>{f.more}</button></div><div class="bottom">{f.footer}</div>',
    )


@shape("text-in-noscript", EN_NIGHT)
def _(a: Article, f: Around) -> str:
    return page(
        a,
        f'<h1>{a.title}</h1><div id="app" class="skeleton"></div><noscript><div class="article-text">{blocks(a)}</div></noscript>'
        f"<footer>{f.footer}</footer>",
    )


@shape("text-in-the-data-only", UK_NIGHT)
def _(a: Article, f: Around) -> str:
    data = {
        "@type": "NewsArticle",
        "headline": a.title,
        "articleBody": "\n\n".join(lines_of(a)),
        "datePublished": "2025-12-06T08:00:00+02:00",
    }
    return page(
        a,
        f'<nav>{links(f.menu, "span")}</nav><h1>{a.title}</h1><div id="root"></div><footer>{f.footer}</footer>',
        f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>',
    )


@shape("lazy-pictures", EN_POWER)
def _(a: Article, f: Around) -> str:
    figure = (
        '<figure><img class="lazyload" data-src="/1.jpg"><noscript><img src="/1.jpg" alt="Photo"></noscript>'
        f"<figcaption>{f.teaser}</figcaption></figure>"
    )
    return page(
        a,
        f"<article><h1>{a.title}</h1>{blocks(a, between=figure)}</article><footer>{f.footer}</footer>",
    )


# ---------------------------------------------------------------- broken markup


@shape("unclosed-tags", RU_NIGHT)
def _(a: Article, f: Around) -> str:
    body = blocks(a).replace("</p>", "").replace("</li>", "")
    return page(
        a,
        f"<ul>{links(f.menu).replace('</li>', '')}</ul><div class=text><h1>{a.title}</h1>{body}</div><div class=footer>{f.footer}",
    )


@shape("stray-tags", UK_GRAIN)
def _(a: Article, f: Around) -> str:
    body = blocks(a).replace("</p>", "</span></p></div></b>", 1)
    return page(
        a,
        f"</div></td><div class='wrap'><div class='x'><a href='/a'><a href='/b'>{f.menu[0]}</a></a></div><div class='text'><h1>{a.title}</h1>"
        f"<b>{body}</div></div></div><footer>{f.footer}</footer></p>",
    )


@shape("no-body", EN_TALKS)
def _(a: Article, f: Around) -> str:
    return f"<title>{a.title}</title><h1>{a.title}</h1>{blocks(a)}<ul>{links(f.menu)}</ul>"


@shape("capitals-and-no-quotes", RU_DEPOT)
def _(a: Article, f: Around) -> str:
    body = blocks(a, "P")
    return (
        f"<HTML><HEAD><META http-equiv=Content-Type content=text/html;charset=utf-8><TITLE>{a.title}</TITLE></HEAD><BODY bgcolor=white>"
        f"<CENTER>{' '.join(f'<A href=/{n}>{m}</A>' for n, m in enumerate(f.menu))}</CENTER><H1 align=center>{a.title}</H1>{body}<HR>"
        f"<FONT size=1>{f.footer}</FONT></BODY></HTML>"
    )


@shape("two-documents-in-one", UK_ROAD)
def _(a: Article, f: Around) -> str:
    return page(a, f"<article><h1>{a.title}</h1>{blocks(a)}</article>") + (
        f"<html><body><div class='popup'><p>{f.letter}</p></div></body></html>"
    )


@shape("bare-ampersands-and-signs", EN_POWER)
def _(a: Article, f: Around) -> str:
    body = blocks(a).replace("&#x27;", "'").replace("</p>", " < & ></p>", 1)
    return page(
        a, f'<div class="news"><h1>{a.title}</h1>{body}</div><div class="footer">{f.footer}</div>'
    )


# ---------------------------------------------------------------- charsets that lie, and wrappers


def plain(a: Article, f: Around, head: str) -> str:
    return document(
        f"<ul class='menu'>{links(f.menu)}</ul><div class='text'><h1>{a.title}</h1>{blocks(a)}</div><div class='footer'>{f.footer}</div>",
        head,
        a.title,
        a.lang,
    )


@shape("cp1251-declared-utf8", RU_NIGHT, "cp1251")
def _(a: Article, f: Around) -> str:
    return plain(a, f, UTF8)


@shape("utf8-declared-cp1251", UK_NIGHT)
def _(a: Article, f: Around) -> str:
    return plain(a, f, '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">')


@shape("koi8-undeclared", RU_TALKS)
def _(a: Article, f: Around) -> bytes:
    return plain(a, f, "").encode("koi8-r", "xmlcharrefreplace")


@shape("cp1251-undeclared", UK_GRAIN, "cp1251")
def _(a: Article, f: Around) -> str:
    return plain(a, f, "")


@shape("cp1251-declared-latin1", RU_DEPOT, "cp1251")
def _(a: Article, f: Around) -> str:
    return plain(a, f, '<meta charset="iso-8859-1">')


@shape("utf16-declared-utf8", UK_ROAD, "utf-16")
def _(a: Article, f: Around) -> str:
    return plain(a, f, UTF8)


@shape("saved-as-mhtml", RU_NIGHT)
def _(a: Article, f: Around) -> bytes:
    letter = EmailMessage()
    letter["Snapshot-Content-Location"] = "https://news.example/night"
    letter.make_related()
    part = EmailMessage()
    part.set_content(plain(a, f, UTF8), subtype="html", cte="quoted-printable")
    letter.attach(part)
    return letter.as_bytes()


@shape("saved-by-singlefile", EN_NIGHT)
def _(a: Article, f: Around) -> str:
    picture = f'<img src="data:image/png;base64,{"iVBORw0KGgoAAAANSUhEUgAA" * 500}">'
    return plain(
        a, f, f"{UTF8}<!--\n Page saved with SingleFile \n url: https://news.example/n -->"
    ).replace("<h1>", f"{picture}<h1>")
