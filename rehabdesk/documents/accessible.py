"""From ReportLab's PDF to PDF/UA-1 and PDF/A-2a in one file: tags, language, title, colour space, nothing about us.

One pass with pikepdf, which also rewrites the streams (ReportLab's lengths and line ends are refused by PDF/A) and
packs the objects. The file says nothing of its maker, machine, program or time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from xml.sax.saxutils import escape
from zlib import adler32

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from rehabdesk.documents.tags import Tag, Tree
from rehabdesk.paths import resources

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" \
xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdfuaid:part>1</pdfuaid:part><pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of PDF/UA that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""

_AMBIGUOUS_END = b"\r\nendstream"
_CARRIAGE_RETURN = 0x0D
_MOST_ATTEMPTS = 16
_ATTRIBUTE_OWNERS = {"Scope": "Table", "ListNumbering": "List"}


@dataclass(frozen=True, slots=True)
class Identity:
    """What the file says of itself: its title, without a person's name, and its language."""

    title: str
    language: str


def accessible(drawn: bytes, tree: Tree, identity: Identity) -> bytes:
    """The drawn file with its structure and identity."""
    with Pdf.open(BytesIO(drawn)) as pdf:
        _identify(pdf, identity)
        _Structure(pdf).add(tree)
        made = _saved(pdf)
        for _ in range(_MOST_ATTEMPTS):
            if _AMBIGUOUS_END not in made:
                break
            _nudge(pdf)
            made = _saved(pdf)
    return made


def _saved(pdf: Pdf) -> bytes:
    made = BytesIO()
    pdf.save(
        made,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
        deterministic_id=True,
        min_version="1.7",
    )
    return made.getvalue()


def _nudge(pdf: Pdf) -> None:
    """Change, without changing what it means, every stream whose compressed form would end in a carriage return.

    The line end before `endstream` would make it "\\r\\n", and a checker takes both for the line end and finds the
    stream one byte short. A compressed stream ends in the sum of what it holds, so one sign more is another end.
    """
    for each in pdf.objects:
        if isinstance(each, pikepdf.Stream) and each.get("/Subtype") != Name.Image:
            content = each.read_bytes()
            if adler32(content) & 0xFF == _CARRIAGE_RETURN:
                each.write(content + b"\n")  # after a font's last table it belongs to none
                if "/Length1" in each:
                    each.Length1 = len(content) + 1
    # The packed objects and the table of places end in sums too.
    pdf.Root.StructTreeRoot.ParentTreeNextKey += 1


def _identify(pdf: Pdf, identity: Identity) -> None:
    root = pdf.Root
    if "/Info" in pdf.trailer:
        del pdf.trailer.Info
    xmp = _XMP.format(title=escape(identity.title), language=identity.language)
    root.Metadata = pdf.make_stream(xmp.encode(), Type=Name.Metadata, Subtype=Name.XML)
    root.Lang = String(identity.language)
    root.MarkInfo = Dictionary(Marked=True)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    if "/Outlines" in root:
        root.PageMode = Name.UseOutlines
    profile = pdf.make_stream(_colour_profile(), N=3)
    root.OutputIntents = Array([
        Dictionary(
            Type=Name.OutputIntent,
            S=Name.GTS_PDFA1,
            OutputConditionIdentifier=String("sRGB"),
            DestOutputProfile=profile,
        )
    ])


@cache
def _colour_profile() -> bytes:
    return (resources() / "colour" / "sRGB.icc").read_bytes()


class _Structure:
    """Writes the tree of tags into the file, and the way back from each page's marks to their tags."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._pages = [page.obj for page in pdf.pages]
        self._marked: list[dict[int, pikepdf.Object]] = [{} for _ in self._pages]

    def add(self, tree: Tree) -> None:
        """The whole tree."""
        root = self._pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        root.K = self._element(tree.root, root)
        numbers = Array()
        for number, (page, marked) in enumerate(zip(self._pages, self._marked, strict=True)):
            page.StructParents = number
            page.Tabs = Name.S
            numbers.extend([number, self._pdf.make_indirect(Array([marked[mark] for mark in sorted(marked)]))])
        root.ParentTree = self._pdf.make_indirect(Dictionary(Nums=numbers))
        root.ParentTreeNextKey = len(self._pages)
        self._pdf.Root.StructTreeRoot = root

    # Internals

    def _element(self, tag: Tag, parent: pikepdf.Object) -> pikepdf.Object:
        element = self._pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + tag.kind), P=parent))
        if tag.alt:
            element.Alt = String(tag.alt)
        self._attribute(element, tag)
        kids = [kid for kid in (self._element(child, element) for child in tag.children if _is_worth(child))]
        kids += self._marks(element, tag)
        if kids:
            element.K = kids[0] if len(kids) == 1 else Array(kids)
        return element

    def _marks(self, element: pikepdf.Object, tag: Tag) -> list[pikepdf.Object | int]:
        if not tag.marks:
            return []
        first = tag.marks[0][0]
        element.Pg = self._pages[first]
        kids: list[pikepdf.Object | int] = []
        for page, mark in tag.marks:
            self._marked[page][mark] = element
            kids.append(mark if page == first else Dictionary(Type=Name.MCR, Pg=self._pages[page], MCID=mark))
        return kids

    def _attribute(self, element: pikepdf.Object, tag: Tag) -> None:
        for name, value in (tag.attributes or {}).items():
            element.A = Dictionary({"/O": Name("/" + _ATTRIBUTE_OWNERS[name]), "/" + name: Name("/" + value)})
        if tag.box is not None:
            element.A = Dictionary(O=Name.Layout, BBox=Array([round(edge, 2) for edge in tag.box]), Placement=Name.Block)


def _is_worth(tag: Tag) -> bool:
    """Whether there is anything in the tag: a cell counts even when it is empty."""
    return bool(tag.children or tag.marks or tag.kind in ("TD", "TH"))
