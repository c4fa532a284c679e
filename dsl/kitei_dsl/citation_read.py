"""Citations read as lawyers write them, in kanji, Arabic or full-width numerals, in Japanese and English.

In: a text, what is known, the place it stands in, what was cited before. Out: a `Passage`, or an `Address` where only one
place may be meant; `BadAddress` says what was understood and what was not.
The words are taken down by `passage_ja` and `passage_en`, their meaning found by `passage_resolve`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from kitei_dsl.citation import INSTRUMENT_ID, OWN_SUPPLEMENT, Address, BadAddress, Titles, parse
from kitei_dsl.passage import Conjunction, Known, Pair, Passage, UnreadCitation, WrittenReach, plain_ja
from kitei_dsl.passage_en import written_en
from kitei_dsl.passage_ja import written_ja
from kitei_dsl.passage_print import read_ids
from kitei_dsl.passage_resolve import resolve

_Writing = Callable[[str, Known, "Address | None"], tuple[list[WrittenReach], Conjunction, tuple[Pair, ...]]]


def read_passage_ja(text: str, known: Known, within: Address | None = None, after: Sequence[Address] = ()) -> Passage:
    """Return what a Japanese citation names.

    `within` is the place it stands in: 前条 and この項 count from it, 法 is the word of its instrument, and a bare
    第3項 stands in its article. `after` is what was cited before it, the latest last, for 同条 and 同法.
    Errors: UnreadCitation, AmbiguousCitation; BadAddress for a place that no law can have.

    >>> from kitei_dsl.citation import Title
    >>> known = Known({"fiea": Title("金商法", "FIEA")})
    >>> [str(r.first) for r in read_passage_ja("金商法第二条第三項又は第四項", known).reaches]
    ['fiea/2/3', 'fiea/2/4']
    """
    return _read(written_ja, text, known, within, after)


def read_passage_en(text: str, known: Known, within: Address | None = None, after: Sequence[Address] = ()) -> Passage:
    """Return what an English citation names; the arguments and errors are those of `read_passage_ja`.

    >>> from kitei_dsl.citation import Title
    >>> known = Known({"fiea": Title("金商法", "FIEA")})
    >>> str(read_passage_en("FIEA arts. 3 to 5", known).reaches[0].last)
    'fiea/5'
    """
    return _read(written_en, text, known, within, after)


def read_passage(text: str, known: Known, within: Address | None = None, after: Sequence[Address] = ()) -> Passage:
    """Return what a citation in any of the three forms names: by addresses, Japanese or English."""
    _refuse_long(text)
    if _by_address(text, known):
        return Passage(read_ids(text))
    return (read_passage_ja if _looks_japanese(text, known) else read_passage_en)(text, known, within, after)


def read_ja(text: str, titles: Titles, within: Address | None = None, supplements: Collection[str] = ()) -> Address:
    """Return the one place that a Japanese citation names.

    Numbers may be in kanji, Arabic or full-width digits. 法 or no title at all means the instrument of
    `within`; a bare 第N項 or 第N号 stands in its article. A title or alias in `titles` comes before these
    words, so an ordinance may define 法 as its Act. `supplements` holds the e-Gov ids of known amending
    laws; a law number not among them is taken as that of a government bill.
    Errors: BadAddress, which says what was understood and what was not.

    >>> from kitei_dsl.citation import Title
    >>> str(read_ja("金商法第四十六条の五第一項ただし書", {"fiea": Title("金商法", "FIEA")}))
    'fiea/46_5/1/proviso'
    """
    return _one(text, read_passage_ja(text, _known(titles, within, supplements), within))


def read_en(text: str, titles: Titles, within: Address | None = None, supplements: Collection[str] = ()) -> Address:
    """Return the one place that an English citation names, in the short form or the long.

    The short form is "FIEA art. 46-5(1), proviso", the long "FIEA Article 46-5, paragraph (1), proviso".
    "the Act" or no title means the instrument of `within`, as does a bare paragraph; `supplements` as for `read_ja`.

    >>> from kitei_dsl.citation import Title
    >>> str(read_en("FIBO art. 175(1)(i)(a)", {"fibo": Title("金商業等府令", "FIBO")}))
    'fibo/175/1/i1/イ'
    """
    return _one(text, read_passage_en(text, _known(titles, within, supplements), within))


def read_any(text: str, titles: Titles, within: Address | None = None, supplements: Collection[str] = ()) -> Address:
    """Return the one place that a text names in any of the three forms: canonical, Japanese or English.

    Errors: BadAddress, with the message of the form that the text looks like.
    """
    _refuse_long(text)
    if "/" in text or INSTRUMENT_ID.fullmatch(text):
        return parse(text)
    japanese = _looks_japanese(text, Known(titles))
    return (read_ja if japanese else read_en)(text, titles, within, supplements)


_MAX_LENGTH = 2_000


def _refuse_long(text: str) -> None:
    """Refuse a text longer than any passage of citations, before anything is done with it."""
    if len(text) > _MAX_LENGTH:
        begun, count = text[:60], len(text)
        raise UnreadCitation(f"`{begun}…`は{count}文字あります。引用は{_MAX_LENGTH}文字までです",
                             f"`{begun}…` has {count} characters; a citation has at most {_MAX_LENGTH}")  # fmt: skip


def _read(write: _Writing, text: str, known: Known, within: Address | None, after: Sequence[Address]) -> Passage:
    _refuse_long(text)
    members, conjunction, said = write(text, known, within)
    if not members:
        raise UnreadCitation(f"`{text}`：引用がありません", f"`{text}` begins with no known title: nothing is cited")
    reaches, notes = resolve(members, known, within, after)
    return Passage(tuple(reaches), conjunction, said + notes)


def _known(titles: Titles, within: Address | None, supplements: Collection[str]) -> Known:
    here = within.supplement if within is not None else None
    return Known(
        titles, supplements=frozenset({*supplements, here} if here and here != OWN_SUPPLEMENT else supplements)
    )


def _one(text: str, passage: Passage) -> Address:
    """Return the only place of a passage, or refuse it."""
    reach = passage.reaches[0]
    if len(passage.reaches) > 1 or reach.last is not None or reach.each is not None or reach.via:
        raise UnreadCitation(f"`{text}`は一つの場所を示していません", f"`{text}` does not name one place")
    return reach.first


def _by_address(text: str, known: Known) -> bool:
    first = text.partition(",")[0].partition(" via ")[0].partition("..")[0].strip()
    return ("/" in first and " " not in first) or first in known.titles


def _looks_japanese(text: str, known: Known) -> bool:
    if re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", text) is not None:
        return True
    plain = plain_ja(text)
    return any(plain.startswith(name) for name in known.names_ja if name not in known.names_en)


__all__ = ["BadAddress", "read_any", "read_en", "read_ja", "read_passage", "read_passage_en", "read_passage_ja"]
