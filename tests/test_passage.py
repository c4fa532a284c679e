"""Citations with lists, ranges and words that point are read as drafting uses them, in both languages.

The wordings are met in the Payment Services Act, the Instruments Act and their ordinances; what each names is worked out
by hand from the place it stands in.
"""

import doctest
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kitei_dsl import citation_read, numerals, passage, passage_print
from kitei_dsl.citation import Address, BadAddress, Kind, Title, Via, parse
from kitei_dsl.citation_print import PARTS_JA, print_en, print_ja
from kitei_dsl.citation_read import read_passage, read_passage_en, read_passage_ja
from kitei_dsl.frozen import replace
from kitei_dsl.passage import AmbiguousCitation, Conjunction, Known, Passage, Reach, UnreadCitation, units_of
from kitei_dsl.passage_print import passage_en, passage_id, passage_ja, read_ids
from test_citation import TITLES, addresses

PSA_UNITS = [
    parse(f"psa/{unit}")
    for unit in [
        "63_9/1",
        "63_9_2/1",
        "63_9_3/1",
        "63_9_3/1/i1",
        "63_9_3/1/i2",
        "63_10/1",
        "63_10/2",
        "63_11/1",
        "63_11/2",
        "63_11/3",
        "63_11_2/1",
        "63_12/1",
        "63_12/1/i1",
        "63_12/1/i1_2",
        "63_12/1/i2",
        "63_12/1/i3",
        "63_12/2",
    ]
]
KNOWN = Known(
    TITLES | {"fibo": Title("金商業等府令", "FIBO"), "cao": Title("暗号資産交換業者府令", "CAO")},
    {"fiea": "323AC0000000025", "psa": "421AC0000000059", "cao": "429M60000002007"},
    {"cao": {"法": ("psa",)}, "psa": {"府令": ("cao",)}, "fiea": {"府令": ("cao", "fibo")}},
)
TEXTS = replace(KNOWN, units={"psa": PSA_UNITS})

