"""A PDF as it will be printed: page under page, painted as they come into sight, rendered beside the main thread."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QObject, QPoint, QRect, QRunnable, Qt, QThreadPool, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from rehabdesk.texts import Texts
from rehabdesk.ui.parts.basics import KeyButton, Muted
from rehabdesk.ui.parts.layouts import FlowLayout, column, holding
from rehabdesk.ui.parts.pdf_pages import PdfPages
from rehabdesk.ui.parts.theme import Theme
from rehabdesk.ui.parts.tokens import GAP, PAD

REMEMBERED_PAGES = 6
ZOOM_STEP = 1.2
LEAST_ZOOM, MOST_ZOOM = 0.3, 4.0
POINTS_TO_PIXELS = 96 / 72


class PdfPreview(QWidget):
    """The pages, and above them which page is seen and how large. `page_seen(n, m)` counts from one."""

    page_seen = Signal(int, int)

    def __init__(self, theme: Theme, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self.setProperty("part", "clear")
        self.sheets = _Sheets(theme, self)
        self.sheets.setAccessibleName(texts.say("Preview"))
        self._where = Muted(wrap=False)
        smaller = KeyButton(texts.name("button", "Smaller"), "Ctrl+-")
        larger = KeyButton(texts.name("button", "Larger"), "Ctrl++")
        whole = KeyButton(texts.name("button", "Full width"), "Ctrl+0")
        smaller.clicked.connect(self.sheets.smaller)
        larger.clicked.connect(self.sheets.larger)
        whole.clicked.connect(self.sheets.full_width)
        bar = FlowLayout()
        for widget in (self._where, smaller, larger, whole):
            bar.addWidget(widget)
        self.setLayout(column(holding(bar), self.sheets, gap=GAP))
        self.setFocusProxy(self.sheets)
        self.sheets.page_seen.connect(self._on_page_seen)

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return self.sheets.page_count

    def show_pdf(self, data: bytes) -> None:
        """Show this PDF from its first page."""
        self.sheets.show_pages(PdfPages(data))

    def clear(self) -> None:
        """Show nothing, and keep nothing of what was shown."""
        self.sheets.show_pages(None)

    def _on_page_seen(self, page: int, pages: int) -> None:
        self._where.setText(self._texts.say("Page {page} of {pages}", page=page, pages=pages) if pages else "")
        self.page_seen.emit(page, pages)


class _Answers(QObject):
    """Carries a rendered page from the worker to the main thread."""

    rendered = Signal(object, int, float, QImage, str)


class _Shelf:
    """Holds the one open PDF, so that it is closed also when the view goes away with it."""

    def __init__(self) -> None:
        self.pages: PdfPages | None = None

    def close(self) -> None:
        if self.pages is not None:
            self.pages.close()
        self.pages = None


class _Rendering(QRunnable):
    """One page to be rendered."""

    def __init__(self, pages: PdfPages, place: int, scale: float, answers: _Answers) -> None:
        super().__init__()
        self._pages, self._place, self._scale, self._answers = pages, place, scale, answers

    def run(self) -> None:
        image = self._pages.image(self._place, self._scale)
        if image is not None:
            self._answers.rendered.emit(self._pages, self._place, self._scale, image, self._pages.text(self._place))


class _Sheets(QAbstractScrollArea):
    page_seen = Signal(int, int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shelf = _Shelf()
        self._zoom: float | None = None
        self._images: OrderedDict[tuple[int, float], QImage] = OrderedDict()
        self._words: dict[int, str] = {}
        self._asked: set[tuple[int, float]] = set()
        self._seen = 0
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._answers = _Answers()
        self._answers.rendered.connect(self._on_rendered)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        shelf = self._shelf

        def end(_sender: object = None) -> None:
            # Not a bound method: those are held weakly, and the shelf would be gone before the view is.
            shelf.close()

        self.destroyed.connect(end)

    @property
    def _pages(self) -> PdfPages | None:
        return self._shelf.pages

    @property
    def page_count(self) -> int:
        return len(self._pages.sizes) if self._pages is not None else 0

    def show_pages(self, pages: PdfPages | None) -> None:
        self._pool.clear()
        self._shelf.close()
        self._shelf.pages = pages
        self._images.clear()
        self._words.clear()
        self._asked.clear()
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self._on_scrolled()
        self.viewport().update()

    def smaller(self) -> None:
        self._set_zoom(self._scale() / ZOOM_STEP)

    def larger(self) -> None:
        self._set_zoom(self._scale() * ZOOM_STEP)

    def full_width(self) -> None:
        self._set_zoom(None)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows scroll, page keys turn a page, Home and End go to the ends."""
        bar = self.verticalScrollBar()
        page = self._current()
        match event.key():
            case Qt.Key.Key_PageDown | Qt.Key.Key_Space:
                bar.setValue(self._top_of(page + 1) if page + 1 < self.page_count else bar.maximum())
            case Qt.Key.Key_PageUp:
                bar.setValue(self._top_of(max(0, page - 1)))
            case Qt.Key.Key_Home:
                bar.setValue(0)
            case Qt.Key.Key_End:
                bar.setValue(bar.maximum())
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self._theme.colour("page"))
        offset = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        for place in range(self.page_count):
            sheet = self._rect_of(place).translated(-offset)
            if sheet.intersects(self.viewport().rect()):
                # Paper is white, in the dark too.
                painter.fillRect(sheet, QColor("white"))
                self._paint_sheet(painter, place, sheet)
                painter.setPen(QPen(self._theme.colour("line"), 1))
                painter.drawRect(sheet)

    def _paint_sheet(self, painter: QPainter, place: int, sheet: QRect) -> None:
        key = (place, self._pixels_per_point())
        image = self._images.get(key)
        if image is not None:
            self._images.move_to_end(key)
            # Pixel for pixel: stretched by the one pixel of a rounded edge, it would lose a row of the letters.
            painter.drawImage(sheet.topLeft(), image)
        elif key not in self._asked and self._pages is not None:
            self._asked.add(key)
            self._pool.start(_Rendering(self._pages, place, key[1], self._answers))

    def _on_rendered(self, pages: PdfPages, place: int, scale: float, image: QImage, words: str) -> None:
        self._asked.discard((place, scale))
        if pages is not self._pages:
            return
        image.setDevicePixelRatio(self.devicePixelRatioF())
        self._images[(place, scale)] = image
        while len(self._images) > REMEMBERED_PAGES:
            self._images.popitem(last=False)
        self._words[place] = words
        if place == self._seen:
            self.setAccessibleDescription(words)
        self.viewport().update()

    def _on_scrolled(self) -> None:
        self._seen = self._current()
        self.setAccessibleDescription(self._words.get(self._seen, ""))
        self.page_seen.emit(self._seen + 1 if self.page_count else 0, self.page_count)

    def _set_zoom(self, zoom: float | None) -> None:
        page = self._current()
        self._zoom = None if zoom is None else max(LEAST_ZOOM, min(MOST_ZOOM, zoom))
        self._lay_out()
        self.verticalScrollBar().setValue(self._top_of(page) if page else self.verticalScrollBar().value())
        self.viewport().update()

    def _scale(self) -> float:
        """Window pixels per point of paper."""
        if self._zoom is not None:
            return self._zoom
        widest = max((size.width() for size in self._pages.sizes), default=595) if self._pages is not None else 595
        room = self.viewport().width() - 2 * PAD
        return max(LEAST_ZOOM, min(room / widest, 1.5 * POINTS_TO_PIXELS))

    def _pixels_per_point(self) -> float:
        return round(self._scale() * self.devicePixelRatioF(), 3)

    def _rect_of(self, place: int) -> QRect:
        assert self._pages is not None
        scale, top = self._scale(), PAD
        for size in self._pages.sizes[:place]:
            top += round(size.height() * scale) + PAD
        width, height = (round(side * scale) for side in self._pages.sizes[place].toTuple())
        return QRect(max(PAD, (self.viewport().width() - width) // 2), top, width, height)

    def _top_of(self, place: int) -> int:
        return self._rect_of(place).top() - PAD if self.page_count else 0

    def _current(self) -> int:
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        places = [place for place in range(self.page_count) if self._rect_of(place).top() <= middle]
        return places[-1] if places else 0

    def _lay_out(self) -> None:
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        room = self.viewport().size()
        if self.page_count:
            last = self._rect_of(self.page_count - 1)
            widest = max(self._rect_of(place).width() for place in range(self.page_count)) + 2 * PAD
            down.setRange(0, max(0, last.bottom() + PAD - room.height()))
            across.setRange(0, max(0, widest - room.width()))
        else:
            down.setRange(0, 0)
            across.setRange(0, 0)
        down.setPageStep(room.height())
        down.setSingleStep(self._theme.px(40))
        across.setPageStep(room.width())
        self.viewport().update()
