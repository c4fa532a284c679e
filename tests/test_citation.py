"""An address is the same value however it is written: canonical, Japanese, English.

Expected texts follow the drafting conventions (金商法第46条の5第1項ただし書; "FIEA art. 46-5(1), proviso").
"""

import doctest

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kitei_dsl import citation, numerals
from kitei_dsl.citation import OWN_SUPPLEMENT, PARTS, Address, BadAddress, Citation, Kind, Title, Via, parse
from kitei_dsl.citation_print import print_en, print_ja
from kitei_dsl.citation_read import read_any, read_en, read_ja
from kitei_dsl.law_number import law_number_en, law_number_ja

TITLES = {
    "fiea": Title("金商法", "FIEA", ("金融商品取引法", "Financial Instruments and Exchange Act")),
    "psa": Title("資金決済法", "PSA", ("資金決済に関する法律",)),
    "fibo": Title("金商業等府令", "FIBO", ("府令",)),
    "seed": Title("シード報道", "Seed report"),
    "wg": Title("WG報告", "WG report", sections=True),
}

PRINTED = [
    ("fiea/46_5/1/proviso", "金商法第46条の5第1項ただし書", "FIEA art. 46-5(1), proviso"),
    ("fiea/46_5/1/main", "金商法第46条の5第1項本文", "FIEA art. 46-5(1), main clause"),
    ("psa/63_11/2/s2", "資金決済法第63条の11第2項後段", "PSA art. 63-11(2), second sentence"),
    ("psa/63_11/2/s1", "資金決済法第63条の11第2項前段", "PSA art. 63-11(2), first sentence"),
    ("psa/2/15/i4", "資金決済法第2条第15項第4号", "PSA art. 2(15)(iv)"),
    ("psa/2/15/i4_3", "資金決済法第2条第15項第4号の3", "PSA art. 2(15)(iv-3)"),
    ("psa/2/15/lead", "資金決済法第2条第15項柱書", "PSA art. 2(15), chapeau"),
    ("fibo/175/1/i1/イ", "金商業等府令第175条第1項第1号イ", "FIBO art. 175(1)(i)(a)"),
    ("fibo/175/1/i1/ヘ/(2)/(iv)", "金商業等府令第175条第1項第1号ヘ(2)(iv)", "FIBO art. 175(1)(i)(f)(2)(iv)"),
    ("fibo/175/1/i1/リ", "金商業等府令第175条第1項第1号リ", "FIBO art. 175(1)(i)(i)"),
    ("fiea/208/i7", "金商法第208条第7号", "FIEA art. 208(vii)"),
    ("psa/63_2", "資金決済法第63条の2", "PSA art. 63-2"),
    ("psa", "資金決済法", "PSA"),
    ("psa/suppl", "資金決済法附則", "PSA suppl."),
    ("psa/suppl/2/1", "資金決済法附則第2条第1項", "PSA suppl. art. 2(1)"),
    ("psa/suppl/p2", "資金決済法附則第2項", "PSA suppl. para. 2"),
    ("psa/suppl:508AC0000000064/2", "令和8年法律第64号附則第2条", "Act No. 64 of 2026, suppl. art. 2"),
    ("seed/claim3", "シード報道主張3", "Seed report claim 3"),
    ("seed/rec2", "シード報道提言2", "Seed report recommendation 2"),
    ("seed/q", "シード報道q", "Seed report q"),
    ("wg/4_1", "WG報告 4.1節", "WG report sec. 4.1"),
]


