"""What a written citation means where it stands: 前条 of here, 同項 of what was cited last, 第4号 after 第3号.

In: the steps of `passage_ja` or `passage_en`, what is known, the place it stands in, what was cited before. Out: `Reach`es
and what must be said about the reading. Errors: UnreadCitation, AmbiguousCitation; BadAddress for a place no law can have.
The rules, as drafting follows them:
* a member of a list that begins at some level stands in the same higher units as the member before it, if that one
  goes down to that level (第2条第3号及び第4号); if it does not (第2条及び第3項), both readings are given back;
* 前, 次 and この count from the place the citation stands in; 同 goes back to what was cited last.
"""

from __future__ import annotations

from collections.abc import Sequence

from kitei_dsl.citation import OWN_SUPPLEMENT, Address, BadAddress, Kind, Via
from kitei_dsl.frozen import Struct, field, replace
from kitei_dsl.passage import (
    ARTICLE,
    ITEM,
    PARAGRAPH,
    PART,
    AmbiguousCitation,
    Known,
    Opening,
    Pair,
    Reach,
    Step,
    UnreadCitation,
    Written,
    WrittenReach,
    below,
    cut,
    depth,
    has,
    neighbour,
)

_LEVELS_JA = ("条", "項", "号", "イロハ", "(1)", "(i)", "文")
_LEVELS_EN = ("article", "paragraph", "item", "sub-item", "sub-item", "sub-item", "sentence")


