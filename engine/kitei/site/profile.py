"""The page of a kind of firm: what applies to it, since when, and what hangs on facts it would have to look up.

Comes in: the material with the profiles that were answered. Goes out: a `Page` a profile. All that is said of what applies was
computed by the engine from the facts the profile declares, which the page shows. Deliberately not here: any rule.
"""

from __future__ import annotations

from collections.abc import Iterator

from kitei.document import Line, Run, line_of, plain
from kitei.explain import IDLE, Conclusion, Explanation, explain
from kitei.site import page_words, parts, words
from kitei.site.conclusions import Conclusions
from kitei.site.material import Answered, Material
from kitei.site.pages import Block, Listing, Page, Paragraph, Said, Section
from kitei.site.speech import Speech
from kitei.wording import Lang
from kitei_dsl.core import Wording


def profile_pages(material: Material, lang: Lang) -> Iterator[Page]:
    """Give the page of every profile, in the order in which they are declared."""
    for profile in material.guides.profiles:
        yield _Profile(material, lang, material.answered[profile.id]).page()


#: So many norms that apply are named in the answer itself.
_FEW = 3


class _Profile:
    def __init__(self, material: Material, lang: Lang, answered: tuple[Answered, ...]) -> None:
        self.material, self.lang, self.answered = material, lang, answered
        self.speech: Speech = material.speech[lang]
        self.now, *self.planned = answered
        self.profile = self.now.profile

    def page(self) -> Page:
        said = self.speech
        title = said.worded(self.profile.question)
        of = (f"guide:{self.profile.id}",)
        blocks = [*self.body()]
        head = parts.head(self.material, said, said.worded(self.profile.title), (), (), of)
        summary = f"{plain(title)} {plain(said.line(words.DISCLAIMER))}"
        boxes = parts.boxes(self.material, said, tuple(blocks), title)
        # The box a kind of firm needs first is not said again at the end.
        boxes = tuple(box for box in boxes if box not in blocks)
        return Page(
            "profile",
            f"for/{self.profile.id}",
            self.lang,
            title,
            summary,
            head,
            (*blocks, *boxes),
            ("index", "firms"),
            of,
        )

    def say(self, name: str, *blanks: Line | Run | str) -> Line:
        return self.speech.line(page_words.PROFILE[name], *blanks)

    def body(self) -> Iterator[Block]:
        explanation = self.explained(self.now)
        groups, told = self.grouped(self.now, explanation), Conclusions(self.material, self.lang, self.now, explanation)
        applying = groups["applies"]
        count = len({c.key for c in applying})
        sentence = self.say("answer", str(count)) if count else self.say("answer_none")
        if 0 < count <= _FEW:
            sentence = self.say("answer_few", str(count), self.speech.join(told.names(applying)))
        of = (f"guide:{self.profile.id}",)
        key = (*of, *dict.fromkeys(self.now.of(c.key) for c in applying))
        yield Paragraph(Said(sentence, "answer", key, kind="answer"))
        if self.profile.note != Wording():
            yield Paragraph(Said(self.speech.worded(self.profile.note), "note", of, kind="note"))
        yield Paragraph(Said(self.say("many"), kind="note"))
        yield from self.leading()
        if days := tuple(told.dated(applying)):
            note = Paragraph(Said(self.say("dated_note"), kind="note"))
            yield Section(self.say("dated"), "dated", (note, Listing(days)), "in_force")
        if applying:
            yield Section(self.say("applies"), "applies", tuple(told.tables(applying, "applies")), "in_force")
        if groups["powers"]:
            yield Section(self.say("powers"), "powers", (told.listing(groups["powers"], "power"),))
        duties = [c for c in groups["depends"] if c.modality != "power"]
        powers = [c for c in groups["depends"] if c.modality == "power"]
        none = Paragraph(Said(self.say("none_open"), "none-open", key))
        below: list[Block] = [told.open_ones(duties, "depends") if duties else none]
        if powers:
            open_powers = (told.open_ones(powers, "depends"),)
            below.append(Section(self.say("powers_open", str(len({c.key for c in powers}))), "depends-powers", open_powers, folded=True))  # fmt: skip
        yield Section(self.say("depends"), "depends", tuple(below))
        for one in self.planned:
            yield from self.to_come(one)
        if groups["not"]:
            yield Section(self.say("not"), "not-applying", (told.idle(groups["not"]),))
        entities = parts.named(self.material, self.now.facts)
        given = parts.facts_given(self.speech, explanation, self.now.facts, entities, "given", of)
        yield Section(self.say("facts"), "facts", (Listing(given),))

    def leading(self) -> Iterator[Block]:
        """Give what the kind of firm has to know first: the box it is declared to need, and what to do, step by step."""
        for box in self.material.guides.boxes:
            if box.id == self.profile.box:
                yield parts.box_block(self.material, self.speech, box)
        steps = []
        for n, part in enumerate(self.profile.way, start=1):
            said, *resting = parts.part_said(self.material, self.speech, part, f"guide:{self.profile.id}", f"way-{n}")
            heading = self.speech.worded(part.heading)
            asks = plain(heading).endswith(("?", "？"))
            heading = (*heading, Run(self.speech.w(("：", " " if asks else ": "))))
            steps.append(Said((*heading, *said.line), said.id, said.of, tuple(resting)))
        if steps:
            yield Section(self.say("way"), "way", (Listing(tuple(steps), "numbered"),), "in_force")

    # ------------------------------------------------------------------ conclusions
    def explained(self, one: Answered) -> Explanation:
        entities = parts.named(self.material, one.facts)
        return explain({**one.answer, "data": {**one.answer["data"], "entities": entities}}, self.material.program)

    def grouped(self, one: Answered, x: Explanation) -> dict[str, list[Conclusion]]:
        """Return the conclusions about the firm by whether they apply to it; what is not in force is in none."""
        applies = {
            (row["key"], row["bearer"], i["instance"]): i["applies"]
            for row in one.answer["data"]["norms"]
            for i in row["instances"]
        }
        found: dict[str, list[Conclusion]] = {"applies": [], "powers": [], "depends": [], "not": []}
        for c in x.conclusions:
            if c.bearer_id != self.profile.subject or c.status == "not-in-force":
                continue
            result = applies.get((c.key, c.bearer_id, c.instance_id)) or {}
            if (result.get("state") == "value" and result.get("value") == "false") or c.status in IDLE:
                found["not"].append(c)
            elif result.get("state") == "value":
                found["powers" if c.modality == "power" else "applies"].append(c)
            else:
                found["depends"].append(c)
        return found

    # ------------------------------------------------------------------ what is planned
    def to_come(self, one: Answered) -> Iterator[Block]:
        """Give what would apply once what is promulgated starts, on the day the world assumes."""
        x = self.explained(one)
        groups = self.grouped(one, x)
        known = {(c.name, c.cite.id) for c in self.explained(self.now).conclusions if c.status not in ("not-in-force",)}
        new = {
            name: [c for c in of if c.cite.bucket != "in_force" or (c.name, c.cite.id) not in known]
            for name, of in groups.items()
        }
        pending = {name: [c for c in of if self.is_pending(one, c)] for name, of in new.items()}
        if not any(pending[name] for name in ("applies", "depends", "powers")):
            return
        assumed = [x.assumption(a) for a in one.answer["assumptions"]]
        told = Conclusions(self.material, self.lang, one, x)
        phrases = told.phrases
        said = self.speech.join((Run(phrases.w(a.label) + " = "), *line_of(phrases.shown(a.shown))) for a in assumed)
        note = Paragraph(
            Said(
                self.say("planned_note", said),
                f"planned-{one.world.name}",
                (f"world:{one.world.name}",),
                kind="frame",
            )
        )
        below: list[Block] = [note]
        if shown := [*pending["applies"], *pending["powers"]]:
            below.append(told.listing(shown, "planned"))
        if pending["depends"]:
            below.append(told.open_ones(pending["depends"], "planned-depends"))
        yield Section(self.say("planned"), f"planned-section-{one.world.name}", tuple(below), "pending")

    def is_pending(self, one: Answered, c: Conclusion) -> bool:
        """Say whether the version that speaks here is one that is still to come."""
        versions = [
            i["version"] for row in one.answer["data"]["norms"] if row["key"] == c.key for i in row["instances"]
        ]
        return any(v is not None and self.material.law.state(v) == "pending" for v in versions)