#: (what is written, the place it stands in or "", what it names)
JAPANESE = [
    # lists and ranges
    ("金商法第三条から第五条まで", "", "fiea/3..fiea/5"),
    ("金商法第3条～第5条", "", "fiea/3..fiea/5"),
    ("金融商品取引法第六十六条の七から第六十六条の十五まで", "", "fiea/66_7..fiea/66_15"),
    ("第一項、第三項及び第五項", "psa/63_11/2", "psa/63_11/1, psa/63_11/3, psa/63_11/5"),
    ("第一号から第三号まで", "psa/63_5/1/i9", "psa/63_5/1/i1..psa/63_5/1/i3"),
    ("第二条第十五項第三号又は第四号", "psa/1", "psa/2/15/i3, psa/2/15/i4"),
    ("第二条第十五項各号", "psa/1", "psa/2/15/i*"),
    ("第六十三条の三第一項第十一号", "psa/63_4", "psa/63_3/1/i11"),
    ("第百四十七条第一項又は第百四十八条第一項", "fiea/1", "fiea/147/1, fiea/148/1"),
    ("第三十条第一項及び第六十三条第二項", "fiea/29", "fiea/30/1, fiea/63/2"),
    ("第五条第一項第一号から第四号まで", "fiea/7", "fiea/5/1/i1..fiea/5/1/i4"),
    ("第九十八条の二第一項第一号イ又はニ", "fiea/7", "fiea/98_2/1/i1/イ, fiea/98_2/1/i1/ニ"),
    ("第十六条の四第一項第一号イからハまで", "fiea/7", "fiea/16_4/1/i1/イ..fiea/16_4/1/i1/ハ"),
    ("第二十九条の四第一項第二号イ又はハからリまで", "fiea/7", "fiea/29_4/1/i2/イ, fiea/29_4/1/i2/ハ..fiea/29_4/1/i2/リ"),
    ("第二条第二十一項第四号又は第二十二項第五号", "fiea/7", "fiea/2/21/i4, fiea/2/22/i5"),
    ("第二百五十二条、第二百五十三条及び第二百九十二条", "fiea/7", "fiea/252, fiea/253, fiea/292"),
    ("第六号、第九号及び第十号", "psa/63_5/1/i1", "psa/63_5/1/i6, psa/63_5/1/i9, psa/63_5/1/i10"),
    ("第二条第二十八項から第三十二項まで", "fiea/7", "fiea/2/28..fiea/2/32"),
    ("第七条第一項、第九条第一項又は第十条第一項", "fiea/5", "fiea/7/1, fiea/9/1, fiea/10/1"),
    ("第五十二条の六十六及び第五十二条の八十三第三項", "fiea/5", "fiea/52_66, fiea/52_83/3"),
    ("第八十二条から前条まで", "psa/90/1", "psa/82..psa/89"),
    ("第二項から前項まで", "psa/63_11/5", "psa/63_11/2..psa/63_11/4"),
    ("前三条", "psa/63/1", "psa/60..psa/62"),
    ("第三条、第四条第二項並びに第六条の二第一項及び第三項", "fiea/9", "fiea/3, fiea/4/2, fiea/6_2/1, fiea/6_2/3"),
    ("第一項本文及び第二項ただし書", "fiea/46_5/3", "fiea/46_5/1/main, fiea/46_5/2/proviso"),
    ("金商法第二条及び資金決済法第三条", "", "fiea/2, psa/3"),
    ("第六十三条の三第一項第七号若しくは第八号", "psa/63_6", "psa/63_3/1/i7, psa/63_3/1/i8"),
    ("附則第二条及び第三条", "psa/1", "psa/suppl/2, psa/suppl/3"),
    ("第五号ロ若しくはハ又は第六号イ", "fiea/66_53/1/i1", "fiea/66_53/1/i5/ロ, fiea/66_53/1/i5/ハ, fiea/66_53/1/i6/イ"),
    ("第三十五条から第三十六条の四まで、第三十七条の二", "fiea/7", "fiea/35..fiea/36_4, fiea/37_2"),
    # words that point from here
    ("前条", "psa/63_11_2/1", "psa/63_11"),
    ("前条第一項", "psa/64/1", "psa/63/1"),
    ("次条", "psa/63/1", "psa/64"),
    ("次条第二項第一号", "psa/63/1", "psa/64/2/i1"),
    ("前項", "psa/63_11/2", "psa/63_11/1"),
    ("前項の", "", None),
    ("次項", "psa/63_11/2", "psa/63_11/3"),
    ("次項各号", "psa/63_11/2", "psa/63_11/3/i*"),
    ("前二項", "psa/63_11/3", "psa/63_11/1, psa/63_11/2"),
    ("前三項", "psa/63_14/4", "psa/63_14/1..psa/63_14/3"),
    ("前各項", "psa/63_14/4", "psa/63_14/1..psa/63_14/3"),
    ("前各項", "psa/63_14/3", "psa/63_14/1, psa/63_14/2"),
    ("前項第一号イ", "psa/63_5/2", "psa/63_5/1/i1/イ"),
    ("前項ただし書", "fiea/46_5/2", "fiea/46_5/1/proviso"),
    ("前項本文", "fiea/46_5/2", "fiea/46_5/1/main"),
    ("前項前段", "psa/63_11/3", "psa/63_11/2/s1"),
    ("前号", "psa/63_5/1/i4", "psa/63_5/1/i3"),
    ("前号に", "psa/63_5/1/i4", None),
    ("前号イ", "psa/63_5/1/i4", "psa/63_5/1/i3/イ"),
    ("次号", "psa/63_5/1/i4", "psa/63_5/1/i5"),
    ("前二号", "psa/63_5/1/i4", "psa/63_5/1/i2, psa/63_5/1/i3"),
    ("前三号", "psa/63_5/1/i4", "psa/63_5/1/i1..psa/63_5/1/i3"),
    ("前各号", "psa/63_5/1/i4", "psa/63_5/1/i1..psa/63_5/1/i3"),
    ("第一号及び前号", "psa/63_5/1/i4", "psa/63_5/1/i1, psa/63_5/1/i3"),
    ("次の各号", "psa/63_5/1", "psa/63_5/1/i*"),
    ("各号", "psa/63_5/2", "psa/63_5/2/i*"),
    ("各項", "psa/63_5/2", "psa/63_5/*"),
    ("前項各号", "psa/63_5/2", "psa/63_5/1/i*"),
    ("この条", "psa/63_5/2", "psa/63_5"),
    ("この項", "psa/63_5/2/i1", "psa/63_5/2"),
    ("この号", "psa/63_5/2/i1/イ", "psa/63_5/2/i1"),
    ("本条第二項", "psa/63_5/1", "psa/63_5/2"),
    ("この条及び次条", "psa/63_11/1", "psa/63_11, psa/63_12"),
    ("この項及び次項", "psa/63_11/1", "psa/63_11/1, psa/63_11/2"),
    ("次項及び第五項", "psa/63_11/1", "psa/63_11/2, psa/63_11/5"),
    ("この法律", "psa/63_11/1", "psa"),
    ("この法律第二条", "psa/63_11/1", "psa/2"),
    ("この府令", "cao/27", "cao"),
    ("本文", "psa/5/2/proviso", "psa/5/2/main"),
    ("ただし書", "psa/5/2", "psa/5/2/proviso"),
    ("但書", "psa/5/2/main", "psa/5/2/proviso"),
    ("前段", "psa/63_11/2/s2", "psa/63_11/2/s1"),
    ("後段", "psa/63_11/2/s1", "psa/63_11/2/s2"),
    ("各号列記以外の部分", "psa/2/15", "psa/2/15/lead"),
    ("第一項各号列記以外の部分", "psa/2/15", "psa/2/1/lead"),
    ("柱書", "psa/2/15/i3", "psa/2/15/i3/lead"),
    ("同条第二項", "psa/63_11/1", "psa/63_11/2"),
    ("同項", "psa/63_11/2/s2", "psa/63_11/2"),
    ("同項第二号", "psa/63_11/2", "psa/63_11/2/i2"),
    ("同号イ", "psa/63_5/1/i2", "psa/63_5/1/i2/イ"),
    ("同法", "fiea/29", "fiea"),
    ("同法第二条", "fiea/29", "fiea/2"),
    ("金商法第二条第八項第一号及び同条第九項", "psa/2", "fiea/2/8/i1, fiea/2/9"),
    ("金商法第二条第八項及び同法第二十九条", "psa/2", "fiea/2/8, fiea/29"),
    ("金商法第二条第八項第三号及び同項第五号", "psa/2", "fiea/2/8/i3, fiea/2/8/i5"),
    # 附則, 別表, law numbers
    ("附則", "psa/63", "psa/suppl"),
    ("附則第三項", "psa/63", "psa/suppl/p3"),
    ("附則第二条第一項", "psa/suppl/5", "psa/suppl/2/1"),
    ("附則第三条", "psa/suppl:507AC0000000066/2", "psa/suppl:507AC0000000066/3"),
    ("前条", "psa/suppl/3", "psa/suppl/2"),
    ("令和7年法律第66号附則第2条第2項", "psa/63", "psa/suppl:507AC0000000066/2/2"),
    ("令和七年法律第六十六号附則第二条第二項", "psa/63", "psa/suppl:507AC0000000066/2/2"),
    ("資金決済法附則（令和七年六月一三日法律第六六号）第二条", "", "psa/suppl:507AC0000000066/2"),
    ("平成21年法律第59号第63条の11", "", "psa/63_11"),
    ("421AC0000000059第63条の11", "", "psa/63_11"),
    ("平成十七年法律第八十六号第二条", "", "egov-417ac0000000086/2"),
    ("会社法（平成十七年法律第八十六号）第二条第一号", "", "egov-417ac0000000086/2/i1"),
    ("資金決済に関する法律（平成二十一年法律第五十九号）第二条第五項", "", "psa/2/5"),
    ("別表第一", "fiea/29", "fiea/table1"),
    ("金商法別表", "", "fiea/table"),
    ("別表第一の二", "psa/2", "psa/table1_2"),
    ("別紙様式第三号", "cao/6", "cao/form3"),
    # ordinances and their Acts
    ("法第六十三条の十一第二項後段", "cao/27", "psa/63_11/2/s2"),
    ("法第2条第15項各号", "cao/27", "psa/2/15/i*"),
    ("府令第二十七条第一項", "psa/63_11", "cao/27/1"),
    ("第二十九条", "cao/27", "cao/29"),
    # spellings
    ("金商法第四十六条の五の二第三項", "", "fiea/46_5_2/3"),
    ("金商法46条の5", "", "fiea/46_5"),
    ("金商法46条の5の2第1項2号", "", "fiea/46_5_2/1/i2"),
    ("金商法第４６条の５第１項第２号の３", "", "fiea/46_5/1/i2_3"),
    ("金商法第二条第八項第三号ロ（２）（ⅳ）", "", "fiea/2/8/i3/ロ/(2)/(iv)"),
    ("金商法 第 46 条の 5 第 1 項 ただし書き", "", "fiea/46_5/1/proviso"),
    ("金商法第二条第一項または第二項", "", "fiea/2/1, fiea/2/2"),
    ("金商法第二条第一項・第三項", "", "fiea/2/1, fiea/2/3"),
    ("旧金商法第二十九条", "", "fiea/29"),
    ("金商法第二十九条の規定", "", "fiea/29"),
    ("改正後の資金決済法第二条", "", "psa/2"),
    # by force of
    ("金商法第六十六条の十五において準用する第三十九条第三項", "fiea/1", "fiea/39/3 via fiea/66_15"),
    ("資金決済法第六十三条の二十二の十五第二項において準用する同法第六十三条の九の三第一号", "",
     "psa/63_9_3/i1 via psa/63_22_15/2"),
    ("第二十七条において準用する第五条第一項及び第二項", "fiea/1",
     "fiea/5/1 via fiea/27, fiea/5/2 via fiea/27"),
    ("第五条第一項（第二十七条において準用する場合を含む。）", "fiea/1", "fiea/5/1, fiea/5/1 via fiea/27"),
    ("第五条第一項（第二十七条において準用する場合に限る。）", "fiea/1", "fiea/5/1 via fiea/27"),
    ("第五条第一項及び第六条（これらの規定を第二十七条において準用する場合を含む。）", "fiea/1",
     "fiea/5/1, fiea/5/1 via fiea/27, fiea/6, fiea/6 via fiea/27"),
    ("第六十条の規定により読み替えて適用する第三十六条第二項", "fiea/1", "fiea/36/2 via 読替え:fiea/60"),
    ("附則第五条の規定によりなお従前の例によることとされる場合における第二十九条", "fiea/1",
     "fiea/29 via 従前の例:fiea/suppl/5"),
    ("附則第六条の規定によりなおその効力を有するものとされる金商法第三十条", "fiea/1",
     "fiea/30 via 効力を有する:fiea/suppl/6"),
    ("資金決済法第3条において準用する金商法第66条において準用する同法第5条", "",
     "fiea/5 via fiea/66 via psa/3"),
]  # fmt: skip
ENGLISH = [
    ("FIEA arts. 3 to 5", "", "fiea/3..fiea/5"),
    ("FIEA articles 3 through 5", "", "fiea/3..fiea/5"),
    ("Articles 3 and 5 of the FIEA", "", "fiea/3, fiea/5"),
    ("FIEA arts. 3, 5-2 and 7", "", "fiea/3, fiea/5_2, fiea/7"),
    ("paras (1), (3)", "psa/63_11/2", "psa/63_11/1, psa/63_11/3"),
    ("paragraphs (1) to (3)", "psa/63_11/2", "psa/63_11/1..psa/63_11/3"),
    ("paragraphs 1 and 3", "psa/63_11/2", "psa/63_11/1, psa/63_11/3"),
    ("items (i) to (iii)", "psa/63_5/1", "psa/63_5/1/i1..psa/63_5/1/i3"),
    ("item (iv)", "psa/63_5/1", "psa/63_5/1/i4"),
    ("sub-item (a)", "psa/63_5/1/i4", "psa/63_5/1/i4/イ"),
    ("FIEA art. 46-5(1)", "", "fiea/46_5/1"),
    ("FIEA Article 46-5, paragraph (1), main clause", "", "fiea/46_5/1/main"),
    ("Article 46-5, paragraph (1) of the Financial Instruments and Exchange Act", "", "fiea/46_5/1"),
    ("the main clause of Article 46-5, paragraph (1) of FIEA", "", "fiea/46_5/1/main"),
    ("the proviso to Article 46-5, paragraph (1) of FIEA", "", "fiea/46_5/1/proviso"),
    ("proviso to paragraph (2)", "fiea/46_5/1", "fiea/46_5/2/proviso"),
    ("the first sentence of paragraph (2)", "psa/63_11/1", "psa/63_11/2/s1"),
    ("paragraphs (1) and (3) of Article 63-11 of the PSA", "", "psa/63_11/1, psa/63_11/3"),
    ("item (i) of paragraph (2) of Article 5", "psa/1", "psa/5/2/i1"),
    ("paragraph (1) of Article 5 and Article 6", "psa/1", "psa/5/1, psa/6"),
    ("FIEA art. 5(1) and (3)", "", "fiea/5/1, fiea/5/3"),
    ("FIEA art. 5(1) or art. 6(2)", "", "fiea/5/1, fiea/6/2"),
    ("FIEA arts. 5(1) and 6(2)", "", "fiea/5/1, fiea/6/2"),
    ("FIEA art. 2(8)(i), (iii) and (v)", "", "fiea/2/8/i1, fiea/2/8/i3, fiea/2/8/i5"),
    ("FIEA Article 2, paragraph (15), item (iv), (aj)", "", "fiea/2/15/i4/ア"),
    ("FIEA art. 29-4(1)(ii)(a) and (c)", "", "fiea/29_4/1/i2/イ, fiea/29_4/1/i2/ハ"),
    ("the preceding paragraph", "psa/63_11/2", "psa/63_11/1"),
    ("the preceding Article", "psa/63_11_2/1", "psa/63_11"),
    ("the following Article", "psa/63/1", "psa/64"),
    ("the next paragraph", "psa/63_11/2", "psa/63_11/3"),
    ("the preceding two paragraphs", "psa/63_11/3", "psa/63_11/1, psa/63_11/2"),
    ("the preceding three Articles", "psa/63/1", "psa/60..psa/62"),
    ("the preceding paragraph, item (i)", "psa/63_5/2", "psa/63_5/1/i1"),
    ("item (i) of the preceding paragraph", "psa/63_5/2", "psa/63_5/1/i1"),
    ("the same article", "fiea/29/1", "fiea/29"),
    ("the same Article, paragraph (2)", "fiea/29/1", "fiea/29/2"),
    ("the same paragraph", "fiea/29/1/i1", "fiea/29/1"),
    ("FIEA art. 2(8) and the same Article, paragraph (9)", "", "fiea/2/8, fiea/2/9"),
    ("this Article", "fiea/29/1", "fiea/29"),
    ("this Act", "fiea/29/1", "fiea"),
    ("the same Act, art. 5", "fiea/29/1", "fiea/5"),
    ("the Act art. 63-11(2)", "cao/27", "psa/63_11/2"),
    ("all of the preceding items", "psa/63_5/1/i4", "psa/63_5/1/i1..psa/63_5/1/i3"),
    ("FIEA art. 5(1), each item", "", "fiea/5/1/i*"),
    ("each item of Article 5, paragraph (1) of FIEA", "", "fiea/5/1/i*"),
    ("the items of the preceding paragraph", "psa/63_5/2", "psa/63_5/1/i*"),
    ("proviso", "fiea/46_5/1", "fiea/46_5/1/proviso"),
    ("first sentence", "psa/63_11/2", "psa/63_11/2/s1"),
    ("PSA suppl. art. 2(1)", "", "psa/suppl/2/1"),
    ("Article 2 of the Supplementary Provisions", "psa/63", "psa/suppl/2"),
    ("Act No. 66 of 2025, suppl. art. 2(2)", "psa/63", "psa/suppl:507AC0000000066/2/2"),
    ("Act No. 59 of 2009 art. 63-11", "", "psa/63_11"),
    ("Act No. 86 of 2005 art. 2(i)", "", "egov-417ac0000000086/2/i1"),
    ("FIEA Appended Table 1", "", "fiea/table1"),
    ("CAO Form 3", "", "cao/form3"),
    ("FIEA art. 39(3) as applied by FIEA art. 66-15", "", "fiea/39/3 via fiea/66_15"),
    ("FIEA Article 5 as applied mutatis mutandis pursuant to Article 27 of FIEA", "", "fiea/5 via fiea/27"),
    ("FIEA art. 5(1), including as applied mutatis mutandis by FIEA art. 27", "",
     "fiea/5/1, fiea/5/1 via fiea/27"),
    ("FIEA art. 36(2) as modified and applied by FIEA art. 60", "", "fiea/36/2 via 読替え:fiea/60"),
    ("fiea art. 3", "", "fiea/3"),
    ("psa/63_14..psa/63_16, fiea/46_5", "", "psa/63_14..psa/63_16, fiea/46_5"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "here", "named"), [*JAPANESE, *ENGLISH])
