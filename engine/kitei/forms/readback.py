"""Facts read back in words: what was understood of each entity, and what was not told.

Comes in: a program and facts. Goes out: a `Document`. Values are written as answers write them. What is not told is listed
with its question and citation; nothing is said about whether it matters, unless a goal was given.
"""

from __future__ import annotations

from collections.abc import Iterator

from kitei.document import Block, Document, Entry, Heading, Line, Listing, Paragraph, line_of
from kitei.facts import Facts, MadeFor, Record
from kitei.forms.questions import Question, questions, sides
from kitei.goals import label as goal_label
from kitei.naming import Names, clean
from kitei.phrases import Phrases
from kitei.values import Entity, write
from kitei.wording import Lang
from kitei.world import Program
from kitei_dsl.core import Wording

_REMARKS = {
    "source": ("出典", "source"), "assessor": ("評価した者", "assessor"), "reason": ("理由", "reason"), "note": ("注", "note"),
}  # fmt: skip


def read_back(program: Program, facts: Facts, lang: Lang, matter: frozenset[str] | None = None,
              made_for: MadeFor | None = None, *, chosen: bool = True) -> Document:  # fmt: skip
    """Return the page; `matter`: of what is not told, only what is named there, which is what can matter for `made_for`: its goals,
    else all the law of its world.

    `chosen`: the reader named the goals; else the facts say themselves what they were made for.
    """
    return _Page(program, facts, lang, matter, made_for or MadeFor(), chosen).document()


def _counted(count: int) -> str:
    return "1 question has" if count == 1 else f"{count} questions have"