@pytest.mark.parametrize(("address", "japanese", "english"), PRINTED)
def test_three_forms_say_the_same(address: str, japanese: str, english: str) -> None:
    """Each form prints as lawyers write it and reads back to the same address."""
    parsed = parse(address)
    within = Address(parsed.instrument)

    assert address == str(parsed)
    assert japanese == print_ja(Citation(parsed), TITLES)
    assert english == print_en(Citation(parsed), TITLES)
    for text in (address, japanese, english):
        assert parsed == read_any(text, TITLES, within)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("fiea/46_5/1/proviso", "法第四十六条の五第一項ただし書"),
        ("fiea/46_5/1/proviso", "同法第46条の5第1項但書"),
        ("fiea/46_5/1/i2_2/イ", "金商法第46条の5第1項第二号の二イ"),
        ("fiea/46_5/1/i2_2/イ", "金融商品取引法第４６条の５第１項第２号の２イ"),
        ("fiea/63_11/2/s2", "第六十三条の十一第二項後段"),
        ("fiea/2/15/lead", "第二条第十五項各号列記以外の部分"),
        ("fiea/46_5", "46条の5"),
        ("fibo/175/1/i1/イ/(1)/(i)", "府令第百七十五条第一項第一号イ（１）（ⅰ）"),
        ("fiea/29/3", "第三項"),
        ("fiea/29/2/i4", "第四号"),
        ("fiea/suppl/p3", "附則第三項"),
        ("fiea/suppl:501AC0000000028/2", "令和元年法律第二十八号附則第二条"),
        ("fiea/suppl:508M60000002050/2", "令和8年内閣府令第50号附則第2条"),
    ],
)
def test_reading_japanese_as_it_is_written(expected: str, text: str) -> None:
    """Kanji, Arabic and full-width digits, defined words and missing titles are read, within fiea/29/2."""
    assert parse(expected) == read_ja(text, TITLES, within=parse("fiea/29/2/i1"))


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("fiea/46_5/1/main", "FIEA Article 46-5, paragraph (1), main clause"),
        ("fiea/2/15/i4/ア", "Financial Instruments and Exchange Act Article 2, paragraph (15), item (iv), (aj)"),
        ("fiea/46_5/1", "the Act art. 46–5(1)"),
        ("fiea/46_5/1", "art. 46-5(1)"),
        ("fiea/29/3", "paragraph (3)"),
        ("fiea/suppl:501AC0000000028/2", "Act No. 28 of 2019 (Reiwa 1), suppl. art. 2"),
    ],
)
def test_reading_english_as_it_is_written(expected: str, text: str) -> None:
    """The short and the long form, other hyphens, and a missing title are read, within fiea/29/2."""
    assert parse(expected) == read_en(text, TITLES, within=parse("fiea/29/2"))


def test_a_defined_word_comes_before_the_instrument_it_stands_in() -> None:
    """An ordinance defines 法 as its Act: the alias wins over `within`."""
    titles = TITLES | {"fiea": Title("金商法", "FIEA", ("法",))}

    assert parse("fiea/46_5") == read_ja("法第46条の5", titles, within=parse("fibo/175"))
    assert parse("fibo/46_5") == read_ja("第46条の5", titles, within=parse("fibo/175"))


def test_known_amending_laws_are_found_by_number() -> None:
    """A members' bill has another e-Gov id under the same kind of number: the known id is taken."""
    known = {"323AC1000000178"}
    text = print_ja(parse("psa/suppl:323AC1000000178/2"), TITLES)

    assert "昭和23年法律第178号附則第2条" == text
    assert parse("psa/suppl:323AC1000000178/2") == read_ja(text, TITLES, Address("psa"), supplements=known)
    assert parse("psa/suppl:323AC0000000178/2") == read_ja(text, TITLES, Address("psa"))


def test_law_numbers_of_other_types_keep_their_id() -> None:
    """Where the name of the ministry or of the type is not known here, the id says which law it is."""
    assert "令和8年府省令第50号(508M60000800050)" == law_number_ja("508M60000800050")
    assert "321CONSTITUTION" == law_number_ja("321CONSTITUTION") == law_number_en("321CONSTITUTION")


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("understood `psa`, but not `63-2`; expected an article", "psa/63-2"),
        ("understood `psa/5/1`, but not `イ`; expected an item", "psa/5/1/イ"),
        ("understood `psa/5/1/i1`, but not `\\(1\\)`; expected a sub-item イ", "psa/5/1/i1/(1)"),
        ("but not `main`; expected the end", "psa/5/1/proviso/main"),
        ("but not `05`", "psa/05"),
        ("does not begin with an instrument", "PSA/5"),
        ("but not `proviso`", "psa/proviso"),
        ("but not `suppl:64`", "psa/suppl:64/2"),
        ("but not `1`; expected the end", "seed/claim3/1"),
        ("but not ``", "psa/"),
    ],
)
def test_bad_addresses_say_where_they_go_wrong(message: str, text: str) -> None:
    """The message names the part understood, the component refused and what could stand there."""
    with pytest.raises(BadAddress, match=message):
        parse(text)


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("does not name one place", "金商法第5条第1項及び第2項"),
        ("understood `金商法第5条第1項`, but not `の及び`", "金商法第5条第1項の及び"),
        ("no known title", "会社法第2条"),
        ("depends on where it stands: add --within", "前条"),
        ("not a kanji number", "金商法第十十条"),
        ("understood `金商法第2条`, but not `イ`", "金商法第2条イ"),
        ("no known title", ""),
    ],
)
def test_bad_japanese_says_what_was_not_understood(message: str, text: str) -> None:
    """Lists where one place is wanted, unknown titles and broken numbers are refused, never half read."""
    with pytest.raises(BadAddress, match=message):
        read_ja(text, TITLES)


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("does not name one place", "FIEA art. 5(1) and (2)"),
        ("understood `FIEA art. 5\\(1\\)`, but not ` et seq.`", "FIEA art. 5(1) et seq."),
        ("not a Roman numeral", "FIEA art. 5(1)(abc)"),
        ("no known title", "Companies Act art. 2"),
        ("no known title", "FIEAX art. 2"),
        ("needs its era", "Act No. 28 of 2019, suppl. art. 2"),
        ("sub-items go", "FIEA art. 5(1)(i)(a)(x)"),
    ],
)
def test_bad_english_says_what_was_not_understood(message: str, text: str) -> None:
    """As in Japanese; and a year that two eras share does not name one law."""
    with pytest.raises(BadAddress, match=message):
        read_en(text, TITLES)


