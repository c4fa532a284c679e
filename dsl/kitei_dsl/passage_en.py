"""English citations taken down as written: arts. 3 to 5; paragraphs (1) and (3) of Article 5; the preceding paragraph.

In: a text and what is known. Out: the members of the citation in the order written, unresolved (`WrittenReach`), and how
they are joined. Errors: UnreadCitation, which says what was understood and what was not.
A bracket means what its position lets it mean: after an article digits are a paragraph and Roman numerals an item; after
"and" or "to" it is a sibling of the bracket before it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from kitei_dsl.citation import EGOV_ID, Address, Kind
from kitei_dsl.citation_print import PARTS_EN, UNITS_EN
from kitei_dsl.frozen import Struct, field, replace
from kitei_dsl.law_number import ERAS, LAW_TYPES, LawNumber, egov_id_of
from kitei_dsl.numerals import iroha, letters_to_int, roman_to_int
from kitei_dsl.passage import (
    ARTICLE,
    ITEM,
    PARAGRAPH,
    PART,
    AmbiguousCitation,
    Conjunction,
    Each,
    Known,
    Opening,
    Pair,
    Step,
    UnreadCitation,
    Written,
    WrittenReach,
    plain_en,
)
from kitei_dsl.passage_ja import instrument_of

_LAW = re.compile(
    rf"(?:(?P<id>{EGOV_ID.pattern})|(?P<type>Act|Cabinet Order|Cabinet Office Ordinance|Ministerial Ordinance) "
    rf"No\. ?(?P<number>[0-9]{{1,4}}) of (?P<western>[0-9]{{4}})(?: \((?P<era>[A-Z][a-z]+) [0-9]+\))?"
    rf"(?: \[(?P<note>{EGOV_ID.pattern})\])?)(?![0-9A-Za-z])"
)
_SUPPLEMENT = re.compile(r",? ?(?:suppl\.|(?:of )?(?:the )?supplementary provisions)", re.IGNORECASE)
_NUM = r"[0-9]{1,4}(?:-[0-9]{1,4})*"
_ARTICLE = re.compile(rf"(?P<word>arts?\.|arts?(?= )|articles?) ?(?P<number>{_NUM})", re.IGNORECASE)
_SECTION = re.compile(r"(?:secs?\.|sections?) ?(?P<number>[0-9]+(?:\.[0-9]+)*)", re.IGNORECASE)
_PARAGRAPH = re.compile(
    r"(?P<word>paras?\.?|paragraphs?) ?(?:\((?P<bracket>[0-9]{1,4})\)|(?P<bare>[0-9]{1,4}))", re.IGNORECASE
)
_ITEM = re.compile(
    r"(?P<word>items?) ?(?:\((?P<bracket>[ivxlcdm]+(?:-[0-9]{1,4})*)\)|(?P<bare>[ivxlcdm]+(?:-[0-9]{1,4})*)(?![a-z]))",
    re.IGNORECASE,
)
_SUBITEM = re.compile(r"(?P<word>sub-?items?) ?\((?P<bracket>[a-z]+|[0-9]{1,4})\)", re.IGNORECASE)
_BRACKET = re.compile(r"\((?P<text>[0-9]{1,4}|[a-z]+(?:-[0-9]{1,4})*)\)")
_BARE = re.compile(rf"(?P<number>{_NUM})(?![0-9A-Za-z.])")
_COUNTS: Mapping[str, int] = MappingProxyType(
    {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
)
_RELATIVE = re.compile(
    rf"(?:the )?(?P<word>preceding|previous|following|next|same|this|that|said) (?:(?P<count>{'|'.join(_COUNTS)}|[0-9]{{1,3}}) )?"
    r"(?P<level>article|paragraph|item)s?(?![a-z])",
    re.IGNORECASE,
)
_ALL_BEFORE = re.compile(r"(?:each of the|all(?: of)? the) preceding (?P<level>paragraph|item)s", re.IGNORECASE)
_HOW: Mapping[str, Literal["same", "this", "before", "after"]] = MappingProxyType(
    {
        "preceding": "before",
        "previous": "before",
        "following": "after",
        "next": "after",
        "same": "same",
        "that": "same",
        "said": "same",
        "this": "this",
    }
)
_LEVEL_OF: Mapping[str, int] = MappingProxyType({"article": ARTICLE, "paragraph": PARAGRAPH, "item": ITEM})
_EACH = re.compile(
    r"(?:each (?:of the )?(?:following )?|the (?:following )?)(?P<level>item|paragraph)s?(?![a-z])", re.IGNORECASE
)
_PART = re.compile(
    rf"(?:the )?(?P<part>{'|'.join(PARTS_EN.values())}|main sentence|part other than those listed in the items)",
    re.IGNORECASE,
)
_PARTS = MappingProxyType(
    {name: part for part, name in PARTS_EN.items()}
    | {"main sentence": "main", "part other than those listed in the items": "lead"}
)
_SAME_LAW = re.compile(r"(?:the same|that|said) (?:act|order|ordinance|code|law)(?![a-z])", re.IGNORECASE)
_THIS_LAW = re.compile(r"this (?:act|order|cabinet order|ordinance|code|law)(?![a-z])", re.IGNORECASE)
_THE_LAW = re.compile(r"the (?P<word>act|cabinet order|order|ordinance)(?![a-z])", re.IGNORECASE)
_DEFINED = MappingProxyType({"act": "法", "cabinet order": "令", "order": "令", "ordinance": "府令"})
_TABLE = re.compile(rf"(?P<word>appended table|form|annex)(?: (?P<number>{_NUM}))?(?![a-z])", re.IGNORECASE)
_TABLE_WORDS = MappingProxyType({"appended table": "table", "form": "form", "annex": "annex"})
_UNIT = re.compile(r"(?P<word>outline item|[a-z]+)(?: (?P<numbers>[0-9]{1,4}(?:-[0-9]{1,4})*))?(?![0-9a-z])")
_JOIN = re.compile(r" ?(?:; ?(?:and |or )?|, ?(?:and |or )|,| (?:and/or|and|or) ) ?|(?: and| or) ", re.IGNORECASE)
_TO = re.compile(r" (?:to|through) | ?[~〜] ?", re.IGNORECASE)
_OF = re.compile(r" of (?:the )?(?=\S)| under (?:the )?(?=\S)|, of (?:the )?", re.IGNORECASE)
_PROVISO_TO = re.compile(r" to ", re.IGNORECASE)
_HOW_APPLIED: tuple[tuple[str, Kind], ...] = (
    ("as applied by deeming under", "みなし"),
    ("as (?:modified and applied|applied with modifications) (?:by|under|pursuant to)", "読替え"),
    ("as applied (?:by|under|pursuant to) the deemed replacement of terms (?:in|under)", "読替え"),
    ("as applied(?: mutatis mutandis)? (?:by|under|in|pursuant to)", "準用"),
    ("as governed by the former rules under", "従前の例"),
    ("as kept in force (?:by|under)", "効力を有する"),
)
_VIAS = tuple((re.compile(rf",? {words} ", re.IGNORECASE), kind) for words, kind in _HOW_APPLIED)
_INCLUDING = re.compile(r",? ?\(including (?:cases )?(?:where )?(?=as |\()|, including (?=as )", re.IGNORECASE)
_KINDS: Mapping[int, str] = MappingProxyType(
    {PARAGRAPH: "digits", ITEM: "roman", 3: "letters", 4: "digits", 5: "roman"}
)


def written_en(
    text: str, known: Known, within: Address | None
) -> tuple[list[WrittenReach], Conjunction, tuple[Pair, ...]]:
    """Return the members of an English citation as written, how they are joined, and what must be said of the reading."""
    plain = plain_en(text)
    reader = _Reader(plain, known, within)
    members, conjunction = reader.whole()
    if reader.at < len(plain) or not members:
        done, rest = plain[: reader.at], plain[reader.at :]
        if not members:
            raise UnreadCitation(
                f"`{text}`：法令の名称でも条項の番号でもない言葉で始まっています",
                f"`{text}` begins with no known title: understood nothing",
            )
        raise UnreadCitation(
            f"`{text}`：`{done}`までは読めましたが、`{rest}`は読めません",
            f"`{text}`: understood `{done}`, but not `{rest}`",
        )
    return members, conjunction, ()


class _Place(Struct):
    """A place while it is read; `singular` tells whether its last unit was named by a word in the singular."""

    opening: Opening | None = None
    steps: list[Step] = field(default_factory=list)
    each: Each | None = None
    unit: Address | None = None
    singular: bool = False
    text: str = ""

    @property
    def level(self) -> int:
        return self.steps[-1].level if self.steps else -1

    @property
    def top(self) -> int:
        return -2 if self.opening or self.unit else self.steps[0].level if self.steps else PART + 1

    def written(self) -> Written:
        return Written(self.opening, tuple(self.steps), self.each, self.text, self.unit)


class _Reader(Struct):
    """Reads a plain text from the left; `at` is the first character not yet read."""

    plain: str
    known: Known
    within: Address | None
    at: int = 0

    def whole(self) -> tuple[list[WrittenReach], Conjunction]:
        """Read groups of members; what stands after "as applied by" applies to every member of its group."""
        found: list[WrittenReach] = []
        conjunction: Conjunction = "and"
        while True:
            members, joined = self.listing(found[-1] if found else None)
            conjunction = joined or conjunction
            members = self._applied(members)
            found += members
            if not members or not self._take("; "):
                return found, conjunction

    def _applied(self, members: list[WrittenReach]) -> list[WrittenReach]:
        if not members:
            return members
        including = self._match(_INCLUDING)
        start = self.at
        if including is not None:
            self.at -= 1
        vias: list[tuple[Kind, tuple[WrittenReach, ...]]] = []
        while (found := self._via()) is not None:
            vias.append(found)
        if including is not None and (not vias or ("(" in including[0] and not self._take(")"))):
            self.at = start
            raise UnreadCitation(f"`{self.plain}`：括弧の中が読めません", f"`{self.plain}`: the bracket is not read")
        if not vias:
            return members
        return [replace(m, applied=tuple(vias), plainly=including is not None) for m in members]

    def _via(self) -> tuple[Kind, tuple[WrittenReach, ...]] | None:
        for pattern, kind in _VIAS:
            start = self.at
            if self._match(pattern) is not None:
                self._match(re.compile("the provisions? of ", re.IGNORECASE))
                members, _ = self.listing(None)
                if members:
                    return kind, tuple(members)
                self.at = start
        return None

    def listing(self, prior: WrittenReach | None) -> tuple[list[WrittenReach], Conjunction | None]:
        """Read members joined by commas, and, or, to, of."""
        places: list[tuple[_Place, _Place | None]] = []
        conjunction: Conjunction | None = None
        before = None if prior is None else _reopened(prior)
        while True:
            place = self.place(places[-1][1] or places[-1][0] if places else before)
            if place is None:
                break
            places.append((place, self._end(place)))
            self._parents(places)
            start = self.at
            join = self._match(_JOIN)
            if join is None or ";" in join[0] or not self._begins(places[-1][1] or places[-1][0]):
                self.at = start
                break
            word = join[0].strip(" ,").lower()
            conjunction = "or" if word.endswith("or") else "and" if word == "and" else conjunction
        return [WrittenReach(f.written(), None if t is None else t.written()) for f, t in places], conjunction

    def _begins(self, prior: _Place) -> bool:
        at = self.at
        try:
            return self.place(prior) is not None
        finally:
            self.at = at

    def _end(self, first: _Place) -> _Place | None:
        start = self.at
        if first.top == PART or self._match(_TO) is None:
            return None
        last = self.place(first)
        if last is None:
            self.at = start
        return last

    def _parents(self, places: list[tuple[_Place, _Place | None]]) -> None:
        """Read "of Article 5" after members, for all of those before it that stand below."""
        while True:
            start = self.at
            only_part = places[-1][0].top == PART and places[-1][1] is None
            if self._match(_OF) is None and not (only_part and self._match(_PROVISO_TO)):
                return
            parent = self.place(None)
            if parent is None or parent.each is not None or parent.unit is not None:
                self.at = start
                return
            touched = False
            for first, _ in reversed(places):
                if first.opening is not None or first.unit is not None or not first.top > parent.level:
                    break
                if first.steps and first.steps[0].how != "at":
                    break
                first.opening, first.steps, touched = parent.opening, [*parent.steps, *first.steps], True
            if not touched:
                self.at = start
                return

    # ---- One place.

    def place(self, prior: _Place | None) -> _Place | None:
        start = self.at
        place = _Place(opening=self._opening())
        unit = self._unit(place.opening)
        if unit is not None:
            place.unit = unit
        else:
            self._go_down(place, prior)
        if place.opening is None and place.unit is None and not place.steps and place.each is None:
            self.at = start
            return None
        place.text = self.plain[start : self.at]
        return place

    def _go_down(self, place: _Place, prior: _Place | None) -> None:
        while True:
            start = self.at
            comma = bool(place.steps or place.opening) and self._match(re.compile(", ?| ")) is not None
            separated = comma and "," in self.plain[start : self.at]
            each = self._match(_EACH) if place.each is None and place.level <= PARAGRAPH else None
            if each is not None:
                place.each = "items" if each["level"].lower() == "item" else "paragraphs"
                return
            step = self._step(place, prior, separated)
            if step is None:
                self.at = start
                return
            place.steps.append(step)
            if step.level == PART:
                return

    def _step(self, place: _Place, prior: _Place | None, separated: bool) -> Step | None:
        level = place.level
        if not place.steps:
            every = self._match(_ALL_BEFORE)
            if every is not None:
                return Step(_LEVEL_OF[every["level"].lower()], "all_before", text=every[0])
            relative = self._match(_RELATIVE)
            if relative is not None:
                count = relative["count"]
                number: tuple[int, ...] = (
                    () if count is None else (_COUNTS[count.lower()] if count.lower() in _COUNTS else int(count),)
                )
                how = _HOW[relative["word"].lower()]
                if number and how in ("same", "this"):
                    self.at = relative.start()
                    return None
                place.singular = True
                return Step(_LEVEL_OF[relative["level"].lower()], how, number, text=relative[0])
        worded = self._worded(place, level)
        if worded is not None:
            return worded
        part = self._match(_PART)
        if part is not None:
            return Step(PART, "at", part=_PARTS[part["part"].lower()], text=part[0])
        found = self._look(_BRACKET)
        if found is not None:
            step = self._bracket(found["text"], place, prior, separated)
            if step is not None:
                self.at = found.end()
            return step
        if not place.steps and place.opening is None and prior is not None and prior.level in (ARTICLE, PARAGRAPH):
            bare = self._match(_BARE)
            if bare is not None:
                by_paragraph = prior.level == PARAGRAPH and "(" not in prior.steps[-1].text
                numbers = tuple(int(n) for n in bare["number"].split("-"))
                return Step(PARAGRAPH if by_paragraph else ARTICLE, "at", numbers, text=bare[0])
        return None

    def _worded(self, place: _Place, level: int) -> Step | None:
        """Read a unit named by its word: art. 5, paragraph (1), items (i), sub-item (a)."""
        if level < ARTICLE:
            article = self._match(_ARTICLE)
            if article is not None:
                place.singular = False
                return Step(ARTICLE, "at", tuple(int(n) for n in article["number"].split("-")), text=article[0])
            section = self._match(_SECTION)
            if section is not None:
                return Step(ARTICLE, "at", tuple(int(n) for n in section["number"].split(".")), text=section[0])
        if level < PARAGRAPH:
            paragraph = self._match(_PARAGRAPH)
            if paragraph is not None:
                place.singular = not paragraph["word"].lower().rstrip(".").endswith("s")
                return Step(PARAGRAPH, "at", (int(paragraph["bracket"] or paragraph["bare"]),), text=paragraph[0])
        if level < ITEM:
            item = self._match(_ITEM)
            if item is not None:
                place.singular = not item["word"].lower().endswith("s")
                return Step(ITEM, "at", self._item((item["bracket"] or item["bare"]).lower()), text=item[0])
        if level < PART:
            sub = self._look(_SUBITEM)
            if sub is not None:
                step = self._sub(sub["bracket"].lower(), level)
                self.at = sub.end()
                place.singular = not sub["word"].lower().endswith("s")
                return step
        return None

    def _sub(self, text: str, level: int) -> Step:
        below = max(3, level + 1)
        wanted = "digits" if text.isdigit() else "letters" if below == 3 else "roman"
        at = below if _KINDS.get(below) == wanted else {"digits": 4, "letters": 3, "roman": 5}[wanted]
        return self._at(at, text)

    def _bracket(self, text: str, place: _Place, prior: _Place | None, separated: bool) -> Step | None:
        """Return what a bracket means: the unit below the one before it, or a sibling of it in a list."""
        if place.steps or place.opening is not None:
            if place.level == PART or (separated and not place.singular):
                return None
            return self._deeper(text, place)
        if prior is None or prior.level < ARTICLE:
            return self._alone(text)
        for level in range(min(prior.level, 5), 0, -1):
            if _fits(text, _KINDS[level]):
                return self._at(level, text)
        return self._alone(text)

    def _deeper(self, text: str, place: _Place) -> Step | None:
        level = place.level
        if level < ARTICLE and place.opening is not None:
            return None
        if level == ARTICLE and text.isdigit():
            return self._at(PARAGRAPH, text)
        if level in (ARTICLE, PARAGRAPH):
            if place.singular and not _fits(text, "roman"):
                return None
            return self._at(ITEM, text)
        if level >= 5 or not _fits(text, _KINDS[level + 1]):
            if level < 5 and place.singular:
                return None
            raise UnreadCitation(
                f"`{self.plain}`：`({text})`の位置が誤っています（細目は (a)、(1)、(i) の順です）",
                f"`{self.plain}`: sub-items go (a), (1), (i), found ({text})",
            )
        return self._at(level + 1, text)

    def _alone(self, text: str) -> Step:
        if text.isdigit():
            return self._at(PARAGRAPH, text)
        if self.within is not None and self.within.item is not None and _fits(text, "letters") and _fits(text, "roman"):
            here = replace(self.within, part=None)
            item = replace(here, item=self._item(text), subitems=())
            sub = replace(here, subitems=(iroha(letters_to_int(text)),))
            raise AmbiguousCitation(
                f"`({text})`は二通りに読めます：号（`{item}`）又は細目（`{sub}`）。item 又は sub-item と書いてください",
                f"`({text})` has two readings: item (`{item}`) and sub-item (`{sub}`); write item or sub-item",
                (item, sub),
            )
        return self._at(ITEM if _fits(text, "roman") else 3, text)

    def _at(self, level: int, text: str) -> Step:
        """Return the step to the unit of a level that a bracket names."""
        if level in (PARAGRAPH, ARTICLE):
            return Step(level, "at", (int(text),), text=f"({text})")
        if level == ITEM:
            return Step(ITEM, "at", self._item(text), text=f"({text})")
        if level == 3:
            try:
                return Step(3, "at", text=iroha(letters_to_int(text)))
            except ValueError as flaw:
                raise UnreadCitation(
                    f"`{self.plain}`：`({text})`は細目ではありません", f"`{self.plain}`: {flaw}"
                ) from flaw
        return Step(level, "at", text=f"({text})")

    def _item(self, text: str) -> tuple[int, ...]:
        roman, *branches = text.split("-")
        try:
            return roman_to_int(roman), *(int(branch) for branch in branches)
        except ValueError as flaw:
            raise UnreadCitation(
                f"`{self.plain}`：`{roman}`はローマ数字ではありません", f"`{self.plain}`: {flaw}"
            ) from flaw

    # ---- The instrument.

    def _opening(self) -> Opening | None:
        start = self.at
        opening = self._named() or self._by_number() or self._word()
        if opening is None:
            if self._look(_SUPPLEMENT) is not None and not self.plain.startswith((",", " "), self.at):
                self._match(_SUPPLEMENT)
                return Opening("own_supplement", supplement=True, text="suppl.")
            return None
        place = opening.place
        if place is not None and place.supplement is None and self._match(_SUPPLEMENT) is not None:
            opening = replace(opening, supplement=True, text=self.plain[start : self.at])
        elif place is None and self._match(_SUPPLEMENT) is not None:
            opening = replace(opening, supplement=True)
        return opening

    def _named(self) -> Opening | None:
        start = self.at + (4 if self.plain[self.at : self.at + 4].lower() == "the " else 0)
        for name, instruments in self.known.names_en.items():
            after = self.plain[start + len(name) : start + len(name) + 1]
            if self.plain.startswith(name, start) and not (name[-1].isascii() and after.isascii() and after.isalnum()):
                if len(instruments) > 1:
                    raise AmbiguousCitation(
                        f"`{self.plain}`：`{name}`は{'又は'.join(instruments)}を指し得ます",
                        f"`{self.plain}`: `{name}` names {' and '.join(instruments)}; write the title",
                        tuple(Address(i) for i in instruments),
                    )
                self.at = start + len(name)
                self._match(re.compile(rf" \({_LAW.pattern}\)"))
                return Opening("named", Address(instruments[0]), text=name)
        return None

    def _by_number(self) -> Opening | None:
        found = self._look(_LAW)
        if found is None:
            return None
        egov = self._egov(found)
        self.at = found.end()
        instrument = instrument_of(egov, self.known)
        if self.within is not None and instrument != self.within.instrument and self._look(_SUPPLEMENT) is not None:
            self._match(_SUPPLEMENT)
            return Opening("named", Address(self.within.instrument, egov), text=found[0])
        return Opening("named", Address(instrument), text=found[0])

    def _egov(self, found: re.Match[str]) -> str:
        given = found["id"] or found["note"]
        if given is not None:
            return given
        western = int(found["western"])
        eras = [place for place in range(1, len(ERAS) + 1) if _in_era(western, place)]
        eras = [place for place in eras if found["era"] in (None, ERAS[place - 1][1])]
        if len(eras) != 1:
            raise UnreadCitation(
                f"`{self.plain}`：{western}年には元号が必要です（例：(Heisei 31)）",
                f"`{self.plain}`: the year {western} needs its era, such as (Heisei 31) or (Reiwa 1)",
            )
        kind = next(ja for _, ja, en in LAW_TYPES if en == found["type"])
        law = LawNumber(eras[0], western - ERAS[eras[0] - 1][2], kind, found["type"], int(found["number"]))
        egov = egov_id_of(law, {*self.known.egov.values(), *self.known.supplements})
        if egov is None or not 1 <= law.year <= 99:
            raise UnreadCitation(
                f"`{self.plain}`：`{found[0]}`の e-Gov 法令IDが分かりません",
                f"`{self.plain}`: no e-Gov id is known for `{found[0]}`",
            )
        return egov

    def _word(self) -> Opening | None:
        same = self._match(_SAME_LAW)
        if same is not None:
            return Opening("same", text=same[0])
        this = self._match(_THIS_LAW)
        if this is not None:
            return Opening("this", text=this[0])
        the = self._look(_THE_LAW)
        if the is None or self.within is None:
            return None
        word = _DEFINED[the["word"].lower()]
        own = (self.within.instrument,) if word == "法" else ()
        targets = self.known.defined.get(self.within.instrument, {}).get(word, own)
        if len(targets) > 1:
            raise AmbiguousCitation(
                f"`{self.plain}`：`{the[0]}`は{'又は'.join(targets)}を指し得ます",
                f"`{self.plain}`: `{the[0]}` names {' and '.join(targets)}; write the title",
                tuple(Address(i) for i in targets),
            )
        if not targets:
            return None
        self.at = the.end()
        return Opening("named", Address(targets[0]), text=the[0])

    def _unit(self, opening: Opening | None) -> Address | None:
        place = opening.place if opening is not None else None
        if opening is not None and (place is None or place.supplement is not None or opening.supplement):
            return None
        start = self.at
        if opening is not None:
            self._match(re.compile(",? "))
        table = self._look(_TABLE)
        instrument = place.instrument if place else self.within.instrument if self.within else None
        if table is not None and instrument is not None:
            self.at = table.end()
            numbers = tuple(int(n) for n in table["number"].split("-")) if table["number"] else ()
            return Address(instrument, unit=(_TABLE_WORDS[table["word"].lower()], numbers))
        found = self._look(_UNIT) if place is not None and self.at > start else None
        if found is None or _RESERVED.match(self.plain, self.at) or place is None:
            self.at = start
            return None
        self.at = found.end()
        words = {name: word for word, name in UNITS_EN.items()}
        numbers = tuple(int(n) for n in found["numbers"].split("-")) if found["numbers"] else ()
        return Address(place.instrument, unit=(words.get(found["word"], found["word"]), numbers))

    # ---- Characters.

    def _take(self, words: str) -> bool:
        if not self.plain.startswith(words, self.at):
            return False
        self.at += len(words)
        return True

    def _look(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        return pattern.match(self.plain, self.at)

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = self._look(pattern)
        if found is not None:
            self.at = found.end()
        return found


_RESERVED = re.compile(
    r"(?:and|or|to|of|as|the|each|this|that|through|under|including"
    r"|arts?|articles?|paras?|paragraphs?|items?|sub-?items?|secs?|sections?|suppl)(?![a-z])(?!\Z)"
    r"|main clause|first sentence|second sentence|proviso\Z|chapeau\Z"
)


def _reopened(reach: WrittenReach) -> _Place:
    """Return what a later group may take as the member before it."""
    written = reach.last or reach.first
    return _Place(written.opening, list(written.steps), text=written.text)


def _fits(text: str, kind: str) -> bool:
    """Tell whether a bracket's text can be of a kind: digits, roman (with branches) or letters."""
    if kind == "digits":
        return text.isdigit()
    stem = text.partition("-")[0]
    try:
        if kind == "roman":
            roman_to_int(stem)
        else:
            iroha(letters_to_int(text))
    except ValueError:
        return False
    return True


def _in_era(western: int, era: int) -> bool:
    """Tell whether a western year has a day in an era, given by its number."""
    last = ERAS[era][2] + 1 if era < len(ERAS) else 9999
    return ERAS[era - 1][2] < western <= last
