"""Official texts in 法令標準XML (schema version 3), as e-Gov publishes them, bare or in the envelope of its law API.

Comes in: the bytes of a file. Goes out: the same `Official` as from Markdown. A document type declaration, and with it
every entity, is refused before anything is expanded; nothing is fetched; nesting is bounded. Provisions that a law quotes to
amend another (改正規定) are words, not units.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.parsers import expat

from kitei_dsl.law_number import ERAS, LawNumber, egov_id_of
from kitei_dsl.numerals import IROHA, kanji_to_int
from kitei_dsl.official import NotLaw, Official, Place, Sentence, cut

#: Elements one inside the other; the schema's deepest (sub-item 10 in a table in an item) has some forty.
MAX_DEPTH = 100
_KANJI = "[元〇一二三四五六七八九十百千]+"
_LAW = re.compile(rf"(明治|大正|昭和|平成|令和)({_KANJI})年(?:{_KANJI}月{_KANJI}日)?(法律|政令|内閣府令)第({_KANJI})号")
#: What stands below a unit and is read as units or headings of its own.
_NOT_WORDS = re.compile(r"(Paragraph|Item|Subitem[0-9]+|Article)(Num|Title|Caption)?|SupplNote")


def read_xml(data: bytes) -> Official:
    """Return the units of a law. Raises NotLaw for anything else, never for what a unit holds."""
    law = _root(data)
    body = law.find("LawBody")
    if body is None:
        raise NotLaw("no LawBody")
    text = Official()
    main = body.find("MainProvision")
    if main is not None:
        _provisions(main, None, text)
    unnamed = 0
    for element in body.iterfind("SupplProvision"):
        number = element.get("AmendLawNum")
        if number is None:
            unnamed += 1
            if unnamed == 1:
                _provisions(element, "own", text)
        elif (egov := amending_law(number)) is not None:
            _provisions(element, egov, text)
    return text


def _root(data: bytes) -> ElementTree.Element:
    """Parse with every kind of entity and document type refused."""
    builder = ElementTree.TreeBuilder()
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise NotLaw(f"elements nested deeper than {MAX_DEPTH}")
        builder.start(name, attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(name)

    def refuse(*_: object) -> int:
        raise NotLaw("a document type or an entity is declared; 法令標準XML has none")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    parser.UnparsedEntityDeclHandler = parser.ExternalEntityRefHandler = refuse
    try:
        parser.Parse(data, True)
        root = builder.close()
    except expat.ExpatError as error:
        raise NotLaw(f"not well-formed: {error}") from None
    if root.tag == "Law":
        return root
    inner = root.find(".//Law")
    if inner is None:
        raise NotLaw(f"no Law element in `{root.tag[:40]}`")
    return inner


def amending_law(number: str) -> str | None:
    """Return the e-Gov id of the law that a number in kanji names, or None for one of another kind.

    >>> amending_law("令和四年六月一〇日法律第六一号")
    '504AC0000000061'
    """
    found = _LAW.search(unicodedata.normalize("NFKC", number))
    if found is None:
        return None
    era = next(n for n, (ja, _, _) in enumerate(ERAS, 1) if ja == found[1])
    english = {"法律": "Act", "政令": "Cabinet Order", "内閣府令": "Cabinet Office Ordinance"}[found[3]]
    try:
        year = 1 if found[2] == "元" else kanji_to_int(found[2])
        return egov_id_of(LawNumber(era, year, found[3], english, kanji_to_int(found[4])), ())
    except ValueError:
        return None


def _provisions(element: ElementTree.Element, supplement: str | None, text: Official) -> None:
    """Read the articles and bare paragraphs below an element, whatever chapters lie between."""
    for child in element:
        if child.tag == "Article":
            if (article := _numbers(child.get("Num"))) is not None:
                for paragraph in child.iterfind("Paragraph"):
                    _paragraph(paragraph, supplement, article, text)
        elif child.tag == "Paragraph":
            _paragraph(child, supplement, None, text)
        elif child.tag in ("Part", "Chapter", "Section", "Subsection", "Division"):
            _provisions(child, supplement, text)


def _numbers(text: str | None) -> tuple[int, ...] | None:
    """Return the number of an attribute such as 63_11_2; of a range (38:84) its first; None where it is none."""
    first = (text or "").partition(":")[0]
    if not re.fullmatch(r"[0-9]{1,4}(_[0-9]{1,4})*", first, re.ASCII):
        return None
    return tuple(int(n) for n in first.split("_"))


def _paragraph(
    element: ElementTree.Element, supplement: str | None, article: tuple[int, ...] | None, text: Official
) -> None:
    number = _numbers(element.get("Num"))
    if number is None:
        return
    place = Place(supplement, article, number[0] or 1)
    _unit(element, place, text)
    for item in element.iterfind("Item"):
        if numbers := _numbers(item.get("Num")):
            below = place._replace(item=numbers)
            _unit(item, below, text)
            _subitems(item, below, 1, text)


def _subitems(element: ElementTree.Element, place: Place, level: int, text: Official) -> None:
    """Read the sub-items イ, (1), (i); deeper ones are words of the third."""
    for child in element.iterfind(f"Subitem{level}"):
        title = unicodedata.normalize("NFKC", child.findtext(f"Subitem{level}Title") or "").strip()
        fits = (len(title) == 1 and title in IROHA, re.fullmatch(r"\([0-9]{1,3}\)", title), re.fullmatch(r"\([ivxl]+\)", title))  # fmt: skip
        if level > len(fits) or not fits[level - 1]:
            text.add_rest(place, _all_words(child))
            continue
        below = place._replace(subitems=(*place.subitems, title))
        _unit(child, below, text)
        _subitems(child, below, level + 1, text)


def _unit(element: ElementTree.Element, place: Place, text: Official) -> None:
    """Add a unit's own sentences, and whatever else of its own stands in it."""
    own = element.find(f"{element.tag}Sentence")
    text.add(place, [] if own is None else list(_sentences(own)))
    for child in element:
        if child is not own and not _NOT_WORDS.fullmatch(child.tag) and (words := _all_words(child)):
            text.add_rest(place, words)


def _sentences(element: ElementTree.Element) -> Iterator[Sentence]:
    """Give the sentences of a unit; columns are one line, cut as Markdown is."""
    columns = element.findall("Column")
    if columns:
        joined = "　".join("".join(_words(s) for s in column.iterfind("Sentence")) for column in columns)
        yield from cut(joined)
        return
    for sentence in element.iterfind("Sentence"):
        words = _words(sentence)
        if words:
            yield Sentence(words, sentence.get("Function") == "proviso" or words.startswith("ただし、"))


def _words(element: ElementTree.Element) -> str:
    """Return the words of an element without the readings set beside them (ルビ)."""
    parts = [element.text or ""]
    for child in element:
        parts += ["" if child.tag == "Rt" else _words(child), child.tail or ""]
    return unicodedata.normalize("NFC", "".join(parts)).strip("\n\r\t ")


def _all_words(element: ElementTree.Element) -> str:
    return "".join(_words(element).split("\n"))
