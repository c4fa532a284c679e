"""Official texts in 法令標準XML and in both Markdown shapes give the same units; what is unsafe or no law is refused.

Every text here is invented.
"""

from pathlib import Path

import pytest

from kitei_dsl.citation import parse
from kitei_dsl.official import NotLaw, part_names
from kitei_dsl.text_xml import MAX_DEPTH, amending_law, read_xml
from kitei_dsl.texts import Text, load_texts

XML = """<?xml version="1.0" encoding="utf-8"?>
<Law Era="Reiwa" Lang="ja" LawType="Act" Num="999" Year="01"><LawNum>令和元年法律第九百九十九号</LawNum><LawBody>
<LawTitle>積立法</LawTitle>
<TOC><TOCLabel>目次</TOCLabel><TOCChapter Num="1"><ChapterTitle>第一章</ChapterTitle></TOCChapter></TOC>
<MainProvision><Chapter Num="1"><ChapterTitle>第一章　総則</ChapterTitle>
<Article Num="5"><ArticleCaption>（準備金）</ArticleCaption><ArticleTitle>第五条</ArticleTitle>
<Paragraph Num="1"><ParagraphNum/><ParagraphSentence>
<Sentence Num="1">会社は、準備金（第九条の規定による。以下同じ。）を積み立てなければならない。</Sentence>
<Sentence Num="2">この場合において、会社は、<Ruby>帳簿<Rt>ちょうぼ</Rt></Ruby>に記載しなければならない。</Sentence>
<Sentence Num="3" Function="proviso">ただし、小さい会社については、この限りでない。</Sentence>
</ParagraphSentence></Paragraph>
<Paragraph Num="2"><ParagraphNum>２</ParagraphNum><ParagraphSentence><Sentence>次に掲げる会社は、報告しなければならない。</Sentence></ParagraphSentence>
<Item Num="1"><ItemTitle>一</ItemTitle><ItemSentence><Column Num="1"><Sentence>大きい会社</Sentence></Column><Column Num="2"><Sentence>百万円</Sentence></Column></ItemSentence></Item>
<Item Num="2_2"><ItemTitle>二の二</ItemTitle><ItemSentence><Sentence>次のいずれかに該当する会社</Sentence></ItemSentence>
<Subitem1 Num="1"><Subitem1Title>イ</Subitem1Title><Subitem1Sentence><Sentence>古い会社</Sentence></Subitem1Sentence>
<Subitem2 Num="1"><Subitem2Title>（１）</Subitem2Title><Subitem2Sentence><Sentence>百年を経たもの</Sentence></Subitem2Sentence>
<Subitem3 Num="1"><Subitem3Title>（ｉ）</Subitem3Title><Subitem3Sentence><Sentence>支店のあるもの</Sentence></Subitem3Sentence></Subitem3>
</Subitem2></Subitem1></Item>
</Paragraph></Article>
<Article Num="5_2"><ArticleTitle>第五条の二</ArticleTitle><Paragraph Num="1"><ParagraphNum/><ParagraphSentence><Sentence>会社は、額の百分の五を超えてはならない。</Sentence></ParagraphSentence>
<TableStruct><Table><TableRow><TableColumn><Sentence>表の語</Sentence></TableColumn></TableRow></Table></TableStruct></Paragraph></Article>
</Chapter>
<Article Num="6:8"><ArticleTitle>第六条から第八条まで</ArticleTitle><Paragraph Num="1"><ParagraphNum/><ParagraphSentence><Sentence>削除</Sentence></ParagraphSentence></Paragraph></Article>
</MainProvision>
<SupplProvision><SupplProvisionLabel>附　則</SupplProvisionLabel><Paragraph Num="1"><ParagraphNum>１</ParagraphNum><ParagraphSentence><Sentence>公布の日から施行する。</Sentence></ParagraphSentence></Paragraph></SupplProvision>
<SupplProvision AmendLawNum="令和四年六月一〇日法律第六一号"><SupplProvisionLabel>附　則</SupplProvisionLabel><Article Num="3"><ArticleTitle>第三条</ArticleTitle><Paragraph Num="1"><ParagraphNum/><ParagraphSentence><Sentence>なお従前の例による。</Sentence></ParagraphSentence></Paragraph></Article></SupplProvision>
</LawBody></Law>
"""

