"""How single things are written in one language: days, amounts, citations, items, lists, statuses.

Comes in: what `explain` hands to the templates. Goes out: the filters and words the templates use. A number is exact and
never rounded here; a day is written with its era in Japanese and always with its ISO form; what is cited, dated or counted
is marked, so both languages can be compared. Deliberately not here: sentences.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from typing import Any

from kitei import wording
from kitei.document import mark
from kitei.explain import Conclusion, Ground
from kitei.naming import Cite, Item, Names, Shown, clean
from kitei.own_findings import own_findings, turning_on
from kitei.unfixed import days_fixed
from kitei.values import decimal
from kitei.wording import Lang, Pair, pick
from kitei.world import Program
from kitei_dsl.core import Wording
from kitei_dsl.timeline import describe

_TABLES: dict[str, dict[str, Pair]] = {
    name: getattr(wording, name) for name in ("MODALITY", "CAUSES", "PROMPTNESS", "GROUPS", "VERDICTS", "PROSPECTS", "SANCTIONS", "FINES", "BUCKETS", "CALLS", "FOLDS", "CLASSES", "FLIP_GOALS")
}  # fmt: skip


#: An article with its branches, at the start of a citation without its title, where something of it follows.
_ARTICLE = {"ja": re.compile(r"第\d+条(?:の\d+)*(?=第|柱書)"), "en": re.compile(r"art\. [\d-]+(?=\()")}

#: Numbers in a row that are written by the first and the last; numbers written without commas; norms called by name beside them.
_RUN, _FEW, _NAMED = 3, 3, 2


class Phrases:
    """The phrases of one language for one answer."""

    def __init__(self, lang: Lang, hypothetical: bool, program: Program, answer: Mapping[str, Any]) -> None:
        self.titles = Names(program, answer).short
        self.lang, self.hypothetical, self.program = lang, hypothetical, program
        self.assumed = days_fixed(program, answer)
        self.comma, self.dot = ("、", "・") if lang == "ja" else (", ", ", ")

    def filters(self) -> dict[str, Callable[..., object]]:
        """Return what the templates may pipe a value through."""
        return {
            "w": self.w, "ws": self.ws, "day": self.day, "dated": self.dated, "n": self.n, "cite": self.cite, "cites": self.cites,
            "shown": self.shown, "final": self.final, "item": self.item, "items": self.items, "word": self.word, "reasons": self.reasons,
            "readings": self.readings, "marks": self.marks, "listed": self.listed, "skipped": self.skipped, "rules": self.rules,
            "comparison": self.comparison, "norms": self.norms, "interval": self.interval, "capital": self.capital, "bounds": self.bounds,
            "skipped_besides": self.skipped_besides, "looked_up": self.looked_up, "refs": self.refs, "says_kind": self.says_kind, "sentence": self.sentence,
            "numbers": self.numbers, "dotted": self.dotted, "brief_items": self.brief_items, "holding": self.holding, "pinpoints": self.pinpoints,
            "plainly": clean, "finding": self.finding, "standing": self.standing, "before": self.before, "after": self.after, "glossed": self.glossed,
        }  # fmt: skip

    def globals(self) -> dict[str, object]:
        """Return what the templates may call or read."""
        return {
            "if_in_force": self.if_in_force, "opening": self.opening, "status": self.status, "status_of": self.status_of,
            "nothing": lambda: pick(wording.NONE, self.lang),
            "grade_words": lambda bucket, letter: wording.grade(bucket, letter, self.lang),
        }  # fmt: skip

    def _pick(self, ja: str, en: str) -> str:
        return ja if self.lang == "ja" else en

    # ------------------------------------------------------------------ names and lists
    def w(self, words: Wording) -> str:
        return words.ja if self.lang == "ja" else words.en

    def ws(self, words: Iterable[Wording]) -> str:
        return self.comma.join(self.w(x) for x in words)

    def listed(self, texts: Iterable[str]) -> str:
        return self.comma.join(texts)

    def word(self, key: str, table: str) -> str:
        return pick(_TABLES[table][key], self.lang)

    def capital(self, text: str) -> str:
        """Begin a sentence with a capital letter."""
        return text[:1].upper() + text[1:]

    def cite(self, c: Cite) -> str:
        return mark("cite", c.id, c.ja if self.lang == "ja" else c.en)

    def cites(self, cites: Iterable[Cite]) -> str:
        return self.comma.join(self.cite(c) for c in dict.fromkeys(cites))

    def item(self, item: Item) -> str:
        subject = "" if item.subject is None else self._pick(f"（{item.subject.ja}）", f" ({item.subject.en})")
        return self.w(item.label) + subject

    def items(self, items: Iterable[Item]) -> str:
        return self.comma.join(self.item(i) for i in items)

    def dotted(self, words: Iterable[Wording]) -> str:
        return self.dot.join(self.w(x) for x in words)

    def numbers(self, numbers: Iterable[int]) -> str:
        """Write the numbers of entries; three or more in a row by the first and the last, and many with commas between."""
        runs: list[list[int]] = []
        for n in numbers:
            if runs and n == runs[-1][-1] + 1:
                runs[-1].append(n)
            else:
                runs.append([n])
        spread = [part for run in runs for part in ([run] if len(run) >= _RUN else [[n] for n in run])]
        to = self._pick("～", "-")
        told = [to.join(mark("entry", str(n), f"[{n}]") for n in dict.fromkeys((run[0], run[-1]))) for run in spread]
        return (self.comma if len(spread) > _FEW or len(spread) != sum(map(len, spread)) else "").join(told)

    def brief_items(self, items: Iterable[Item], c: Conclusion) -> str:
        """Write items of a conclusion; whom they concern is left out where the entry says it."""
        known = (None, c.bearer, c.instance)
        return self.comma.join(self.w(i.label) if i.subject in known else self.item(i) for i in items)

    def pinpoints(self, cites: Iterable[Cite]) -> str:
        """Write citations of one instrument without its title, which stands before them, nor an article twice."""
        found, article = [], ""
        for c in dict.fromkeys(cites):
            title = self.w(self.titles(c.id.partition("/")[0]))
            text = self._pick(c.ja, c.en).removeprefix(title).strip() or self._pick(c.ja, c.en)
            met = _ARTICLE[self.lang].match(text)
            same, article = met is not None and met[0] == article, met[0] if met else ""
            found.append(mark("cite", c.id, text.removeprefix(article) if same else text))
        return self._pick("・", "; ").join(found)

    def refs(self, norms: Iterable[tuple[Conclusion, Iterable[int]]], named: bool = False) -> str:
        """Refer to norms by the numbers of their entries; `named`: with what they are called, where that is short."""
        listed = list(norms)
        numbers = self.numbers(sorted({n for _, numbers in listed for n in numbers}))
        labels = list(dict.fromkeys(self.w(c.label) for c, _ in listed))
        return numbers + (
            self._pick("（{}）", " ({})").format(self.dot.join(labels)) if named and len(labels) <= _NAMED else ""
        )

    def says_kind(self, c: Conclusion) -> bool:
        """Say whether the name of a norm tells its kind already."""
        return c.label.ja.endswith(wording.MODALITY[c.modality][0].rpartition("の")[2])

    def sentence(self, text: str, cite: Cite | None) -> str:
        """Close a question or a name as a sentence, with its provision."""
        stop = self._pick("。", ".")
        inner = "" if cite is None else self._pick(f"（{self.cite(cite)}）", f" ({self.cite(cite)})")
        if inner:
            return text.removesuffix(stop) + inner + stop
        return text + ("" if text.rstrip(")）").endswith((stop, "?", "？")) else stop)

    def looked_up(self, pairs: Iterable[tuple[object, Cite]]) -> list[Cite]:
        """Return the provisions read for norms without a penalty."""
        return [cite for _, cite in pairs]

    def norms(self, norms: Iterable[Conclusion]) -> str:
        pattern = self._pick("{}（{}）", "{} ({})")
        return self.comma.join(pattern.format(self.w(c.label), self.cite(c.cite)) for c in norms)

    def readings(self, choices: Iterable[tuple[Wording, Wording]]) -> str:
        pattern = self._pick("「{}」＝「{}」", '"{}" = "{}"')
        return self.comma.join(pattern.format(self.w(point), self.w(choice)) for point, choice in choices)

    def marks(self, marks: Iterable[tuple[str, Cite]]) -> str:
        """Write the official short phrases; they stay in Japanese, with their places."""
        pattern = self._pick("「{}」（{}）", "「{}」 ({})")
        return self.comma.join(pattern.format(phrase, self.cite(c)) if phrase else self.cite(c) for phrase, c in marks)

    def rules(self, rules: Iterable[tuple[str, Cite | None]]) -> str:
        """Write the conventions a period was computed by, each with its citation where it has one."""
        pattern, found = self._pick("{}（{}）", "{} ({})"), []
        for name, cite in rules:
            words = pick(wording.CONVENTIONS.get(name, (name, name)), self.lang)
            found.append(words if cite is None else pattern.format(self.cite(cite), words))
        return self.comma.join(found)

    # ------------------------------------------------------------------ days and numbers
    def day(self, iso: str) -> str:
        return mark("day", iso, self._day(iso, ""))

    def dated(self, iso: str) -> str:
        """Write a day with its day of the week."""
        weekday = pick(wording.WEEKDAYS[date.fromisoformat(iso).weekday()], self.lang)
        return mark("day", iso, self._day(iso, weekday))

    def _day(self, iso: str, weekday: str) -> str:
        if self.lang == "en":
            return f"{iso} ({weekday})" if weekday else iso
        inner = f"{iso}・{weekday}" if weekday else iso
        year, month, of_month = (int(part) for part in iso.split("-"))
        for start, era in wording.ERAS:
            if iso >= start:
                count = year - int(start[:4]) + 1
                return f"{era}{'元' if count == 1 else count}年{month}月{of_month}日（{inner}）"
        return f"{iso}（{weekday}）" if weekday else iso

    def skipped(self, days: Iterable[tuple[str, str]]) -> str:
        pattern = self._pick("{}は{}", "{}: {}")
        return self.comma.join(pattern.format(self.day(iso), describe(reason, self.lang)) for iso, reason in days)

    def skipped_besides(self, period: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Return the days skipped, without a last day of which its day of the week says all."""
        last = period["raw_end"]
        weekday = wording.WEEKDAYS[date.fromisoformat(last).weekday()][0]
        return [(iso, reason) for iso, reason in period["skipped"] if iso != last or describe(reason, "ja") != weekday]

    def n(self, count: int) -> str:
        return mark("number", str(count), f"{count:,}")

    def number(self, exact: Fraction) -> str:
        """Write an exact rational with grouped digits: whole, decimal where it ends, else as a mixed fraction."""
        sign, size = ("-" if exact < 0 else ""), abs(exact)
        written = decimal(size)
        if "/" not in written:
            whole, _, rest = written.partition(".")
            return f"{sign}{int(whole):,}" + (f".{rest}" if rest else "")
        whole_part, rest_part = divmod(size.numerator, size.denominator)
        fraction = f"{rest_part:,}/{size.denominator:,}"
        if not whole_part:
            return f"{sign}{fraction}"
        return f"-({whole_part:,} {fraction})" if sign else f"{whole_part:,} {fraction}"

    def value(self, text: str, type: str, label: Wording | None) -> str:
        """Write a known value by its type."""
        if label is not None:
            return self.w(label)
        match type.partition(":")[0]:
            case "truth":
                return self._pick("該当する", "yes") if text == "true" else self._pick("該当しない", "no")
            case "yen":
                n = self.number(Fraction(text))
                return mark("number", text, self._pick(f"{n}円", f"JPY {n}"))
            case "rate":
                percent = decimal(Fraction(text) * 100)
                return mark(
                    "number",
                    text,
                    self.number(Fraction(text)) if "/" in percent else f"{self.number(Fraction(text) * 100)}%",
                )
            case "number":
                return mark("number", text, self.number(Fraction(text)))
            case "quantity":
                amount, _, asset = text.partition(" ")
                return mark("number", text, f"{self.number(Fraction(amount))} {asset}")
            case "date":
                return self.dated(text)
            case "span":
                return mark("number", text, self.span(text))
            case _:
                return text

    def span(self, text: str) -> str:
        """Write a span: 3月, 3 months."""
        count, _, rest = text.partition(" ")
        unit, _, calendar = rest.partition(" of ")
        words = pick(wording.UNITS[unit], self.lang)
        if self.lang == "ja":
            return f"{int(count):,}{words}" + (f"（{calendar}）" if calendar else "")
        return f"{int(count):,} {words[:-1] if count == '1' else words}" + (f" ({calendar})" if calendar else "")

    def shown(self, s: Shown) -> str:
        """Write a result of any state."""
        match s.state:
            case "value":
                return self.value(s.text, s.type, s.label)
            case "gap":
                return self._pick("収録範囲には定めが見当たらない", "no encoded provision gives it")
            case "clash":
                values = self.comma.join(self.value(v, s.type, None) for v in s.values)
                return self._pick(f"収録した規定が抵触する（{values}）", f"encoded provisions clash ({values})")
            case "absent":
                return self._pick("なし", "none")
            case "contested":
                return self._pick(
                    "判断できない（理由：解釈が分かれる）", "cannot be determined (reason: contested reading)"
                )
            case _:
                kinds = dict.fromkeys("fact" if c == "list" else c for c in s.causes)
                causes = self.dot.join(self.word(k, "CAUSES") for k in kinds)
                return self._pick(f"判断できない（理由：{causes}）", f"cannot be determined (reason: {causes})")

    def final(self, s: Shown) -> str:
        """Write what is concluded: of an amount that is no whole number of yen, that no rounding is ordered."""
        exact = s.state == "value" and s.type == "yen" and Fraction(s.text).denominator != 1
        note = (
            self._pick("（収録した規定に端数処理の定めはない）", " (the encoded provisions order no rounding)")
            if exact
            else ""
        )
        return self.shown(s) + note

    def bounds(self, bounds: tuple[str, str], s: Shown) -> str:
        """Write the bounds of an assumption, as values of its type; an open end stays blank."""
        low, high = ((self.day(b) if s.type == "date" else self.value(b, s.type, None)) if b else "" for b in bounds)
        return (
            self._pick(f"{low}から{high}まで", f"from {low} to {high}") if low and high else f"{low} – {high}".strip()
        )

    def comparison(self, op: str, days: bool) -> str:
        return pick(wording.COMPARISONS[op][int(days)], self.lang)

    def holding(self, op: str, days: bool, s: Shown) -> str:
        """Write what a decided comparison comes to: the opposite where it fails."""
        return self.comparison(wording.INVERSE[op] if s.text == "false" else op, days)

    def interval(self, g: Ground) -> str:
        """Write when a version of a provision is in force."""
        start = self._moment(g.start)
        text = self._pick(f"{start}施行", f"in force from {start}")
        if g.end is not None:
            end = self._moment(g.end)
            text += self._pick(f"、{end}に改正又は廃止", f", amended or repealed on {end}")
        return text

    def standing(self, g: Ground) -> str:
        """Write the days on which a version of a provision stands, both included."""
        start = self._moment(g.start)
        if g.end is None:
            return self._pick(f"{start}から", f"from {start}")
        if "/" in g.end:
            end = self._moment(g.end)
            return self._pick(f"{start}から{end}の前日まで", f"from {start} to the day before {end}")
        end = self.day(self.before(g.end))
        return self._pick(f"{start}から{end}まで", f"from {start} to {end}")

    def before(self, iso: str) -> str:
        """Return the day before a day."""
        return (date.fromisoformat(iso) - timedelta(days=1)).isoformat()

    def after(self, iso: str) -> str:
        """Return the day after a day."""
        return (date.fromisoformat(iso) + timedelta(days=1)).isoformat()

    def glossed(self, words: Iterable[str]) -> str:
        """Say in English what words for imprisonment mean that the law's text uses; in Japanese nothing needs saying."""
        return self._pick("", " ".join(f"{w}: {wording.IMPRISONMENT[w]}." for w in words if w in wording.IMPRISONMENT))

    def _moment(self, moment: str) -> str:
        """Write a start or end: a day, or the commencement it hangs on with the day assumed for it."""
        if "/" not in moment:
            return self.day(moment)
        commencement = self.program.commencements.get(moment)
        label = commencement.label if commencement else Wording()
        name = self._pick(label.ja or moment, label.en or moment)
        if moment in self.assumed:
            day = self.day(self.assumed[moment])
            return self._pick(f"「{name}」（仮定 {day}）", f'"{name}" (assumed {day})')
        return self._pick(f"「{name}」（日は未定）", f'"{name}" (day not fixed)')

    # ------------------------------------------------------------------ statuses
    @property
    def if_in_force(self) -> str:
        return pick(wording.IF_IN_FORCE, self.lang) if self.hypothetical else ""

    def opening(self, cite: Cite) -> str:
        """Return what a conclusion begins with: that it is press only, that it is hypothetical."""
        return (pick(wording.BY_PRESS, self.lang) if cite.bucket == "press" else "") + self.if_in_force

    def status(self, c: Conclusion) -> str:
        name = f"not-in-force-{c.absence}" if c.status == "not-in-force" else c.status
        return self.status_of(c.modality, name, c.due)

    def status_of(self, modality: str, status: str, due: str | None) -> str:
        """Return the fixed words of a status."""
        name = {
            "outstanding": "outstanding" if due else "outstanding-undated",
            "not-in-force": "not-in-force-none",
        }.get(status, status)
        table = wording.STATUS[modality]
        words = table[name] if name in table else wording.STATUS["duty"][name]
        return pick(words.hypothetical if self.hypothetical else words.actual, self.lang)

    @cached_property
    def findings(self) -> frozenset[str]:
        """The findings that are the authority's own."""
        return own_findings(self.program)

    def finding(self, c: Conclusion) -> str:
        """Write what the authority itself must find for a power that turns on nothing else; empty where more is open."""
        open_for = c.causes if c.status == "undetermined" and c.modality == "power" else ()
        items = turning_on(c.modality, open_for, self.findings) if open_for else ()
        labels = [self.w(i.label) for i in items]
        if self.lang == "en":
            return " and ".join(labels)
        return "とき、かつ、".join(
            n.removesuffix("こと") if n.endswith("ること") else f"「{n}」に当たる" for n in labels
        )

    def reasons(self, c: Conclusion) -> str:
        """Return the classes of reason why something cannot be determined, each once; a list not complete is missing facts."""
        if self.finding(c):
            return pick(wording.OWN_FINDING, self.lang)
        kinds = ["fact" if kind == "list" else kind for kind, _ in c.causes] + (
            ["reading"] if c.status == "contested" else []
        )
        return self.dot.join(dict.fromkeys(self.word(k, "CAUSES") for k in kinds))
