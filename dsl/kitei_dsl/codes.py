"""Every diagnostic: its slug, severity, message, what to do, and why it is checked.

A slug names the mistake, not the cure. Messages are templates over named fields, lower case, no final stop,
names in backquotes, both sides told. Wording lives here and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of mistake. `severity` is error, warning or note."""

    slug: str
    severity: str
    message: str
    help: str
    why: str


def _table(*codes: Code) -> dict[str, Code]:
    return {code.slug: code for code in codes}


CODES = _table(
    # ---- reading
    Code("too-large", "error", "the file has {size}, more than the {limit} that can be read",
         "split the instrument into several files", "A file no person can read is a mistake or an attack."),
    Code("too-deep", "error", "nested deeper than {limit} levels", "give the inner part a name as a term of its own",
         "Law is not nested so deeply; a reader would be lost long before."),
    Code("control-character", "error", "invisible control character {code}", "delete it and type the words again",
         "Control and text-direction characters can make a rule read differently from what it says."),
    Code("unreadable-file", "error", "the file cannot be read: {reason}", "save it as UTF-8 text",
         "Rules are UTF-8 text files."),
    Code("unexpected-word", "error", "`{found}` cannot stand here", "expected {expected}",
         "Every construct has one shape; what may follow is listed in the help."),
    Code("unexpected-end", "error", "the text ends in the middle of something", "expected {expected}",
         "Every block ends with `end`."),
    # ---- names
    Code("hidden-keyword", "warning", "`{name}` is read as one name; the keyword `{word}` is stuck to it",
         "if the keyword was meant, put a space: `{mended}`; if not, choose another name",
         "Japanese is written without spaces; a keyword inside a name is read by nobody but the eye."),
    Code("keyword-as-name", "warning", "`{name}` is a keyword, so this name can be used in no expression",
         "choose another name", "A word an expression can begin with is always read as the keyword."),
    Code("declared-twice", "error", "`{name}` is declared twice", "the other declaration is at {other}; rename one",
         "A name means one thing in the whole vocabulary."),
    Code("unknown-name", "error", "no {sort} is called `{name}`{scope}", "{near}",
         "A rule may use only what the vocabulary declares."),
    Code("unknown-kind", "error", "no kind of entity is called `{name}`", "{near}",
         "Subjects belong to a declared kind."),
    Code("unknown-instrument", "error", "no instrument is called `{name}`", "{near}",
         "An address starts with the id of a declared instrument."),
    Code("bad-address", "error", "`{address}` is not an address: {reason}",
         "write instrument/article/paragraph, items as i4, for example psa/63_11/2 or psa/2/15/i4",
         "Citations are parsed values, never plain text."),
    Code("dangling-citation", "error", "`{address}` has no provision in the collected law",
         "cite an address at or below which something is encoded{near}",
         "A relation to a provision that is not there would silently do nothing."),
    Code("ambiguous-subject", "error", "`{name}` could be of {candidates}", "write `{name} of …`",
         "A bare name belongs to the nearest subject of its kind; here two are equally near."),
    Code("no-subject", "error", "`{name}` belongs to a {kind}, and no {kind} is in sight", "write `{name} of …`",
         "A fact or a term is always of somebody or something."),
    Code("out-of-scope", "error", "`{name}` is defined only for {scopes}, and `{address}` lies outside",
         "define it for this place too, or use another term",
         "Definitions hold where the law says: この法律において, この章において, この条において."),
    Code("duplicate-definition", "error", "`{label}` is used for two clauses of {address}",
         "add `named …` to give each its own label", "Ids of clauses must not depend on their order."),
    Code("overlapping-versions", "error", "two versions of {address} are in force on {day}",
         "end one of them with `until`", "A provision has at most one text on a day."),
    # ---- types
    Code("wrong-type", "error", "expected {expected}, found {found}", "{hint}",
         "Yen, rates, quantities, numbers, dates and truths are not exchangeable."),
    Code("wrong-kind", "error", "`{name}` is of {expected}, not of {found}", "write `{name} of …` with a {expected}",
         "An attribute belongs to one kind of entity."),
    Code("not-a-list", "error", "`{name}` does not give a list of entities", "use the role of a relation declared `many`",
         "Folds run over the members a relation gives."),
    Code("list-outside-fold", "error", "`{name}` gives a list", "ask about it with every, some, number, sum …",
         "A list has no single value."),
    Code("unguarded-optional", "error", "`{name}` may be absent and is used without `has`",
         "write `has {name} and …`, or `if has {name} then … else …`",
         "Not applicable is no unknown: an absent value has no meaning outside its guard."),
    Code("unguarded-slot", "error", "optional slot `{name}` may be unfilled and is used without `filled`",
         "write `if filled {name} then … else …`", "An unfilled optional slot is absent."),
    Code("missing-outcome", "error", "`{name}` has no `is`, `means` or `includes` line", "add the outcome",
         "A definition says what holds."),
    Code("misplaced-line", "error", "a `{line}` line has no meaning in {place}", "remove it", "Each block has its own lines."),
    Code("repeated-line", "error", "a second `{line}` line", "join both into one line", "Each block has one of these."),
    Code("missing-purposes", "error", "the deeming of `{name}` does not say for which purposes",
         "add `for purposes of …`, or `for all purposes`", "A deeming is seen only where its purposes reach."),
    Code("wrong-performance", "error", "a {modality} has a line {wanted}; here there is {found}",
         "say what must be done, achieved, kept or avoided", "Whether a norm is met must be readable from its words."),
    Code("unknown-grade", "error", "`{grade}` is not a grade of evidence", "one of {known}",
         "Every provision carries the grade of evidence on which it stands."),
    Code("empty-interval", "error", "the version ends on {end}, not after its start {start}", "correct one of the two days",
         "A version is in force on at least one day."),
    Code("cannot-combine", "error", "`{name}` does not say how added amounts combine",
         "declare the term `combined by sum` (any, all, earliest, latest)",
         "Adding to a term is legal only if the term says how."),
    Code("not-constant", "error", "the value of a parameter must be a literal", "write the number itself",
         "A parameter is a dated constant of the law."),
    Code("wrong-literal", "error", "`{text}` is not a value of {type}: {reason}", "{hint}", "Literals are exact."),
    Code("unanchored", "error", "`{name}` runs for each {kind} without an anchor",
         "add `anchored at …`: the day whose text governs the instance",
         "Which version of the law governs an instance depends on its anchor."),
    Code("brackets-out-of-order", "error", "the brackets of the rate do not ascend",
         "write them from the lowest limit to the highest, `above` last",
         "Each slice of the amount belongs to one bracket."),
    Code("bare-transition", "error", "the transition `{name}` does not say {missing}",
         "say each of them, with its words: who may go on, with what acts, until when, and what is lifted or deemed",
         "A bare period of grace is no 経過措置: law limits who, what, how long, and what ends or extends it."),
    Code("replacement-unmatched", "error", "nothing in {applied} reads `{old}`", "correct the words that are replaced",
         "A 読替え that replaces nothing is a mistake in the rule or in its address."),
    Code("nothing-applied", "error", "{address} has no provision to apply", "cite a provision that is encoded{near}",
         "準用 makes the provisions it names apply here too."),
    Code("necessary-adjustment", "note", "{address} applies {applied} without stating replacements",
         "state them with `replace … with …`, or have a lawyer read it",
         "準用 without stated 読替え leaves 必要な変更 to the reader: the derived provision is interpretive."),
    Code("split-overlaps", "warning", "cases {one} and {other} of `{name}` can both apply: {example}",
         "narrow one of the two conditions, or make one an exception to the other",
         "Of a 区分に応じ at most one case applies; where two do, their outcomes clash."),
    Code("split-leaves-gap", "warning", "no case of `{name}` applies where {example}",
         "add a case, `otherwise`, or a closing", "Of a 区分に応じ one case should always apply."),
    # ---- law
    Code("other-kind", "error", "this clause is of {kind}, what it {relation} is of {targets}: it would have no effect",
         "write `of …` with the kind of what it is to reach", "A relation works between clauses about the same entity."),
    Code("circular-definition", "error", "`{name}` depends on itself: {cycle}", "break the circle; last year's value is a fact",
         "A term may not depend on itself, not even through another day."),
    Code("circular-relation", "error", "these provisions override or block each other in a circle: {cycle}",
         "say which one gives way", "Which of them applies would depend on where one starts."),
    Code("two-closings", "error", "`{name}` has two closings in force on {day}", "keep one of them; the other is at {other}",
         "What holds when nothing applies must be one thing."),
    Code("no-such-slot", "error", "{address} has no slot `{name}`", "{near}", "A filling names the slot it fills."),
    Code("defeat-without-base", "warning",
         "{over} overrides {target}, which overrides {base}; where {target} has no effect, {over} and {base} can clash",
         "name {base} as well, or write a proviso", "Notwithstanding overrides only what it names."),
    Code("closing", "note", "`{name}` is {value} when nothing applies ({address})", "",
         "Every closing is listed, since it turns silence into an answer."),
    Code("unmarked", "note", "{part} of `{name}` stands on no official words", "add @\"…\" with the short official phrase",
         "Each part of a rule is tied to the words it encodes."),
    Code("mark-not-found", "error", "the words 「{phrase}」 do not stand at {address} in the text of {day}",
         "compare with the loaded text; correct the address or the phrase",
         "A mark ties a rule to its words; words that moved or changed are a finding."),
    Code("mark-unchecked", "note", "the text of {instrument} on {day} is not in the folder", "load it to check its marks",
         "Only loaded texts can be compared."),
    Code("bad-coverage", "error", "the label of `{address}` does not hold: {reason}", "correct the entry in coverage.toml",
         "A unit that is not encoded is known to be so only if its label says so and is true."),
    Code("no-such-day", "error", "`{text}` is no day", "write YYYY-MM-DD, a day that exists", "Dates are of the calendar."),
    Code("unknown-commencement", "error", "no commencement is called `{name}`", "{near}",
         "A start that is not fixed names a declared commencement."),
)  # fmt: skip
