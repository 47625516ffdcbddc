"""Text with headings, lists and links: Markdown in files, HTML in the editor, and one canonical form of that.

Only what the editor itself offers is let through, wherever a text comes from: a file of this workshop, another
organisation's, or somebody's clipboard.
"""

import re

import nh3
from markdown_it import MarkdownIt
from markdownify import markdownify

FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link"]
"""What the editor offers, as Wagtail names it; ``TAGS`` are what it makes of these."""
TAGS = {"h2", "h3", "b", "i", "ol", "ul", "li", "a", "p", "br"}
ADDRESSES = {"https", "mailto", "tel"}

_ATTRIBUTES: dict[str, set[str]] = {"a": {"href"}, "*": set()}  # without “*”, nh3 lets through lang and title
_NAMED_OTHERWISE = (("strong", "b"), ("em", "i"))
_BLOCK = "h2|h3|ol|ul|li|p"
_BESIDE_A_BLOCK = re.compile(rf"\s*(</?(?:{_BLOCK})>|<br>)\s*")
_ITEM = re.compile(r"<li>((?:(?!</?(?:li|ol|ul)>).)*)</li>")
_EMPTY = re.compile(rf"<({_BLOCK}|b|i|a)></\1>")
_UNKNOWN = ["image", "code", "fence", "backticks", "hr", "blockquote"]
_markdown = MarkdownIt("commonmark", {"html": False}).disable(_UNKNOWN)


def from_markdown(text: str) -> str:
    """Give the canonical HTML of Markdown; HTML in it is text."""
    return clean(_markdown.render(text))


def to_markdown(html: str) -> str:
    """Give Markdown that says the same as canonical HTML, nearly always so that ``from_markdown`` gives that again."""
    return str(markdownify(html, heading_style="ATX", bullets="-", newline_style="backslash")).strip()


def clean(html: str) -> str:
    """Give HTML in its one canonical form: the allowed tags alone, no attributes but a link's address."""
    for name, ours in _NAMED_OTHERWISE:
        html = re.sub(rf"<(/?){name}\b[^>]*>", rf"<\1{ours}>", html)
    html = nh3.clean(html, tags=TAGS, attributes=_ATTRIBUTES, url_schemes=ADDRESSES, link_rel=None)
    html = _BESIDE_A_BLOCK.sub(r"\1", re.sub(r"\s+", " ", html)).strip()
    html = _ITEM.sub(lambda item: f"<li>{_on_lines(item[1])}</li>", html)
    while (shorter := _EMPTY.sub("", html)) != html:
        html = shorter
    return html


def _on_lines(item: str) -> str:
    """Give the paragraphs of a list's item as lines: the editor knows no paragraphs there."""
    return re.sub(r"</?p>", "", item.replace("</p><p>", "<br>"))