class _Page:
    def __init__(self, program: Program, facts: Facts, lang: Lang, matter: frozenset[str] | None, made_for: MadeFor,
                 chosen: bool) -> None:  # fmt: skip
        self.program, self.facts, self.lang, self.matter = program, facts, lang, matter
        self.made_for, self.chosen = made_for, chosen
        entities = {i: {"kind": k, "ja": n.ja, "en": n.en} for i, k in facts.kinds.items()
                    for n in [facts.names.get(i, Wording(i, i))]}  # fmt: skip
        shell = {"data": {"entities": entities}, "context": {"text": "", "known": ""}, "assumptions": []}
        self.names = Names(program, shell)
        self.phrases = Phrases(lang, False, program, shell)
        self.told = self.untold = 0

    def pick(self, ja: str, en: str) -> str:
        return ja if self.lang == "ja" else en

    def line(self, text: str) -> Line:
        return line_of(text)

    def called(self, id: str) -> str:
        name = self.phrases.w(self.names.entity(id))
        return self.pick(f"{name}（{clean(id)}）", f"{name} ({clean(id)})") if name != id else clean(id)

    def said(self, words: Wording, otherwise: str) -> str:
        return self.phrases.w(self.names.wording(words, otherwise))

    def document(self) -> Document:
        blocks: list[Block] = []
        for id, kind in self.facts.kinds.items():
            label = self.said(self.program.kinds[kind].label, kind)
            blocks.append(
                Heading(
                    2, self.line(f"{label}: {self.called(id)}" if self.lang == "en" else f"{label}：{self.called(id)}")
                )
            )
            told, untold = self.entity(id, kind)
            blocks.append(
                Listing(tuple(told))
                if told
                else Paragraph(self.line(self.pick("何も述べられていません。", "Nothing is told.")))
            )
            if untold:
                blocks.append(
                    Paragraph(
                        self.line(
                            self.pick(
                                "まだ述べられていないこと（分からないものとして扱います）",
                                "Not told (taken as unknown):",
                            )
                        )
                    )
                )
                blocks.append(Listing(tuple(untold)))
        return Document(self.lang, (*self.opening(), *blocks))

    def opening(self) -> Iterator[Block]:
        yield Heading(1, self.line(self.pick("読み取った事実", "The facts as read")))
        if title := self.facts.about.get("title"):
            yield Paragraph(self.line(clean(title)))
        parts = [self.pick(f"ファイル：{clean(self.facts.file)}", f"File: {clean(self.facts.file)}")]
        if self.facts.as_of:
            day = self.phrases.day(self.facts.as_of.isoformat())
            parts.append(self.pick(f"基準日：{day}", f"as of {day}"))
        if self.facts.subject:
            whom = self.called(self.facts.subject)
            parts.append(self.pick(f"主たる対象：{whom}", f"about {whom}"))
        yield Paragraph(self.line(self.pick("。", "; ").join(parts) + self.pick("。", ".")))
        if self.made_for.goals:
            yield Paragraph(self.line(self.asked_about()))
            yield Paragraph(self.line(self.pick(
                "述べられていないことは、問いに関わり得るものだけを挙げます。", "Of what is not told, only what can matter for the goal is listed.",
            ) + ("" if self.chosen else self.pick("全部を見るには --all を付けます。", " For all of it, say --all."))))  # fmt: skip
        elif self.matter is not None:
            world = self.program.worlds[self.made_for.world or "current"]
            law = self.said(world.label, world.name)
            yield Paragraph(self.line(self.pick(
                f"述べられていないことは、{law}の規定が用いるものだけを挙げます。全部を見るには --all、ほかの法令の範囲については --world を付けます。",
                f"Of what is not told, only what is used by provisions of this law is listed: {law}. For all of it, say --all; for other law, --world.",
            )))  # fmt: skip
        read = self.pick(
            f"対象 {len(self.facts.kinds)} 件について、事実 {self.told} 件を読み取りました。",
            f"{self.told} facts about {len(self.facts.kinds)} entities were read; ",
        )
        if not self.made_for.goals:
            left = self.pick(f"質問 {self.untold} 件には答えがありません。", f"{_counted(self.untold)} no answer.")
        elif self.untold:
            left = self.pick(
                f"この問いに関わり得る質問のうち {self.untold} 件には、まだ答えがありません。",
                f"{_counted(self.untold)} no answer yet that can matter for this goal.",
            )
        else:
            left = self.pick(
                "この問いに関わり得る質問には、全て答えがあります。", "every question that can matter for this goal has an answer.",
            )  # fmt: skip
        yield Paragraph(self.line(read + left))

    def asked_about(self) -> str:
        """Name the goals, and the world where it is not the usual one."""
        goals = []
        for goal in self.made_for.goals:
            called = self.said(goal_label(self.program, goal), goal)
            goals.append(called if called == goal else self.pick(f"{called}（{goal}）", f"{called} ({goal})"))
        world = self.program.worlds.get(self.made_for.world)
        where = ""
        if world is not None:
            where = self.said(world.label, world.name)
            where = self.pick(f"（世界：{where}）", f" (world: {where})")
        return self.pick(f"対象とする問い：{'、'.join(goals)}{where}。", f"Asked about: {'; '.join(goals)}{where}.")

    def entity(self, id: str, kind: str) -> tuple[list[Entry], list[Entry]]:
        told: list[Entry] = []
        untold: list[Entry] = []
        for q in questions(self.program, kind):
            wanted = self.matter is None or q.name in self.matter
            label = self.said(q.label, q.name)
            if q.role is not None:
                found = self.members(id, q, label)
                if found is not None:
                    told.append(found)
                    self.told += 1
                elif wanted and sides(self.program, q.role):
                    untold.append(self.question(q, label))
                continue
            records = self.facts.records.get((id, q.name), ())
            told += [
                Entry(self.line(f"{label}{self.pick('：', ': ')}{self.value(q, r)}"), tuple(self.remarks(q, r)))
                for r in records
            ]
            self.told += len(records)
            if not records and wanted:
                untold.append(self.question(q, label))
        self.untold += len(untold)
        return told, untold

    def question(self, q: Question, label: str) -> Entry:
        asked = self.said(q.question, "") if q.asked else label
        cite = self.phrases.w(q.cite)
        kind = "" if q.role is not None or q.evidence.en == "fact" else self.phrases.w(q.evidence)
        inner = self.pick("、", ", ").join(filter(None, (clean(q.called(self.lang)), kind, cite)))
        return Entry(self.line(asked + self.pick(f"（{inner}）", f" ({inner})")))

    def value(self, q: Question, r: Record) -> str:
        assert q.attribute is not None
        if r.value is None:
            text = self.pick("なし", "none")
        elif isinstance(r.value, Entity):
            text = self.called(r.value.id)
        elif isinstance(r.value, bool):
            text = self.pick("はい", "yes") if r.value else self.pick("いいえ", "no")
        else:
            spelling = write(r.value)
            label = self.names.listed(spelling, q.attribute.type) if q.attribute.type.startswith("enum:") else None
            text = self.phrases.value(spelling, q.attribute.type, label)
        return text + self.period(r)

    def period(self, r: Record) -> str:
        parts = []
        if r.start:
            day = self.phrases.day(r.start.isoformat())
            parts.append(self.pick(f"{day}から", f"from {day}"))
        if r.end:
            day = self.phrases.day(r.end.isoformat())
            parts.append(self.pick(f"{day}の前日まで", f"until the day before {day}"))
        if r.recorded:
            day = self.phrases.day(r.recorded.isoformat())
            parts.append(self.pick(f"{day}に記録", f"recorded on {day}"))
        if r.corrects:
            parts.append(self.pick("先の記録の訂正", "a correction of earlier records"))
        inner = self.pick("、", ", ").join(parts)
        return self.pick(f"（{inner}）", f" ({inner})") if inner else ""

    def remarks(self, q: Question, r: Record) -> Iterator[Entry]:
        for key, text in r.said:
            ja, en = _REMARKS[key]
            yield Entry(self.line(self.pick(f"{ja}：{clean(text)}", f"{en}: {clean(text)}")))
        assert q.attribute is not None
        given = {key for key, _ in r.said}
        if q.attribute.evidence == "evaluation" and not {"assessor", "reason"} <= given:
            yield Entry(self.line(self.pick(
                "評価ですが、評価した者と理由の両方は書かれていません。", "this is an evaluation, but it lacks an assessor or a reason",
            )))  # fmt: skip

    def members(self, id: str, q: Question, label: str) -> Entry | None:
        assert q.role is not None
        members = self.facts.members.get((id, q.name))
        if members is None:
            return None
        names = self.pick("、", ", ").join(self.called(i) for i in members.ids) or self.pick("なし", "none")
        if not q.role.many:
            return Entry(self.line(f"{label}{self.pick('：', ': ')}{names}"))
        state = (
            self.pick("（これで全部）", " (that is all)")
            if members.complete
            else self.pick("（全部とは述べられていない）", " (not said to be all)")
        )
        return Entry(self.line(f"{label}{self.pick('：', ': ')}{names}{state}"))