@pytest.mark.parametrize("text", ["銀行法第5条", "施行令第2条", "改正法第2条"])
def test_an_unknown_title_is_not_taken_for_the_instrument_at_hand(text: str) -> None:
    """Within an instrument, a citation that begins with other words is refused as a whole."""
    with pytest.raises(BadAddress, match=f"understood nothing, but not `{text}`"):
        read_ja(text, TITLES, within=parse("fiea/29"))


def test_a_name_of_two_instruments_is_refused() -> None:
    """A name that two instruments share names neither."""
    titles = {"a": Title("甲", "A", ("法",)), "b": Title("乙", "B", ("法",))}

    with pytest.raises(BadAddress, match=r"names a .* and b "):
        read_ja("法第2条", titles)


def test_single_paragraph_articles_print_without_their_paragraph() -> None:
    """第1項 is not printed where the law leaves the only paragraph unnumbered."""
    single = frozenset({parse("fiea/208")})

    assert "金商法第208条第7号" == print_ja(parse("fiea/208/1/i7"), TITLES, single)
    assert "FIEA art. 208(vii)" == print_en(parse("fiea/208/1/i7"), TITLES, single)
    assert "金商法第29条第1項" == print_ja(parse("fiea/29/1"), TITLES, single)


@pytest.mark.parametrize(
    ("kind", "japanese", "english"),
    [
        ("準用", "資金決済法第1条において準用する金商法第2条第3項", "FIEA art. 2(3) as applied by PSA art. 1"),
        (
            "読替え",
            "資金決済法第1条の規定により読み替えて適用する金商法第2条第3項",
            "FIEA art. 2(3) as modified and applied by PSA art. 1",
        ),
        (
            "従前の例",
            "資金決済法第1条の規定によりなお従前の例によることとされる場合における金商法第2条第3項",
            "FIEA art. 2(3) as governed by the former rules under PSA art. 1",
        ),
    ],
)
def test_via_says_by_force_of_what_a_provision_applies(kind: Kind, japanese: str, english: str) -> None:
    """A citation names the provision that brings another in, and how."""
    cited = Citation(parse("fiea/2/3"), (Via(kind, parse("psa/1")),))

    assert japanese == print_ja(cited, TITLES)
    assert english == print_en(cited, TITLES)


def test_chains_of_via_print_the_outermost_first_in_japanese() -> None:
    """The nearest provision stands next to the cited one in both languages."""
    cited = Citation(parse("fiea/2"), (Via("準用", parse("psa/1")), Via("準用", parse("fibo/3"))))

    assert "金商業等府令第3条において準用する資金決済法第1条において準用する金商法第2条" == print_ja(cited, TITLES)
    assert "FIEA art. 2 as applied by PSA art. 1 as applied by FIBO art. 3" == print_en(cited, TITLES)


