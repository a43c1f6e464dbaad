"""The pages of a PDF in memory, as pictures and as text. PDFium is imported at the first PDF, not before."""

from __future__ import annotations

import threading
from types import TracebackType

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

# PDFium answers one caller at a time in the whole process: preview and printing meet here, from their own threads.
_ONE_AT_A_TIME = threading.RLock()


class PdfPages:
    """An open PDF. Every method may be called from any thread."""

    def __init__(self, data: bytes) -> None:
        import pypdfium2

        with _ONE_AT_A_TIME:
            self._document = pypdfium2.PdfDocument(data)
            self._sizes = tuple(QSizeF(*self._document.get_page_size(place)) for place in range(len(self._document)))
            self._closed = False

    def __enter__(self) -> PdfPages:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def sizes(self) -> tuple[QSizeF, ...]:
        """The size of each page, in points."""
        return self._sizes

    def image(self, place: int, scale: float) -> QImage | None:
        """Page `place` (from 0) with `scale` pixels a point; None when the PDF was closed meanwhile."""
        with _ONE_AT_A_TIME:
            if self._closed:
                return None
            page = self._document[place]
            bitmap = page.render(scale=scale, prefer_bgrx=True)
            try:
                # Copied: the picture outlives PDFium's own memory.
                return QImage(
                    bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
                ).copy()
            finally:
                bitmap.close()
                page.close()

    def text(self, place: int) -> str:
        """The words of a page, in reading order as PDFium finds them."""
        with _ONE_AT_A_TIME:
            if self._closed:
                return ""
            page = self._document[place]
            words = page.get_textpage()
            try:
                return words.get_text_bounded()
            finally:
                words.close()
                page.close()

    def close(self) -> None:
        """Let PDFium forget it; may be called twice."""
        with _ONE_AT_A_TIME:
            if not self._closed:
                self._closed = True
                self._document.close()
