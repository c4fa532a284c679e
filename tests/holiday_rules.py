"""The national holidays worked out from the Act rule by rule, apart from the table and from any package.

Source: 国民の祝日に関する法律 (Act No. 178 of 1948) arts. 2 and 3 with its amendments, and the special Acts of 1959, 1989,
1990, 1993 and 2017 (accession and enthronement of 2019) and those of 2018 and 2020 on the Olympic Games. The equinoxes
follow the usual interpolation in whole numbers (millionths of a day), good for 1900 to 2099.
"""

from datetime import date, timedelta

ONE_DAY = timedelta(days=1)

#: Days that a special Act made holidays, and the days that the Games moved: name, usual rule left out for that year.
SPECIAL = {
    date(1959, 4, 10): "結婚の儀",
    date(1989, 2, 24): "大喪の礼",
    date(1990, 11, 12): "即位礼正殿の儀",
    date(1993, 6, 9): "結婚の儀",
    date(2019, 5, 1): "天皇の即位の日",
    date(2019, 10, 22): "即位礼正殿の儀が行われる日",
}
GAMES = {
    2020: {"海の日": (7, 23), "スポーツの日": (7, 24), "山の日": (8, 10)},
    2021: {"海の日": (7, 22), "スポーツの日": (7, 23), "山の日": (8, 8)},
}


def monday(year: int, month: int, which: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(-first.weekday()) % 7 + 7 * (which - 1))


def equinox(year: int, autumn: bool) -> int:
    """Return the day of March or September."""
    base = ((20_835_700, 23_258_800) if year < 1980 else (20_843_100, 23_248_800))[autumn]
    leap_days = (year - 1983) // 4 if year < 1980 else (year - 1980) // 4
    # Before 1980 the usual formula truncates a negative quotient toward zero.
    if year < 1980:
        leap_days = -((1983 - year) // 4)
    return (base + 242_194 * (year - 1980) - 1_000_000 * leap_days) // 1_000_000


def named(year: int) -> dict[date, str]:
    """Return the 国民の祝日 of a year by art. 2 and the special Acts."""
    found: dict[date, str] = {}

    def add(name: str, month: int, day: int, since: int, until: int = 9999) -> None:
        if since <= year <= until and name not in GAMES.get(year, {}):
            found[date(year, month, day)] = name

    def add_monday(name: str, month: int, which: int, since: int, until: int = 9999) -> None:
        if since <= year <= until and name not in GAMES.get(year, {}):
            found[monday(year, month, which)] = name

    add("元日", 1, 1, 1949)
    add("成人の日", 1, 15, 1949, 1999)
    add_monday("成人の日", 1, 2, 2000)
    add("建国記念の日", 2, 11, 1967)
    add("天皇誕生日", 2, 23, 2020)
    if year >= 1949:
        found[date(year, 3, equinox(year, autumn=False))] = "春分の日"
    add("天皇誕生日", 4, 29, 1949, 1988)
    add("みどりの日", 4, 29, 1989, 2006)
    add("昭和の日", 4, 29, 2007)
    add("憲法記念日", 5, 3, 1949)
    add("みどりの日", 5, 4, 2007)
    add("こどもの日", 5, 5, 1949)
    add("海の日", 7, 20, 1996, 2002)
    add_monday("海の日", 7, 3, 2003)
    add("山の日", 8, 11, 2016)
    add("敬老の日", 9, 15, 1966, 2002)
    add_monday("敬老の日", 9, 3, 2003)
    found[date(year, 9, equinox(year, autumn=True))] = "秋分の日"
    add("体育の日", 10, 10, 1966, 1999)
    add_monday("体育の日", 10, 2, 2000, 2019)
    add_monday("スポーツの日", 10, 2, 2020)
    add("文化の日", 11, 3, 1948)
    add("勤労感謝の日", 11, 23, 1948)
    add("天皇誕生日", 12, 23, 1989, 2018)
    found |= {date(year, *day): name for name, day in GAMES.get(year, {}).items()}
    return found | {day: name for day, name in SPECIAL.items() if day.year == year}


def rested(year: int) -> dict[date, str]:
    """Return every 休日 of a year by art. 3: the holidays, their substitutes and the days between two of them."""
    holidays = named(year)
    found = dict(holidays)
    for day in sorted(holidays):
        if day.isoweekday() != 7 or day < date(1973, 4, 12):
            continue
        substitute = day + ONE_DAY
        while year >= 2007 and substitute in holidays:
            substitute += ONE_DAY
        if substitute not in holidays:
            found[substitute] = "振替休日"
    for day in sorted(holidays):
        between = day + ONE_DAY
        may_rest = between not in found and (year >= 2007 or between.isoweekday() != 7)
        if may_rest and between + ONE_DAY in holidays and between >= date(1985, 12, 27):
            found[between] = "国民の休日"
    return found
