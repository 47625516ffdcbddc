"""A code as a picture: its words, large and numbered, and nothing that says what they are for."""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from alongside.core.codes import Code

_WIDTH, _LINE, _EDGE = 640, 92, 48
_SIZE = 52
_PAPER, _INK, _SOFT = 255, 30, 130  # shades of grey


def picture(code: Code) -> bytes:
    """Give a PNG of a few kB, 640 pixels wide, with one word of ``code`` in each line."""
    image = Image.new("L", (_WIDTH, 2 * _EDGE + _LINE * len(code.words)), _PAPER)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(_SIZE)
    for number, word in enumerate(code.words, 1):
        middle = _EDGE + _LINE * (number - 0.5)
        draw.text((_EDGE + _SIZE, middle), str(number), _SOFT, font, anchor="rm")
        draw.text((_EDGE + 1.8 * _SIZE, middle), word, _INK, font, anchor="lm")
    file = BytesIO()
    image.quantize(16).save(file, "PNG", optimize=True)
    return file.getvalue()