def test_what_is_written_names_what_it_should(text: str, here: str, named: str | None) -> None:
    """Each wording, where it stands, names the places worked out by hand; None stands for a text that is refused."""
    within = parse(here) if here else None

    if named is None:
        with pytest.raises(UnreadCitation):
            read_passage(text, KNOWN, within)
    else:
        assert named == passage_id(read_passage(text, KNOWN, within))


@pytest.mark.parametrize(("text", "here", "named"), [row for row in (*JAPANESE, *ENGLISH) if row[2]])
def test_what_is_printed_names_the_same(text: str, here: str, named: str) -> None:
    """The canonical Japanese and English of each wording read back to the same places."""
    some = read_passage(text, KNOWN, parse(here) if here else None)
    within = Address(some.reaches[0].first.instrument)

    for printed in (passage_ja(some, KNOWN.titles), passage_en(some, KNOWN.titles)):
        assert named == passage_id(read_passage(printed, KNOWN, within)), printed


@pytest.mark.parametrize(
    ("named", "japanese", "english"),
    [
        ("fiea/2/1, fiea/2/3, fiea/2/5", "金商法第2条第1項、第3項及び第5項", "FIEA art. 2(1), (3) and (5)"),
        ("fiea/3..fiea/5", "金商法第3条から第5条まで", "FIEA arts. 3 to 5"),
        ("fiea/5/1/i1..fiea/5/1/i3", "金商法第5条第1項第1号から第3号まで", "FIEA art. 5(1)(i) to (iii)"),
        ("fiea/3, fiea/5_2", "金商法第3条及び第5条の2", "FIEA arts. 3 and 5-2"),
        ("fiea/3/1, fiea/5", "金商法第3条第1項及び第5条", "FIEA art. 3(1) and art. 5"),
        ("fiea/5/1, fiea/5", "金商法第5条第1項及び第5条", "FIEA art. 5(1) and art. 5"),
        ("psa/63_5/1/i*", "資金決済法第63条の5第1項各号", "PSA art. 63-5(1), each item"),
        ("fiea/46_5/1/main, fiea/46_5/1/proviso", "金商法第46条の5第1項本文及びただし書",
         "FIEA art. 46-5(1), main clause and proviso"),
        ("fiea/2, fiea/2/3", "金商法第2条及び第2条第3項", "FIEA art. 2 and art. 2(3)"),
        ("fiea/2, psa/3", "金商法第2条及び資金決済法第3条", "FIEA art. 2 and PSA art. 3"),
        ("fiea/5, fiea/5 via fiea/27", "金商法第5条；金商法第27条において準用する金商法第5条",
         "FIEA art. 5; FIEA art. 5 as applied by FIEA art. 27"),
        ("psa/table1_2", "資金決済法別表第1の2", "PSA Appended Table 1-2"),
        ("cao/form3", "暗号資産交換業者府令様式第3号", "CAO Form 3"),
        ("egov-417ac0000000086/2", "平成17年法律第86号第2条", "Act No. 86 of 2005 art. 2"),
    ],
)  # fmt: skip
def test_lists_and_ranges_print_as_lawyers_write_them(named: str, japanese: str, english: str) -> None:
    """What the member before says is not said again, where the reader gives it back."""
    some = Passage(read_ids(named))

    assert japanese == passage_ja(some, KNOWN.titles)
    assert english == passage_en(some, KNOWN.titles)
    assert named == passage_id(some)