STRUCTURED = """**第五条（準備金）**　会社は、準備金（第九条の規定による。以下同じ。）を積み立てなければならない。この場合において、会社は、帳簿に記載しなければならない。ただし、小さい会社については、この限りでない。

**２**　次に掲げる会社は、報告しなければならない。

- 一　大きい会社　百万円

- 二の二　次のいずれかに該当する会社

  - イ　古い会社

    - （１）　百年を経たもの

      - （ｉ）　支店のあるもの

**第五条の二**　会社は、額の百分の五を超えてはならない。

表の語

**第六条から第八条まで**　削除

## 附　則

**１**　公布の日から施行する。

## 附則

**第三条**　なお従前の例による。
"""

PLAIN = """# 積立法

> 取得日: 2024-05-01

## 第一章　総則

_（準備金）_
第五条

会社は、準備金（第九条の規定による。以下同じ。）を積み立てなければならない。この場合において、会社は、帳簿に記載しなければならない。ただし、小さい会社については、この限りでない。

２

次に掲げる会社は、報告しなければならない。
一大きい会社　百万円
二の二次のいずれかに該当する会社
_イ_古い会社
_（１）_百年を経たもの

第五条の二

会社は、額の百分の五を超えてはならない。
"""


def text(tmp_path: Path, content: str, name: str) -> Text:
    (tmp_path / name).write_text(content, encoding="utf-8")
    ((found,),) = load_texts(tmp_path).values()
    return found


@pytest.fixture(params=["xml", "md", "plain"])
def read(request: pytest.FixtureRequest, tmp_path: Path) -> Text:
    content, name = {
        "xml": (XML, "501AC0000000999_20240401_504AC0000000061.xml"),
        "md": (STRUCTURED, "501AC0000000999_20240401_504AC0000000061.md"),
        "plain": (PLAIN, "501AC0000000999_asof-20240501.md"),
    }[request.param]
    return text(tmp_path, content, name)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("t/5/1/s1", "会社は、準備金（第九条の規定による。以下同じ。）を積み立てなければならない。"),
        ("t/5/1/s2", "この場合において、会社は、帳簿に記載しなければならない。"),
        ("t/5/1/proviso", "ただし、小さい会社については、この限りでない。"),
        ("t/5/2/lead", "次に掲げる会社は、報告しなければならない。"),
        ("t/5/2/i1", "大きい会社　百万円"),
        ("t/5/2/i2_2/lead", "次のいずれかに該当する会社"),
        ("t/5/2/i2_2/イ/lead", "古い会社"),
        ("t/5_2/main", "会社は、額の百分の五を超えてはならない。"),
    ],
)
def test_every_form_of_a_text_gives_the_same_words(read: Text, address: str, words: str) -> None:
    assert words == read.words(parse(address))


def test_every_form_says_which_sentences_there_are(read: Text) -> None:
    """Paragraph 1 has two sentences and a proviso; 5-2 has one, so no main clause and no second sentence; 5(2) leads."""
    there = ["t/5", "t/5/1/s1", "t/5/1/s2", "t/5/1/main", "t/5/1/proviso", "t/5/2/lead", "t/5/2/i2_2/イ", "t/5_2/1"]
    not_there = ["t/5/3", "t/5/2/i2", "t/5/2/i3", "t/5/2/proviso", "t/5_2/main", "t/5_2/s1", "t/5_2/lead", "t/6", "t/7", "t/9",
                 "t/5/2/i1/イ", "t/claim1"]  # fmt: skip

    assert [] == [a for a in there if not read.has(parse(a))]
    assert [] == [a for a in not_there if read.has(parse(a))]


@pytest.mark.parametrize("form", ["xml", "md"])
def test_sub_items_go_three_levels_down_and_supplements_are_told_apart(tmp_path: Path, form: str) -> None:
    """Markdown does not say of which amending law a supplement is; XML does."""
    read = text(tmp_path, XML if form == "xml" else STRUCTURED, f"501AC0000000999_20240401_504AC0000000061.{form}")

    assert "支店のあるもの" == read.words(parse("t/5/2/i2_2/イ/(1)/(i)"))
    assert "百年を経たもの\n支店のあるもの" == read.words(parse("t/5/2/i2_2/イ/(1)"))
    assert "公布の日から施行する。" == read.words(parse("t/suppl/p1"))
    assert "会社は、額の百分の五を超えてはならない。\n表の語" == read.words(parse("t/5_2"))
    assert (form == "xml") == read.has(parse("t/suppl:504AC0000000061/3/1"))
    assert read.complete
    assert ["t/5", "t/5/1", "t/5/2", "t/5/2/i1", "t/5/2/i2_2", "t/5/2/i2_2/イ", "t/5/2/i2_2/イ/(1)", "t/5/2/i2_2/イ/(1)/(i)", "t/5_2",
            "t/5_2/1", "t/6", "t/6/1"] == [str(a) for a in read.addresses("t")]  # fmt: skip