@pytest.mark.parametrize(
    ("upper", "lower", "expected"),
    [
        ("psa", "psa/suppl:508AC0000000064/2", True),
        ("psa", "fiea", False),
        ("psa/5", "psa/5/1/main", True),
        ("psa/5", "psa/5_2", False),
        ("psa/5/1", "psa/5/10", False),
        ("psa/5/1/main", "psa/5/1", False),
        ("psa/5/1/main", "psa/5/1/proviso", False),
        ("psa/5/1/main", "psa/5/1/i1", False),
        ("psa/5/main", "psa/5/1/main", True),
        ("psa/5/main", "psa/5/2/main", True),
        ("psa/5/1/main", "psa/5/main", True),
        ("psa/5/2/main", "psa/5/main", False),
        ("psa/5/1", "psa/5", False),
        ("fiea/208/1/i7", "fiea/208/i7", True),
        ("psa/5/1/i4", "psa/5/1/i4_2", False),
        ("psa/5/1/i4", "psa/5/1/i4/イ/(1)", True),
        ("psa/5/1/i4/イ", "psa/5/1/i4/ロ", False),
        ("psa/2", "psa/suppl/2", False),
        ("psa/suppl", "psa/suppl/2", True),
        ("psa/p1", "psa/1/1", False),
        ("seed/claim3", "seed/claim4", False),
    ],
)
def test_covers_is_being_at_or_below(upper: str, lower: str, expected: bool) -> None:
    """An address covers itself and what stands below it, and nothing beside it."""
    assert expected == parse(upper).covers(parse(lower))


def test_statutory_order() -> None:
    """Branch articles follow their stem, parts precede items, supplements follow the main provisions."""
    ordered = [
        "fiea/5",
        "psa",
        "psa/2",
        "psa/2/1",
        "psa/2/1/lead",
        "psa/2/1/proviso",
        "psa/2/1/i1",
        "psa/2/1/i1/イ",
        "psa/2/1/i1/ロ",
        "psa/2/1/i1/ハ",
        "psa/2/1/i1_2",
        "psa/2/1/i2",
        "psa/2/10",
        "psa/2_2",
        "psa/10",
        "psa/suppl/1",
        "psa/suppl:421AC0000000059/1",
        "psa/suppl:508AC0000000064/1",
    ]

    assert ordered == [str(a) for a in sorted(map(parse, reversed(ordered)), key=Address.sort_key)]


# --- Laws.

NUMBERS = st.integers(1, 3999)
BRANCHED = st.lists(NUMBERS, min_size=1, max_size=3).map(tuple)
SUBITEMS = st.tuples(
    st.sampled_from(numerals.IROHA),
    NUMBERS.map(lambda n: f"({n})"),
    NUMBERS.map(lambda n: f"({numerals.int_to_roman(n)})"),
)
LAW_IDS = st.builds(
    lambda year, kind, number: f"{year}{kind}{number:03}",
    st.sampled_from(["145", "201", "215", "301", "323", "364", "401", "421", "431", "501", "508"]),
    st.sampled_from(["AC0000000", "CO0000000", "M60000002", "M60000800"]),
    st.integers(1, 999),
)
# Built once: to build a strategy takes longer than to draw from it.
INSTRUMENTS = st.sampled_from(sorted(TITLES))
ONE_IN_TEN = st.integers(0, 9)
UNIT_WORDS = st.one_of(st.sampled_from(["claim", "rec"]), st.from_regex("[a-z]{1,8}", fullmatch=True))
UNIT_NUMBERS = st.lists(NUMBERS, max_size=2).map(tuple)
SUPPLEMENTS = st.one_of(st.none(), st.just(OWN_SUPPLEMENT), LAW_IDS)
MAYBE_BRANCHED = st.none() | BRANCHED
MAYBE_NUMBER = st.none() | NUMBERS
DEPTHS = st.integers(0, 3)
MAYBE_PART = st.none() | st.sampled_from(list(PARTS.values()))


@st.composite
def addresses(draw: st.DrawFn) -> Address:
    """Draw any address of the grammar, in an instrument that has titles."""
    instrument = draw(INSTRUMENTS)
    if draw(ONE_IN_TEN) == 0:
        word = draw(UNIT_WORDS)
        assume(word not in citation.RESERVED_UNITS)
        return Address(instrument, unit=(word, draw(UNIT_NUMBERS)))
    supplement = draw(SUPPLEMENTS)
    article = draw(MAYBE_BRANCHED)
    paragraph = draw(MAYBE_NUMBER)
    if article is None and paragraph is None:
        return Address(instrument, supplement)
    item = draw(MAYBE_BRANCHED)
    subitems = draw(SUBITEMS)[: draw(DEPTHS)] if item else ()
    part = draw(MAYBE_PART)
    return Address(instrument, supplement, article, paragraph, item, subitems, part)