def test_or_stays_or() -> None:
    """及び and 又は are not the same word of law: the last one is kept."""
    some = read_passage_ja("金商法第二条又は第三条", KNOWN)

    assert ("金商法第2条又は第3条", "FIEA arts. 2 or 3") == (passage_ja(some, TITLES), passage_en(some, TITLES))


# --- Where it stands, and what was cited before.


@pytest.mark.parametrize(
    "text", ["前条", "同項", "第三項", "法第二条", "府令第二条", "the preceding paragraph", "(3)", "別表第一"]
)
def test_words_that_point_need_a_place(text: str) -> None:
    """Without a place nothing is guessed: the message says to give --within, in both languages."""
    with pytest.raises(UnreadCitation, match="--within") as raised:
        read_passage(text, KNOWN)

    assert "--within" in raised.value.ja


@pytest.mark.parametrize(
    ("text", "here", "told"),
    [
        ("前項", "psa/63_11/1", "no paragraph 1 before"),
        ("前条", "wg/4_1", "no article 1 before"),
        ("前号", "psa/63_11/1", "does not say in which item"),
        ("前条", "psa", "does not say in which article"),
        ("同項", "psa/63_11", "nothing to go back to"),
        ("第五条前項", "psa/63_11/2", "understood `第五条`, but not `前項`"),
        ("金商法第五条から第三条まで", "psa/1", "does not run forward"),
        ("金商法第二条から資金決済法第三条まで", "psa/1", "does not run forward"),
        ("令第三条", "psa/63_11", "is not collected"),
        ("資金決済法施行令第三条", "psa/1", "but not `施行令第三条`"),
        ("資金決済に関する法律（平成二十一年法律第六十号）第二条", "psa/1", "is not the law number of"),
        ("前二項第一号", "psa/63_11/3", "below several places"),
        ("第三条から第五条までにおいて準用する第七条", "psa/1", "is one place"),
        ("第九九九九九条", "psa/1", "outside 1 to 9999"),
        ("第六条の一定の", "psa/1", "understood `第六条`, but not `の一定の`"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(text: str, here: str, told: str) -> None:
    """The message says what is wrong."""
    with pytest.raises(BadAddress, match=told):
        read_passage(text, KNOWN, parse(here))


@pytest.mark.parametrize(
    ("text", "here", "readings"),
    [
        ("第五条及び第三項", "psa/63_11/2", ("psa/5/3", "psa/63_11/3")),
        ("府令第二条", "fiea/29", ("cao", "fibo")),
        ("(i)", "psa/2/15/i4", ("psa/2/15/i1", "psa/2/15/i4/リ")),
    ],
)
def test_two_readings_are_both_told(text: str, here: str, readings: tuple[str, ...]) -> None:
    """What can be read in two ways is not decided here."""
    with pytest.raises(AmbiguousCitation) as raised:
        read_passage(text, KNOWN, parse(here))

    assert readings == tuple(str(reading) for reading in raised.value.readings)
    for reading in readings:
        assert reading in str(raised.value) and reading in raised.value.ja


def test_same_goes_back_to_what_was_cited_last() -> None:
    """同項 is the paragraph cited last, which an article cited since does not hide; 同条 is that article."""
    before = [parse("fiea/2/8/i3"), parse("psa/5")]

    assert "fiea/2/8/i1" == passage_id(read_passage_ja("同項第一号", KNOWN, parse("psa/63_11/2"), before))
    assert "psa/5/2" == passage_id(read_passage_ja("同条第二項", KNOWN, parse("psa/63_11/2"), before))
    assert not read_passage_ja("同条第二項", KNOWN, parse("psa/63_11/2"), before).notes
    assert read_passage_ja("同条第二項", KNOWN, parse("psa/63_11/2")).notes


@pytest.mark.parametrize(
    ("text", "here", "with_text", "by_number"),
    [
        ("前条", "psa/63_10/1", "psa/63_9_3", "psa/63_9"),
        ("次条", "psa/63_9/1", "psa/63_9_2", "psa/63_10"),
        ("前二条", "psa/63_11/1", "psa/63_9_3, psa/63_10", "psa/63_9, psa/63_10"),
        ("前三条", "psa/63_12/1", "psa/63_10..psa/63_11_2", "psa/63_9..psa/63_11"),
        ("前号", "psa/63_12/1/i2", "psa/63_12/1/i1_2", "psa/63_12/1/i1"),
        ("前各号", "psa/63_12/1/i2", "psa/63_12/1/i1..psa/63_12/1/i1_2", "psa/63_12/1/i1"),
    ],
)
def test_branches_count_where_the_text_is_known(text: str, here: str, with_text: str, by_number: str) -> None:
    """第63条の10 stands after 第63条の9の3, not after 第63条の9: without the text the number is taken, and said."""
    known, guessed = (read_passage_ja(text, k, parse(here)) for k in (TEXTS, KNOWN))

    assert (with_text, ()) == (passage_id(known), known.notes)
    assert by_number == passage_id(guessed)
    assert all("--texts" in ja and "--texts" in en for ja, en in guessed.notes) and guessed.notes


def test_a_first_branch_follows_its_stem_for_certain() -> None:
    """第63条の11の2 stands right after 第63条の11, whatever else there is: nothing to note."""
    assert () == read_passage_ja("前条", KNOWN, parse("psa/63_11_2/1")).notes


@pytest.mark.parametrize(
    ("named", "units"),
    [
        ("psa/63_9_2..psa/63_11", ["psa/63_9_2", "psa/63_9_3", "psa/63_10", "psa/63_11"]),
        ("psa/63_11/2..psa/63_11/9", ["psa/63_11/2", "psa/63_11/3"]),
        ("psa/63_12/1/i*", ["psa/63_12/1/i1", "psa/63_12/1/i1_2", "psa/63_12/1/i2", "psa/63_12/1/i3"]),
        ("psa/63_12/1/i1_2..psa/63_12/1/i2", ["psa/63_12/1/i1_2", "psa/63_12/1/i2"]),
        ("psa/63_9_3/i*", ["psa/63_9_3/i1", "psa/63_9_3/i2"]),
        ("psa/63_12/*", ["psa/63_12/1", "psa/63_12/2"]),
        ("psa/63_10/2", ["psa/63_10/2"]),
        ("psa/64..psa/70", []),
    ],
)
def test_a_range_holds_the_units_that_exist(named: str, units: list[str]) -> None:
    """Only units of the text are listed, branches in their place; an article of one paragraph needs no paragraph."""
    assert units == [str(unit) for unit in units_of(read_ids(named)[0], PSA_UNITS)]


# --- Laws.

KINDS: st.SearchStrategy[Kind] = st.sampled_from(["準用", "読替え", "みなし", "従前の例", "効力を有する"])
ADDRESSES = addresses()
VIAS = st.sampled_from([0, 0, 0, 1, 2])
SHAPES = st.sampled_from(["place", "range", "each"])
PLACES = ADDRESSES.filter(lambda a: a.article is not None or a.paragraph is not None)


@st.composite
def reaches(draw: st.DrawFn) -> Reach:
    """Draw a reach: a place, a range, or each unit below a place, perhaps by force of others."""
    first = draw(ADDRESSES)
    via = tuple(Via(draw(KINDS), draw(ADDRESSES)) for _ in range(draw(VIAS)))
    shape = draw(SHAPES)
    if shape == "range":
        last = draw(st.one_of(siblings(first), PLACES.map(lambda a: replace(a, instrument=first.instrument))))
        assume(first.sort_key() < last.sort_key())
        return Reach(first, last, via=via)
    if shape == "each" and passage.depth(first) in (0, 1):
        return Reach(first, each="items", via=via)
    return Reach(first, via=via)


def siblings(place: Address) -> st.SearchStrategy[Address]:
    """Draw a place beside a place."""
    numbers = st.integers(1, 60)
    match passage.depth(place):
        case 0:
            return st.lists(numbers, min_size=1, max_size=3).map(lambda n: replace(place, article=tuple(n)))
        case 1:
            return numbers.map(lambda n: replace(place, paragraph=n))
        case 2:
            return st.lists(numbers, min_size=1, max_size=2).map(lambda n: replace(place, item=tuple(n)))
        case 3:
            return st.sampled_from(numerals.IROHA).map(lambda k: replace(place, subitems=(k,)))
        case 6:
            return st.sampled_from(list(PARTS_JA)).map(lambda p: replace(place, part=p))
        case _:
            return st.just(place)


REACHES = reaches()
MORE = st.integers(0, 3)
JOINED: st.SearchStrategy[Conjunction] = st.sampled_from(["and", "or"])


@st.composite
def passages(draw: st.DrawFn) -> Passage:
    """Draw a list of reaches; later members often stand beside the one before."""
    members = [draw(REACHES)]
    for _ in range(draw(MORE)):
        before = members[-1].last or members[-1].first
        beside = siblings(before).map(lambda a, v=members[-1].via: Reach(a, via=v))  # type: ignore[misc]
        members.append(draw(st.one_of(REACHES, beside)))
    return Passage(tuple(members), draw(JOINED))


@given(passages())
def test_reading_what_was_printed_gives_it_back(some: Passage) -> None:
    """Lists, ranges, each, and by force of what: printed in three forms, read back to the same places."""
    within = Address(some.reaches[0].first.instrument)
    laws = frozenset(a.supplement for r in some.reaches for a in _all(r) if a.supplement and a.supplement != "own")
    # An amending law is named by number alone, so its instrument is the one the citation stands in.
    assume(not laws or {a.instrument for r in some.reaches for a in _all(r)} == {within.instrument})
    known = replace(KNOWN, supplements=laws)

    elsewhere = replace(within, article=(7,), paragraph=3, item=(2,))

    assert some.reaches == read_ids(passage_id(some))
    assert some.reaches == read_passage_ja(passage_ja(some, TITLES), known, elsewhere).reaches
    assert some.reaches == read_passage_en(passage_en(some, TITLES), known, elsewhere).reaches
    assert some.reaches == read_passage_ja(passage_ja(some, TITLES), known, within).reaches
    assert some.reaches == read_passage_en(passage_en(some, TITLES), known, within).reaches
    assert some.reaches == read_passage(passage_en(some, TITLES), known, within).reaches


def _all(reach: Reach) -> list[Address]:
    return [reach.first, *([reach.last] if reach.last else []), *(via.by for via in reach.via)]


def kanji(text: str) -> str:
    """Write the digits of a Japanese citation in kanji."""
    return re.sub(r"(?<![(0-9])[0-9]+(?![0-9)])", lambda m: numerals.int_to_kanji(int(m[0])), text)


WIDE = str.maketrans("0123456789()", "０１２３４５６７８９（）")


@given(PLACES.filter(lambda a: a.supplement is None and not TITLES[a.instrument].sections))
def test_every_spelling_is_read(address: Address) -> None:
    """Kanji, full width, spaced, and the long English form name the same place as what is printed."""
    japanese, english = print_ja(address, TITLES), print_en(address, TITLES)
    title = TITLES[address.instrument].ja
    rest = japanese.removeprefix(title)

    for spelled in (title + kanji(rest), title + rest.translate(WIDE), " ".join(japanese)):
        assert (Reach(address),) == read_passage_ja(spelled, KNOWN).reaches
    if address.article is not None:
        long = english.replace(" art. ", ", Article ")
        assert (Reach(address),) == read_passage_en(long, KNOWN).reaches
        assert (Reach(address),) == read_passage_ja(rest, KNOWN, Address(address.instrument)).reaches


PIECES = st.sampled_from(
    [
        "前",
        "次",
        "同",
        "この",
        "各",
        "条",
        "項",
        "号",
        "第",
        "一",
        "二",
        "十",
        "3",
        "の",
        "から",
        "まで",
        "及び",
        "又は",
        "、",
        "（",
        "）",
        "附則",
        "別表",
        "法",
        "令",
        "本文",
        "ただし書",
        "イ",
        "ロ",
        "(1)",
        "(i)",
        "(a)",
        "金商法",
        "資金決済法",
        "FIEA",
        "PSA",
        "art.",
        "arts.",
        "para.",
        "items",
        "to",
        "and",
        "or",
        ",",
        ";",
        "of",
        "the",
        "proviso",
        "preceding",
        "same",
        "as",
        "applied",
        "by",
        "において準用する",
        "場合を含む",
        "令和7年",
        "法律",
        "第66号",
        "Act",
        "No.",
        "66",
        "2025",
        "suppl.",
        "each",
        "item",
        "..",
        "/",
        "via",
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES).map("".join), st.lists(PIECES).map(" ".join)), st.none() | addresses())
def test_reading_anything_is_answered_or_refused(text: str, within: Address | None) -> None:
    """No text makes a reader fail otherwise than by BadAddress."""
    for read in (read_passage, read_passage_ja, read_passage_en):
        try:
            found = read(text, KNOWN, within, [within] if within else [])
        except BadAddress:
            continue
        assert found.reaches


def test_there_are_enough_pairs() -> None:
    """The table holds many real usages of both languages."""
    assert len(JAPANESE) + len(ENGLISH) >= 170


def test_examples_in_the_docstrings_hold() -> None:
    """The examples in the modules run."""
    assert 0 == doctest.testmod(citation_read).failed + doctest.testmod(passage_print).failed
