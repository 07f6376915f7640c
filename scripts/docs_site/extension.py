"""What Sphinx is taught for the documentation site: formulas as MathML, and a search that finds Chinese.

Formulas are set by the browser itself, from MathML that docutils makes: no script and no font is fetched. The search of Sphinx cuts
text at white space; here a stretch of Chinese is cut into its pairs of characters, in pages and in what is searched for alike, so that any
two characters or more are found wherever they stand.
"""

from __future__ import annotations

import re
from gettext import NullTranslations
from typing import Any

from docutils import nodes
from docutils.utils.math import MathError
from docutils.utils.math.latex2mathml import tex2mathml
from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish
from sphinx.util import logging

_LOG = logging.getLogger(__name__)
_HAN = "一-鿿"


def _pairs(stretch: str) -> list[str]:
    return [stretch[i : i + 2] for i in range(max(1, len(stretch) - 1))]


class _Search(SearchEnglish):
    """English words by their stems, Chinese by pairs of characters."""

    js_splitter_code = f"""
function splitQuery(query) {{
  return (query.match(/[{_HAN}]+|[^{_HAN}\\W]+/g) || []).flatMap((part) =>
    /[{_HAN}]/.test(part)
      ? Array.from({{length: Math.max(1, part.length - 1)}}, (_, i) => part.slice(i, i + 2))
      : [part]);
}}
"""

    def split(self, input: str) -> list[str]:
        """The words of a text, or its pairs of Chinese characters."""
        parts = re.findall(rf"[{_HAN}]+|[^{_HAN}\W]+", input)
        return [word for part in parts for word in (_pairs(part) if re.match(f"[{_HAN}]", part) else [part])]


class _ChineseSearch(_Search):
    lang = "zh"
    # What the stemmer is called.
    language_name = "English"


def _plain(formula: str) -> str:
    r"""A formula as docutils reads it: \\frac12 with braces, a hyphen for minus."""
    return re.sub(r"\\([td]?frac)\s*(\w)\s*(\w)", r"\\\1{\2}{\3}", formula).replace("−", "-")


def _mathml(node: nodes.Element, as_block: bool) -> str:
    """A formula as MathML; one that cannot be set is a warning, which the site does not pass."""
    try:
        return str(tex2mathml(_plain(node.astext()), as_block=as_block))
    except MathError as error:
        _LOG.warning("formula: %s", error, location=node)
        return ""


def _inline(writer: Any, node: nodes.math) -> None:
    writer.body.append(_mathml(node, as_block=False))
    raise nodes.SkipNode


def _block(writer: Any, node: nodes.math_block) -> None:
    writer.body.append(f'<div class="math">{_mathml(node, as_block=True)}</div>')
    raise nodes.SkipNode


_CHINESE = {
    "On this page": "本页内容",
    "Previous": "上一页",
    "Next": "下一页",
    "Home": "首页",
    "Back to top": "回到顶部",
    "Skip to content": "跳到正文",
}
"""Words of the theme, of which it has no Chinese."""


class _Words(NullTranslations):
    """The words of Sphinx in the language of the pages, and those of the theme in Chinese."""

    def gettext(self, message: str) -> str:
        return _CHINESE.get(message) or super().gettext(message)


def _translate_theme(app: Sphinx) -> None:
    if app.config.language.startswith("zh"):
        words = _Words()
        words.add_fallback(app.translator)
        app.builder.templates.environment.install_gettext_translations(words)


def setup(app: Sphinx) -> dict[str, Any]:
    """Called by Sphinx."""
    app.add_html_math_renderer("mathml", inline_renderers=(_inline, None), block_renderers=(_block, None))
    app.add_search_language(_Search)
    app.add_search_language(_ChineseSearch)
    app.connect("builder-inited", _translate_theme)
    app.add_lexer("tsv", TextLexer)  # Pygments does not know it.
    return {"parallel_read_safe": True, "parallel_write_safe": True}
