"""The text of a chart."""

from matplotlib.text import Text


def shown_texts(figure):
    return [text for text in figure.findobj(Text) if text.get_text().strip() and text.get_visible()]


def text_of(figure):
    return "".join(text.get_text() for text in shown_texts(figure))
