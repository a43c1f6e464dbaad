"""Makes `resources/fonts` from Debian's fonts-noto-core. Run by hand when the faces change; needs fontTools.

    python packaging/fonts.py /usr/share/fonts/truetype/noto resources/fonts

Kept: Latin, Greek and Cyrillic with their accents, punctuation and signs. Left out: hinting and layout tables, which
paper does not use. Arrows, comparison signs and boxes come from Noto Sans Math and Noto Sans Symbols 2.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter, parse_unicodes
from fontTools.ttLib import TTFont

KEPT = (
    "20-7E,A0-36F,370-3FF,400-52F,1AB0-1AFF,1C80-1C8F,1D00-1DBF,1E00-1FFF,2000-209F,20A0-20CF,2100-218F,25A0-25FF,"
    "2C60-2C7F,2DE0-2DFF,2E00-2E7F,A640-A69F,A720-A7FF,AB30-AB6F,FB00-FB06,FFFD"
)
SIGNS = "2190-2195,2212,2215,2219-221A,221E,2248,2260,2264-2265,25A1,2610-2612,2713-2714,2717"
LENDERS = ("NotoSansMath-Regular.ttf", "NotoSansSymbols2-Regular.ttf", "NotoSansSymbols-Regular.ttf")
NAMES_KEPT = [0, 1, 2, 3, 4, 5, 6, 13, 14]


def lend(font: TTFont, lender: TTFont, wanted: set[int]) -> None:
    """Copy the outlines of the wanted characters that the font lacks."""
    units = font["head"].unitsPerEm / lender["head"].unitsPerEm
    ours, theirs, glyphs = font.getBestCmap(), lender.getBestCmap(), lender.getGlyphSet()
    order = font.getGlyphOrder()
    for code in sorted(wanted - ours.keys()):
        if code not in theirs or units != 1:
            continue
        recorded = DecomposingRecordingPen(glyphs)
        glyphs[theirs[code]].draw(recorded)
        outline = TTGlyphPen(None)
        recorded.replay(outline)
        name = f"uni{code:04X}"
        font["glyf"][name] = outline.glyph()
        font["hmtx"][name] = lender["hmtx"][theirs[code]]
        for table in font["cmap"].tables:
            table.cmap[code] = name
        order = [*order, name] if name not in order else order
    font.setGlyphOrder(order)


def reduced(source: Path, face: str) -> TTFont:
    """One face with what paper needs."""
    font = TTFont(source / f"NotoSans-{face}.ttf")
    options = Options(hinting=False, layout_features=[], notdef_outline=True, layout_closure=False)
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "DSIG", "gasp"]
    options.name_IDs = NAMES_KEPT
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=parse_unicodes(KEPT) + parse_unicodes(SIGNS))
    subsetter.subset(font)
    for name in LENDERS:
        if (source / name).exists():
            lend(font, TTFont(source / name), set(parse_unicodes(SIGNS)))
    return font


if __name__ == "__main__":
    for each in ("Regular", "Bold", "Italic"):
        reduced(Path(sys.argv[1]), each).save(Path(sys.argv[2]) / f"NotoSans-{each}.ttf")