class Resolver(Struct):
    """Resolves the members of one citation in order.

    Attributes:
      known: what is known.
      here: the place the citation stands in, if given.
      cited: what was cited before, the latest last, for 同: 同項 goes back to the latest that names a paragraph.
      prior: the member before in the same list; None for the first.
      notes: what must be said about the reading, in the order met.
    """

    known: Known
    here: Address | None
    cited: list[Address] = field(default_factory=list)
    prior: Address | None = None
    notes: list[Pair] = field(default_factory=list)

    def listing(self, members: Sequence[WrittenReach]) -> list[Reach]:
        """Return the reaches of a list."""
        found: list[Reach] = []
        for member in members:
            found += self.member(member)
        return found

    def member(self, member: WrittenReach) -> list[Reach]:
        """Return the reaches of one member: itself, and as it applies by force of others."""
        if not member.applied:
            return _apart(self._reach(member), member)
        if member.led_by:
            chains = self._chains(tuple(reversed(member.applied)))
            plains = _apart(self._reach(member), member)
            return [replace(plain, via=tuple(reversed(chain))) for chain in chains for plain in plains]
        plains = _apart(self._reach(member), member)
        prior, cited = self.prior, len(self.cited)
        chains = self._chains(member.applied)
        self.prior = prior
        del self.cited[cited:]
        applied = [replace(plain, via=chain) for chain in chains for plain in plains]
        return [*plains, *applied] if member.plainly else applied

    def _chains(self, applied: tuple[tuple[Kind, tuple[WrittenReach, ...]], ...]) -> list[tuple[Via, ...]]:
        """Return every way to pick one of the provisions named at each step, in the order given."""
        prior = self.prior
        chains: list[tuple[Via, ...]] = [()]
        for kind, by in applied:
            self.prior = None
            places = [_one(reach) for reach in self.listing(by)]
            chains = [(*chain, Via(kind, place)) for chain in chains for place in places]
        self.prior = prior
        return chains

    def _reach(self, member: WrittenReach) -> Reach:
        first = self._place(member.first)
        if member.last is None:
            self._cited(first.last or first.first)
            return first
        if first.last is not None or first.each is not None or member.last.each is not None:
            raise _unread(
                member.first.text, "範囲の端は一つの場所でなければなりません", "an end of a range is one place"
            )
        self._cited(first.first)
        last = self._place(member.last)
        if last.last is not None:
            raise _unread(
                member.last.text, "範囲の端は一つの場所でなければなりません", "an end of a range is one place"
            )
        self._cited(last.first)
        return Reach(first.first, last.first)

    def _cited(self, place: Address) -> None:
        self.prior = place
        self.cited.append(place)

    # ---- One place.

    def _place(self, written: Written) -> Reach:
        if written.unit is not None:
            return Reach(written.unit)
        steps = written.steps
        place, rest = self._start(written, steps)
        if isinstance(place, Reach):
            if rest or written.each:
                raise _unread(
                    written.text, "複数の場所の下の単位は読めません", "units below several places are not read"
                )
            return place
        for step in rest:
            if step.how != "at":
                raise _unread(written.text, f"`{step.text}`の位置が誤っています", f"`{step.text}` cannot stand there")
            if step.level <= depth(place) and not (step.level == PART and place.part is None):
                raise _unread(written.text, f"`{step.text}`の位置が誤っています", f"`{step.text}` cannot stand there")
            place = below(place, step)
        if written.each == "items" and depth(place) == -1:
            place = self._within(written, ARTICLE)
        return Reach(place, each=written.each)

    def _start(self, written: Written, steps: tuple[Step, ...]) -> tuple[Address | Reach, tuple[Step, ...]]:
        """Return where a citation starts from, and the steps that go on from there."""
        if written.opening is not None:
            place = self._opening(written)
            if steps and steps[0].how != "at":
                if written.opening.how != "own_supplement" or steps[0].how == "same":
                    raise _unread(written.text, f"`{steps[0].text}`の位置が誤っています",
                                  f"`{steps[0].text}` cannot follow the name of an instrument")  # fmt: skip
                return self._relative(written, steps[0]), steps[1:]
            return place, steps
        if not steps:
            return self._each_alone(written), ()
        first = steps[0]
        if first.how == "at":
            return self._above(written, first), steps
        return self._relative(written, first), steps[1:]

    def _each_alone(self, written: Written) -> Address:
        """Return the paragraph, or the article, that 各号 or 各項 alone means."""
        if written.each == "paragraphs":
            return cut(self._within(written, ARTICLE), ARTICLE)
        here = self._here(written)
        if not has(here, PARAGRAPH) and not has(here, ARTICLE):
            raise _need(written, here, ARTICLE)
        return cut(here, PARAGRAPH)

    def _opening(self, written: Written) -> Address:
        opening = written.opening
        assert opening is not None
        if opening.how == "named":
            assert opening.place is not None
            place = opening.place
        elif opening.how == "own_supplement":
            return self._supplement(written, opening)
        elif opening.how == "same":
            place = Address(self._antecedent(written, opening.text, -1).instrument)
        else:
            place = Address(self._here(written).instrument)
        return replace(place, supplement=OWN_SUPPLEMENT) if opening.supplement and place.supplement is None else place

    def _supplement(self, written: Written, opening: Opening) -> Address:
        """Return the supplementary provisions that 附則 means: those it stands in, or the instrument's own."""
        if self.prior is not None:
            return replace(cut(self.prior, -1), supplement=self.prior.supplement or OWN_SUPPLEMENT)
        here = self._here(written)
        return Address(here.instrument, here.supplement or OWN_SUPPLEMENT)

    def _above(self, written: Written, step: Step) -> Address:
        """Return the place that a numbered first step goes on from."""
        if self.prior is not None and self.prior.unit is None:
            reach = depth(self.prior)
            if reach >= step.level:
                return cut(self.prior, step.level - 1) if step.level != PART else replace(self.prior, part=None)
            inherited = self.prior
            if self.here is None or step.level == PART:
                return inherited
            own = self._own(step.level)
            if own is None or own == inherited:
                return inherited
            raise self._ambiguous(written, (below(inherited, step), below(own, step)))
        if step.level == ARTICLE:
            return Address(self._here(written).instrument)
        if step.level == PART:
            here = self._here(written)
            if depth(here) < ARTICLE:
                raise _need(written, here, ARTICLE)
            return replace(here, part=None)
        here = self._here(written)
        own = self._own(step.level)
        if own is None:
            raise _need(written, here, step.level - 1)
        return own

    def _own(self, level: int) -> Address | None:
        """Return the place above a level that the citation itself stands in, or None if it does not go so far."""
        assert self.here is not None
        if level == PARAGRAPH:
            return cut(self.here, ARTICLE) if has(self.here, ARTICLE) or self.here.supplement else None
        if level == ITEM:
            return cut(self.here, PARAGRAPH) if depth(self.here) >= ARTICLE else None
        return cut(self.here, level - 1) if has(self.here, level - 1) else None

    # ---- Words that point.

    def _relative(self, written: Written, step: Step) -> Address | Reach:
        level = step.level
        if step.how == "same":
            return cut(self._antecedent(written, step.text, level), level)
        here = self._here(written)
        if step.how == "this":
            if not has(here, level) and not (level == PARAGRAPH and depth(here) >= ARTICLE):
                raise _need(written, here, level)
            return cut(here, level)
        if level == PART:
            raise _unread(written.text, f"`{step.text}`は読めません", f"`{step.text}` is not read")
        if not has(here, level):
            if level == PARAGRAPH and has(here, ARTICLE):
                here = replace(cut(here, ARTICLE), paragraph=1)
            else:
                raise _need(written, here, level)
        if step.how == "all_before":
            return self._all_before(step, here)
        count = step.number[0] if step.number else 1
        if not 1 <= count <= 9999:
            raise _unread(written.text, f"`{step.text}`の数が範囲外です", f"the count in `{step.text}` is out of range")
        sign = -1 if step.how == "before" else 1
        nearest = self._neighbour(here, level, sign, step)
        if count == 1:
            return nearest
        farthest = self._neighbour(here, level, sign * count, step)
        return Reach(farthest, nearest) if sign < 0 else Reach(nearest, farthest)

    def _all_before(self, step: Step, here: Address) -> Address | Reach:
        nearest = self._neighbour(here, step.level, -1, step)
        first = below(cut(here, step.level), Step(step.level, "at", (1,)))
        return nearest if nearest == first else Reach(first, nearest)

    def _neighbour(self, here: Address, level: int, steps: int, step: Step) -> Address:
        place, certain = neighbour(self.known, here, level, steps)
        note = (
            f"{step.text}は番号で隣の{_LEVELS_JA[level]}と読みました。枝番号の{_LEVELS_JA[level]}が間にあるかは、--texts で公式の条文を渡すと確かめられます",
            f"{step.text} is read by number; whether a branch {_LEVELS_EN[level]} stands between can be checked with --texts and the official text",
        )
        if not certain and note not in self.notes:
            self.notes.append(note)
        return place

    def _antecedent(self, written: Written, words: str, level: int) -> Address:
        """Return what 同 goes back to: the latest place cited that names such a unit, or else where the citation stands."""
        found = next((place for place in reversed(self.cited) if _names(place, level)), None)
        if found is not None:
            return found
        if self.here is None and not self.cited:
            raise _unread(written.text, f"`{words}`は直前の引用を指します。--after（直前の引用）又は --within（引用が置かれた場所）を付けてください",
                          f"`{words}` goes back to what was cited last: give it with --after, or with --within the place the citation stands in")  # fmt: skip
        if self.here is None or not _names(self.here, level):
            raise _unread(written.text, f"`{words}`が指す{_LEVELS_JA[level]}がありません",
                          f"`{words}` has nothing to go back to: no {_LEVELS_EN[level]} is cited before it, nor given with --within")  # fmt: skip
        self.notes.append(
            (f"{words}は直前に引用されたものを指します。ここでは --within の場所と読みました。--after で直前の引用を渡せます",
             f"{words} goes back to what was cited last; here it is read as the place of --within (--after gives what was cited last)")
        )  # fmt: skip
        return self.here

    def _here(self, written: Written) -> Address:
        if self.here is None:
            raise _unread(
                written.text,
                "置かれた場所によって決まります。--within で場所（例：--within psa/63_11/2）を示してください",
                "it begins with no known title, so it depends on where it stands: add --within, such as --within psa/63_11/2",
            )
        return self.here

    def _within(self, written: Written, level: int) -> Address:
        here = self._here(written)
        if not has(here, level):
            raise _need(written, here, level)
        return here

    def _ambiguous(self, written: Written, readings: tuple[Address, ...]) -> AmbiguousCitation:
        listed = "`" + "`, `".join(str(r) for r in readings) + "`"
        return AmbiguousCitation(
            f"`{written.text}`は二通りに読めます：{listed.replace(', ', '、')}。条から書いてください",
            f"`{written.text}` has two readings: {listed}; write it from the article down",
            readings,
        )