@given(addresses())
def test_every_form_reads_back(address: Address) -> None:
    """Reading what was printed gives the same address, in all three forms."""
    within = Address(address.instrument)

    assert address == parse(str(address))
    assert address == read_ja(print_ja(address, TITLES), TITLES, within)
    assert address == read_en(print_en(address, TITLES), TITLES, within)
    assert address == read_any(print_ja(address, TITLES), TITLES, within)
    assert address == read_any(print_en(address, TITLES), TITLES, within)


@given(addresses())
def test_parents_cover_and_precede(address: Address) -> None:
    """Every place covers itself; its parent covers it, comes before it, and ends at the whole instrument."""
    parent = address.parent()

    assert address.covers(address)
    if parent is None:
        assert address == Address(address.instrument)
    else:
        assert parent.covers(address)
        assert not address.covers(parent)
        assert str(address).startswith(str(parent))
        assert [parent, address] == sorted([address, parent], key=Address.sort_key)


@given(addresses(), addresses())
def test_sort_keys_are_comparable_and_distinct(first: Address, second: Address) -> None:
    """Any two addresses have an order, and share a key only if they are equal."""
    assert (first == second) == (first.sort_key() == second.sort_key())
    sorted([first, second], key=Address.sort_key)


@given(st.text(alphabet="psafie/_0123456789i第条項号のイ一十法()., art", max_size=24))
def test_readers_refuse_with_bad_address_only(text: str) -> None:
    """Whatever the text, a reader gives an address or `BadAddress`."""
    within = parse("fiea/29/2")
    for read in (read_any, read_ja, read_en):
        try:
            assert isinstance(read(text, TITLES, within), Address)
        except BadAddress as refused:
            assert str(refused)


@given(st.integers(0, 10**16 - 1))
def test_kanji_numbers_read_back(number: int) -> None:
    """Every kanji number reads back."""
    assert number == numerals.kanji_to_int(numerals.int_to_kanji(number))


@given(NUMBERS)
def test_roman_numerals_and_letters_read_back(number: int) -> None:
    """Every Roman numeral and every letter count reads back."""
    assert number == numerals.roman_to_int(numerals.int_to_roman(number))
    assert number == numerals.letters_to_int(numerals.int_to_letters(number))


def test_iroha_has_each_place_once() -> None:
    """イロハ numbers its places from 1, without a gap."""
    assert list(range(1, 49)) == [numerals.iroha_index(numerals.iroha(n)) for n in range(1, 49)]


@pytest.mark.parametrize("text", ["", "十十", "百千", "一二十", "万", "二百〇", "46"])
def test_broken_kanji_numbers_are_refused(text: str) -> None:
    """Units out of order, missing digits and other characters are no kanji number."""
    with pytest.raises(ValueError, match="not a kanji number"):
        numerals.kanji_to_int(text)


@pytest.mark.parametrize("text", ["", "iiii", "vx", "ic", "a"])
def test_broken_roman_numerals_are_refused(text: str) -> None:
    """Only the usual spelling is a Roman numeral."""
    with pytest.raises(ValueError, match="not a Roman numeral"):
        numerals.roman_to_int(text)


def test_numbers_out_of_range_are_refused() -> None:
    """Each numeral says where it ends."""
    for write, number in (
        (numerals.int_to_kanji, 10**16),
        (numerals.int_to_kanji, -1),
        (numerals.int_to_roman, 4000),
        (numerals.iroha, 49),
        (numerals.int_to_letters, 0),
    ):
        with pytest.raises(ValueError, match=str(number)):
            write(number)


def test_examples_in_the_docstrings_hold() -> None:
    """The examples in the modules run."""
    assert 0 == doctest.testmod(citation).failed + doctest.testmod(numerals).failed


def test_a_unit_with_a_name_of_hundreds_of_letters_is_no_address() -> None:
    """What is read can be written and read again, so its name is short enough to be written."""
    titles = {"wg": Title("WG報告", "WG report")}
    assert "wg/rec2" == str(read_any("WG report rec 2", titles))
    with pytest.raises(BadAddress):
        read_any("WG report " + "rec" * 150 + " 2", titles)