def test_a_plain_copy_is_not_complete_and_counts_items_in_a_row(tmp_path: Path) -> None:
    """三井 after item 二 is item 三 井…, and 一般 after item 二 is no item; 四の二十 after item 四 would not go on."""
    plain = "第一条\n\n次に掲げる会社\n一一般の会社\n二二つの支店のある会社\n一般の会社には、次の語を加える。\n二の二三つの支店のある会社\n三井戸のある会社\n"
    read = text(tmp_path, plain, "501AC0000000999_asof-20240501.md")

    assert not read.complete
    assert ("", "2024-05-01") == (read.revision, read.day.isoformat())
    assert "一般の会社" == read.words(parse("t/1/1/i1"))
    assert "二つの支店のある会社\n一般の会社には、次の語を加える。" == read.words(parse("t/1/1/i2"))
    assert "三つの支店のある会社" == read.words(parse("t/1/1/i2_2"))
    assert "井戸のある会社" == read.words(parse("t/1/1/i3"))


def test_the_xml_of_a_revision_is_read_before_its_markdown(tmp_path: Path) -> None:
    (tmp_path / "501AC0000000999_20240401_504AC0000000061.md").write_text("**第一条**　別の語。\n", encoding="utf-8")
    read = text(tmp_path, XML, "501AC0000000999_20240401_504AC0000000061.xml")

    assert ".xml" == read.path.suffix
    assert "501AC0000000999_20240401_504AC0000000061" == read.revision


def test_the_envelope_of_the_law_api_is_opened() -> None:
    body = XML.partition("?>")[2]
    wrapped = f"<DataRoot><ApplData><LawFullText>{body}</LawFullText></ApplData></DataRoot>"

    assert read_xml(XML.encode()).own == read_xml(wrapped.encode()).own


ENTITY = '<!DOCTYPE Law [<!ENTITY a "積">]><Law><LawBody/></Law>'
BILLION = '<!DOCTYPE Law [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Law><LawBody>&b;</LawBody></Law>'
EXTERNAL = '<!DOCTYPE Law [<!ENTITY a SYSTEM "file:///etc/hostname">]><Law><LawBody>&a;</LawBody></Law>'


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (ENTITY, "document type or an entity"),
        (BILLION, "document type or an entity"),
        (EXTERNAL, "document type or an entity"),
        ('<!DOCTYPE Law SYSTEM "law.dtd"><Law/>', "document type or an entity"),
        ("<Law>" * (MAX_DEPTH + 1), "nested deeper"),
        ("<Law><LawBody>", "not well-formed"),
        ("", "not well-formed"),
        ("<Law/>", "no LawBody"),
        ("<html><body/></html>", "no Law element in `html`"),
    ],
)
def test_what_is_unsafe_or_no_law_is_refused(data: str, told: str) -> None:
    with pytest.raises(NotLaw, match=told):
        read_xml(data.encode())


@pytest.mark.parametrize(
    ("number", "egov"),
    [
        ("令和四年六月一〇日法律第六一号", "504AC0000000061"),
        ("令和元年六月七日法律第二八号", "501AC0000000028"),
        ("平成一一年一二月八日法律第一五一号", "411AC0000000151"),
        ("平成二十九年政令第七号", "429CO0000000007"),
        ("昭和二十三年規則第一号", None),
    ],
)
def test_an_amending_law_is_known_by_its_number(number: str, egov: str | None) -> None:
    assert egov == amending_law(number)


def test_sentences_have_the_names_that_lawyers_use() -> None:
    assert [""] == part_names([False])
    assert ["main", "proviso"] == part_names([False, True])
    assert ["s1", "s2", "proviso"] == part_names([False, False, True])
    assert ["s1", "proviso", "s2"] == part_names([False, True, False])
