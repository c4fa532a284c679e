"""Japanese citations taken down as written: lists, ranges, 前条 and 同項, 準用 and 読替え.

In: a text and what is known. Out: the members of the citation in the order written, unresolved (`WrittenReach`), and how
they are joined. Errors: UnreadCitation, which says what was understood and what was not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from kitei_dsl.citation import EGOV_ID, Address, Kind, Part
from kitei_dsl.citation_print import UNITS_JA
from kitei_dsl.frozen import Struct, field, replace
from kitei_dsl.law_number import ERAS, LAW_TYPES, LawNumber, egov_id_of
from kitei_dsl.numerals import IROHA, KANJI_CHARACTERS, kanji_to_int
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
    plain_ja,
)

_N = rf"(?:[0-9]{{1,4}}|[{KANJI_CHARACTERS}]+)"
_LAW = re.compile(
    rf"(?:(?P<id>{EGOV_ID.pattern})|(?P<era>{'|'.join(era[0] for era in ERAS)})(?P<year>元|{_N})年"
    rf"(?:{_N}月{_N}日)?(?P<type>法律|政令|内閣府令|府省令|[^\s()第年]{{2,30}}省?令)第(?P<number>{_N})号"
    rf"(?:\((?P<note>{EGOV_ID.pattern})\))?)"
)
_BRACKETED_LAW = re.compile(rf"\((?:{_LAW.pattern})[^()]*\)")
_TITLE_BEFORE_NUMBER = re.compile(
    rf"(?!前|次|同|この|本|各|第|附則|[{IROHA}](?![\u30a1-\u30fa\u30fc]))[^()、。「」第]{{1,60}}?(?={_BRACKETED_LAW.pattern})"
)
_FORMER = re.compile(r"旧|新|改正前の|改正後の")
_FORMER_LAW = re.compile(r"(?:法|令|府令|規則)(?=第|附則|[0-9])")
#: の二, の十一, …: not the の一 of 第六条の一定の, nor that of 第六条の一部.
_BRANCHES = rf"(?:の{_N}(?![定部般切]))*"
_ARTICLE = re.compile(rf"(?P<ordinal>第?)(?P<number>{_N})条(?P<branches>{_BRANCHES})")
_PARAGRAPH = re.compile(rf"第?(?P<number>{_N})項")
_ITEM = re.compile(rf"第?(?P<number>{_N})号(?P<branches>{_BRANCHES})")
_SUBITEMS = (
    re.compile(rf"[{IROHA}](?![\u30a1-\u30fa\u30fc])"),
    re.compile(r"\(([1-9][0-9]{0,3})\)"),
    re.compile(r"\(([ivxlcdm]+)\)"),
)
_SECTION = re.compile(r"(?P<number>[0-9]+(?:\.[0-9]+)*)節")
_LEVEL_OF: Mapping[str, int] = MappingProxyType({"条": ARTICLE, "項": PARAGRAPH, "号": ITEM})
_RELATIVE = re.compile(rf"(?P<word>前|次|同|この|本|当該)(?P<all>各)?(?P<count>{_N})?(?P<level>[条項号])")
_HOW: Mapping[str, Literal["same", "this", "before", "after"]] = MappingProxyType(
    {"前": "before", "次": "after", "同": "same", "この": "this", "本": "this", "当該": "same"}
)
_PARTS: tuple[tuple[str, Part], ...] = (
    ("各号列記以外の部分", "lead"),
    ("各号列記以外", "lead"),
    ("本文", "main"),
    ("ただし書き", "proviso"),
    ("ただし書", "proviso"),
    ("但書き", "proviso"),
    ("但書", "proviso"),
    ("前段", "s1"),
    ("後段", "s2"),
    ("柱書き", "lead"),
    ("柱書", "lead"),
)
_EACH = re.compile(r"(?:(?:、?次の)?各(?P<level>[項号]))")
_SAME_LAW = ("同法律", "同法", "同施行令", "同府令", "同政令", "同省令", "同規則", "同令")
_THIS_LAW = ("この法律", "この政令", "この内閣府令", "この府令", "この命令", "この省令", "この規則", "本法", "本令")
_DEFINED = ("法", "令", "府令", "規則")
_JOIN = re.compile(r"(?:、|，|,|・)?(?:及び|並びに|又は|若しくは|または|もしくは|ならびに|および|と)|、|，|,|・")
_OR = ("又は", "若しくは", "または", "もしくは")
_HOW_APPLIED: tuple[tuple[str, Kind], ...] = (
    ("読み替えて準用する", "準用"),
    ("読み替えて準用される", "準用"),
    ("それぞれ準用する", "準用"),
    ("準用する", "準用"),
    ("準用される", "準用"),
    ("読み替えて適用する", "読替え"),
    ("読み替えて適用される", "読替え"),
    ("読み替えられた", "読替え"),
    ("みなして適用する", "みなし"),
    ("みなして適用される", "みなし"),
    ("なお従前の例によることとされる場合における", "従前の例"),
    ("なお従前の例によることとされる", "従前の例"),
    ("なお従前の例による", "従前の例"),
    ("なおその効力を有するものとされる場合における", "効力を有する"),
    ("なおその効力を有するものとされる", "効力を有する"),
    ("なおその効力を有することとされる", "効力を有する"),
)
_VIAS: tuple[tuple[str, Kind], ...] = tuple(
    (f"{by}{how}", kind)
    for by in ("の規定により", "により", "において", "の規定において", "で")
    for how, kind in _HOW_APPLIED
)
_WHERE_APPLIED = re.compile(r"(?P<kind>準用|読み替えて適用|適用)する場合(?P<scope>を含む|に限る)。?")
_TABLE = re.compile(
    rf"(?P<word>別表|別紙様式|別記様式|様式|別紙|別記)(?:第?(?P<number>{_N})号?(?P<branches>{_BRANCHES}))?"
)
_TABLE_WORDS: Mapping[str, str] = MappingProxyType(
    {"別表": "table", "別紙様式": "form", "別記様式": "form", "様式": "form", "別紙": "annex", "別記": "annex"}
)
_UNIT = re.compile(r"(?P<word>主張|提言|要綱事項|[a-z]+)(?P<numbers>(?:[0-9]+(?:の[0-9]+)*)?)")


def written_ja(
    text: str, known: Known, within: Address | None
) -> tuple[list[WrittenReach], Conjunction, tuple[Pair, ...]]:
    """Return the members of a Japanese citation as written, how they are joined, and what must be said of the reading."""
    plain = plain_ja(text)
    reader = _Reader(plain, known, within)
    members, conjunction = reader.whole()
    if plain.endswith("の規定") and reader.at == len(plain) - 3 and members:
        reader.at = len(plain)
    if reader.at < len(plain):
        done, rest = plain[: reader.at], plain[reader.at :]
        understood = f"`{done}`" if done else None
        if understood is None:
            raise UnreadCitation(
                f"`{text}`：法令の名称でも条項の番号でもない言葉で始まっています（`{rest}`を読めません）",
                f"`{text}` begins with no known title: understood nothing, but not `{rest}`",
            )
        raise UnreadCitation(
            f"`{text}`：{understood}までは読めましたが、`{rest}`は読めません",
            f"`{text}`: understood {understood}, but not `{rest}`",
        )
    return members, conjunction, tuple(dict.fromkeys(reader.notes))


def law_of(found: re.Match[str], known: Known, text: str) -> str:
    """Return the e-Gov id of a law number that `_LAW` matched."""
    given = found["id"] or found["note"]
    if given is not None:
        return given
    era = next(place for place, names in enumerate(ERAS, start=1) if names[0] == found["era"])
    year = 1 if found["year"] == "元" else _int(found["year"], text)
    kind = next((ja for _, ja, _ in LAW_TYPES if ja == found["type"]), None)
    if kind is None or not 1 <= year <= 99 or _int(found["number"], text) > 9999:
        raise UnreadCitation(
            f"`{text}`：`{found[0]}`の e-Gov 法令IDが分かりません", f"`{text}`: no e-Gov id is known for `{found[0]}`"
        )
    english = next(en for _, ja, en in LAW_TYPES if ja == kind)
    law = LawNumber(era, year, kind, english, _int(found["number"], text))
    egov = egov_id_of(law, {*known.egov.values(), *known.supplements})
    if egov is None:
        raise UnreadCitation(
            f"`{text}`：`{found[0]}`の e-Gov 法令IDが分かりません", f"`{text}`: no e-Gov id is known for `{found[0]}`"
        )
    return egov


def law_number(text: str, known: Known) -> str | None:
    """Return the e-Gov id of a law number such as 平成十七年法律第八十六号, or None for any other text."""
    plain = plain_ja(text)
    found = _LAW.fullmatch(plain)
    try:
        return None if found is None else law_of(found, known, plain)
    except UnreadCitation:
        return None


def instrument_of(egov: str, known: Known) -> str:
    """Return the instrument of an e-Gov id: one of those known, or an identifier made of the id."""
    return known.instruments_by_egov.get(egov, f"egov-{egov.lower()}")


def _int(text: str, whole: str) -> int:
    if text.isascii() and text.isdigit():
        return int(text)
    try:
        return kanji_to_int(text)
    except ValueError:
        raise UnreadCitation(
            f"`{whole}`：`{text}`は漢数字ではありません", f"`{whole}`: not a kanji number: `{text}`"
        ) from None


class _Reader(Struct):
    """Reads a plain text from the left; `at` is the first character not yet read."""

    plain: str
    known: Known
    within: Address | None
    at: int = 0
    notes: list[Pair] = field(default_factory=list)

    def whole(self) -> tuple[list[WrittenReach], Conjunction]:
        """Read groups of members, kept apart by semicolons."""
        found: list[WrittenReach] = []
        conjunction: Conjunction = "and"
        while True:
            members, joined = self._group()
            found += members
            conjunction = joined or conjunction
            if not members or not self._take(";"):
                return found, conjunction

    def _group(self) -> tuple[list[WrittenReach], Conjunction | None]:
        """Read a list, with what stands before において準用する as the provisions by force of which the rest applies."""
        outer: list[tuple[Kind, tuple[WrittenReach, ...]]] = []
        while True:
            members, conjunction = self.listing()
            via = self._take_via() if members else None
            if via is None:
                if outer:
                    vias = tuple(reversed(outer))
                    members = [replace(m, applied=(*m.applied, *vias), plainly=False, led_by=True) for m in members]
                return members, conjunction
            outer.append((via, tuple(members)))

    def listing(self) -> tuple[list[WrittenReach], Conjunction | None]:
        members: list[WrittenReach] = []
        conjunction: Conjunction | None = None
        while True:
            member = self.reach()
            if member is None:
                break
            members.append(member)
            members = self._where_applied(members)
            start = self.at
            join = self._match(_JOIN)
            if join is None or not self._begins():
                self.at = start
                break
            conjunction = "or" if join[0].endswith(_OR) else conjunction if join[0] in "、，,・" else "and"
        return members, conjunction

    def _begins(self) -> bool:
        """Tell whether a member begins here."""
        at = self.at
        try:
            return self.reach() is not None
        finally:
            self.at = at

    def reach(self) -> WrittenReach | None:
        first = self.place()
        if first is None:
            return None
        start = self.at
        if self._take("から") or self._take("~") or self._take("〜"):
            marked = self.plain[start] in "~〜"
            last = self.place()
            if last is not None and (self._take("まで") or marked):
                return WrittenReach(first, last)
            self.at = start
        return WrittenReach(first)

    def _take_via(self) -> Kind | None:
        for words, kind in _VIAS:
            if self._take(words):
                return kind
        return None

    def _where_applied(self, members: list[WrittenReach]) -> list[WrittenReach]:
        """Read (第27条において準用する場合を含む。) after a member, for it or, with これらの規定を, for all before it too."""
        start = self.at
        if not self._take("("):
            return members
        every = self._take("これらの規定を")
        by, _ = self.listing()
        if by and (
            self._take("の規定において") or self._take("において") or self._take("の規定により") or self._take("により")
        ):
            found = self._match(_WHERE_APPLIED)
            if found is not None and self._take(")"):
                kind: Kind = "準用" if found["kind"] == "準用" else "読替え"
                plainly = found["scope"] == "を含む"
                touched = range(len(members)) if every else range(len(members) - 1, len(members))
                return [
                    replace(m, applied=(*m.applied, (kind, tuple(by))), plainly=plainly) if n in touched else m
                    for n, m in enumerate(members)
                ]
        self.at = start
        return members

    # ---- One place.

    def place(self) -> Written | None:
        start = self.at
        opening = self._opening()
        unit = self._unit(opening)
        if unit is not None:
            return Written(opening, (), None, self.plain[start : self.at], unit)
        steps = self._steps()
        each = self._each()
        if opening is None and not steps and each is None:
            self.at = start
            return None
        return Written(opening, tuple(steps), each, self.plain[start : self.at])

    def _unit(self, opening: Opening | None) -> Address | None:
        """Read a table or a form, or a unit of a text that is no statute."""
        if opening is not None and (opening.how != "named" or opening.supplement or opening.place is None):
            return None
        instrument = opening.place.instrument if opening is not None and opening.place is not None else None
        if opening is not None and opening.place is not None and opening.place.supplement is not None:
            return None
        if instrument is None and self.within is not None:
            instrument = self.within.instrument
        found = self._look(_TABLE)
        if found is not None:
            if instrument is None:
                raise UnreadCitation(
                    f"`{self.plain}`：どの法令の{found['word']}かを --within で示してください",
                    f"`{self.plain}`: say with --within of which instrument",
                )
            self.at = found.end()
            return Address(instrument, unit=(_TABLE_WORDS[found["word"]], self._numbers(found)))
        if opening is None:
            return None
        found = self._look(_UNIT)
        if found is None:
            return None
        assert instrument is not None
        self.at = found.end()
        words = {name: word for word, name in UNITS_JA.items()}
        numbers = tuple(int(n) for n in found["numbers"].split("の")) if found["numbers"] else ()
        return Address(instrument, unit=(words.get(found["word"], found["word"]), numbers))

    def _steps(self) -> list[Step]:
        steps: list[Step] = []
        while (step := self._step(steps)) is not None:
            steps.append(step)
        return steps

    def _step(self, steps: list[Step]) -> Step | None:
        above = steps[-1].level if steps else -1
        if above == PART:
            return None
        relative = None if steps else self._match(_RELATIVE)
        if relative is not None:
            return self._relative(relative)
        if above < ARTICLE:
            section = self._match(_SECTION)
            if section is not None:
                return Step(ARTICLE, "at", tuple(int(n) for n in section["number"].split(".")), text=section[0])
        for level, pattern in ((ARTICLE, _ARTICLE), (PARAGRAPH, _PARAGRAPH), (ITEM, _ITEM)):
            if level > above:
                found = self._match(pattern)
                if found is not None:
                    return Step(level, "at", self._numbers(found), text=found[0])
        for part, value in _PARTS:
            if self._take(part):
                return Step(PART, "at", part=value, text=part)
        return self._subitem(above)

    def _relative(self, found: re.Match[str]) -> Step | None:
        how, level = _HOW[found["word"]], _LEVEL_OF[found["level"]]
        if found["all"] is not None:
            if how != "before" or level == ARTICLE or found["count"]:
                self.at = found.start()
                return None
            return Step(level, "all_before", text=found[0])
        count = () if found["count"] is None else (_int(found["count"], self.plain),)
        if count and how in ("same", "this"):
            self.at = found.start()
            return None
        return Step(level, how, count, text=found[0])

    def _subitem(self, above: int) -> Step | None:
        levels = range(3) if above == -1 else range(max(0, above - ITEM), 3)
        for level in levels:
            found = self._look(_SUBITEMS[level])
            if found is not None and (above >= ITEM or above == -1):
                self.at = found.end()
                return Step(ITEM + 1 + level, "at", text=found[0])
        return None

    def _each(self) -> Each | None:
        found = self._match(_EACH)
        if found is None:
            return None
        return "items" if found["level"] == "号" else "paragraphs"

    def _numbers(self, found: re.Match[str]) -> tuple[int, ...]:
        if found["number"] is None:
            return ()
        branches = found.groupdict().get("branches") or ""
        return _int(found["number"], self.plain), *(_int(b, self.plain) for b in branches.split("の")[1:])

    # ---- The instrument.

    def _opening(self) -> Opening | None:
        start = self.at
        opening = self._former() or self._named() or self._by_number() or self._with_number() or self._word()
        if opening is not None:
            if self._take("の規定する"):
                pass
            if opening.how == "named" and opening.place is not None and opening.place.supplement is not None:
                return opening
            return self._supplement(opening, start)
        if self._take("この附則") or self._take("附則"):
            return Opening("own_supplement", supplement=True, text="附則")
        return None

    def _supplement(self, opening: Opening, start: int) -> Opening:
        """Read 附則 after the instrument, with the amending law where it is named."""
        if not self._take("附則"):
            return opening
        amending = self._match(_BRACKETED_LAW)
        text = self.plain[start : self.at]
        if amending is not None and opening.place is not None:
            place = replace(opening.place, supplement=law_of(amending, self.known, self.plain))
            return Opening("named", place, text=text)
        return replace(opening, supplement=True, text=text)

    def _former(self) -> Opening | None:
        """Read 旧 or 新 before a title: the text before or after an amendment, which an address does not tell apart."""
        found = self._look(_FORMER)
        if found is None:
            return None
        start, self.at = self.at, found.end()
        opening = self._named()
        if opening is None and self.within is not None and (law := self._match(_FORMER_LAW)) is not None:
            opening = Opening("named", Address(self.within.instrument), text=law[0])
        if opening is None:
            self.at = start
            return None
        self.notes.append(
            (f"{found[0]}の付いた名称です。どの時点の条文かは引用からは読めません（番地は同じです）",
             f"the title bears {found[0]}: which version of the text is meant is not read (the address is the same)")
        )  # fmt: skip
        return replace(opening, text=self.plain[start : self.at])

    def _named(self) -> Opening | None:
        start = self.at
        for name, instruments in self.known.names_ja.items():
            if self.plain.startswith(name, start) and self._name_ends(name):
                if len(instruments) > 1:
                    raise self._two(name, instruments)
                self.at = start + len(name)
                number = self._match(_BRACKETED_LAW)
                if number is not None and instruments[0] in self.known.egov:
                    law = law_of(number, self.known, self.plain)
                    if law != self.known.egov[instruments[0]]:
                        raise UnreadCitation(
                            f"`{self.plain}`：{name}の法令番号は`{number[0]}`ではありません",
                            f"`{self.plain}`: `{number[0]}` is not the law number of {name}",
                        )
                return Opening("named", Address(instruments[0]), text=name)
        return None

    def _with_number(self) -> Opening | None:
        """Read a title that is not known with its law number behind it: 会社法（平成17年法律第86号）."""
        found = self._look(_TITLE_BEFORE_NUMBER)
        if found is None:
            return None
        self.at = found.end()
        number = self._match(_BRACKETED_LAW)
        assert number is not None, "INVARIANT: the pattern ends before a law number in brackets"
        return Opening(
            "named", Address(instrument_of(law_of(number, self.known, self.plain), self.known)), text=found[0]
        )

    def _name_ends(self, name: str) -> bool:
        """Tell whether a name ends where a word ends: FIEA does not begin "FIEAX", nor 法 the word 法律."""
        after = self.plain[self.at + len(name) : self.at + len(name) + 1]
        if name[-1].isascii():
            return not (after.isascii() and after.isalnum() and not after.isdigit())
        return (
            len(name) > 1 or after in ("", "第", "附", "別", "(", "の") or after.isdigit() or after in KANJI_CHARACTERS
        )

    def _by_number(self) -> Opening | None:
        """Read a law by its number: a supplement of the instrument at hand if 附則 follows, else the law itself."""
        found = self._look(_LAW)
        if found is None:
            return None
        egov = law_of(found, self.known, self.plain)
        self.at = found.end()
        instrument = instrument_of(egov, self.known)
        if self.plain.startswith("附則", self.at) and self.within is not None and instrument != self.within.instrument:
            self._take("附則")
            return Opening("named", Address(self.within.instrument, egov), text=found[0])
        return Opening("named", Address(instrument), text=found[0])

    def _word(self) -> Opening | None:
        """Read 同法, この法律, or a word that the instrument at hand defines for another."""
        for word in _THIS_LAW:
            if self._take(word):
                return Opening("this", text=word)
        for word in _SAME_LAW:
            if self._take(word):
                return Opening("same", text=word)
        if self.within is None:
            if any(self.plain.startswith(w, self.at) and self._ends_word(w) for w in _DEFINED):
                raise UnreadCitation(
                    f"`{self.plain}`：`{self.plain[self.at :]}`がどの法令の言葉かを --within で示してください",
                    f"`{self.plain}` begins with no known title; say with --within in which instrument it stands",
                )
            return None
        defined = self.known.defined.get(self.within.instrument, {})
        for word in sorted({*defined, *_DEFINED}, key=lambda w: (-len(w), w)):
            if self.plain.startswith(word, self.at) and self._ends_word(word):
                targets = defined.get(word, (self.within.instrument,) if word == "法" else ())
                if len(targets) > 1:
                    raise self._two(word, targets)
                if not targets:
                    raise UnreadCitation(
                        f"`{self.plain}`：`{self.within.instrument}`で`{word}`が指す法令は収録されていません。名称か法令番号で書いてください",
                        f"`{self.plain}`: what `{word}` means in `{self.within.instrument}` is not collected; write a title or a law number",
                    )
                self.at += len(word)
                return Opening("named", Address(targets[0]), text=word)
        return None

    def _ends_word(self, word: str) -> bool:
        after = self.plain[self.at + len(word) : self.at + len(word) + 1]
        return after in ("", "第", "附", "別") or after.isdigit() or after in KANJI_CHARACTERS

    def _two(self, name: str, instruments: tuple[str, ...]) -> AmbiguousCitation:
        titles = self.known.titles
        named = [f"{i} ({titles[i].ja}, {titles[i].en})" if i in titles else i for i in instruments]
        return AmbiguousCitation(
            f"`{self.plain}`：`{name}`は{'又は'.join(named)}を指し得ます。名称を書いてください",
            f"`{self.plain}`: `{name}` names {' and '.join(named)}; write the title",
            tuple(Address(i) for i in instruments),
        )

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