def _apart(reach: Reach, member: WrittenReach) -> list[Reach]:
    """Return 前二項, and 前各項 where there are two, as two places: no one writes 第1項から第2項まで."""
    if member.last is not None or reach.last is None or not member.first.steps:
        return [reach]
    step = member.first.steps[0]
    numbers = (reach.first.paragraph, reach.last.paragraph)
    beside = step.level == PARAGRAPH and None not in numbers and (numbers[1] or 0) - (numbers[0] or 0) == 1
    return [Reach(reach.first), Reach(reach.last)] if step.number == (2,) or beside else [reach]


def _names(place: Address, level: int) -> bool:
    """Tell whether a place says which unit of a level it is in; an item without paragraph is in the only one."""
    return level < ARTICLE or has(place, level) or (level == PARAGRAPH and place.item is not None)


def _one(reach: Reach) -> Address:
    """Return the single place by force of which something applies."""
    if reach.last is not None or reach.each is not None or reach.via:
        raise UnreadCitation(
            "準用・読替えの根拠は一つの場所で示してください",
            "the provision by force of which another applies is one place, not a range",
        )
    return reach.first


def _unread(text: str, ja: str, en: str) -> UnreadCitation:
    return UnreadCitation(f"`{text}`：{ja}", f"`{text}`: {en}")


def _need(written: Written, here: Address, level: int) -> UnreadCitation:
    return _unread(
        written.text,
        f"--within の場所（{here}）がどの{_LEVELS_JA[level]}かを示していません",
        f"the place given with --within, `{here}`, does not say in which {_LEVELS_EN[level]} it is",
    )


def resolve(
    members: Sequence[WrittenReach], known: Known, within: Address | None, after: Sequence[Address]
) -> tuple[list[Reach], tuple[Pair, ...]]:
    """Return the reaches that a written citation names, and the notes on how it was read.

    Errors: BadAddress and its kinds.
    """
    resolver = Resolver(known, within, cited=list(after))
    try:
        reaches = resolver.listing(members)
    except BadAddress:
        raise
    except ValueError as flaw:
        raise BadAddress(str(flaw)) from flaw
    return reaches, tuple(resolver.notes)
