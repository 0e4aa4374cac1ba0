"""Who marked what in the example; every difference between Ana and Ben is one that real annotators have."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Mark:
    """One mark: its pieces are exact words of the article."""

    who: str
    tag: str
    pieces: tuple[str, ...]
    note: str = ""
    attributes: dict[str, str] = field(default_factory=dict)


def _ana(tag: str, *pieces: str, note: str = "", **attributes: str) -> Mark:
    return Mark("ana", tag, pieces, note, _named(attributes))


def _ben(tag: str, *pieces: str, note: str = "", **attributes: str) -> Mark:
    return Mark("ben", tag, pieces, note, _named(attributes))


def _named(attributes: dict[str, str]) -> dict[str, str]:
    return {name.replace("__", "-").replace("_", " "): value for name, value in attributes.items()}


# Ana leaves the article's first quotation unmarked: the demo begins by marking it.
BRIDGE = (
    _ana("claim", "Nobody in this harbour town of 31,000 can say who asked for it.", status="unchecked"),
    _ana("loaded language", "by the back door", note="Says that she fled, without saying so."),
    _ana(
        "claim",
        "The bridge will cost 48 million crowns, three times the first estimate",
        type="quantity",
        check__worthiness="high",
        status="unchecked",
        evidence="https://council.example/budget/appendix",
    ),
    _ana("loaded language", "quietly buried", neutral_wording="placed"),
    _ana("claim", "The appendix has 614 pages.", type="quantity", check__worthiness="low", status="supported"),
    _ana(
        "quote",
        '"We were asked for a crossing,"',
        '"We were never asked what it was for."',
        speaker="Mara Lindqvist",
        role="transport chief",
        manner="direct",
        on_the_record="yes",
    ),
    _ana(
        "claim",
        "The old chain ferry broke down 41 times last year, and the way round by the motorway takes 50 minutes.",
        type="quantity",
        status="supported",
    ),
    _ana(
        "quote",
        '“I saw men with flags in the spring,"',
        '“I thought they were from the television."',
        speaker="Osk Brannagh",
        manner="direct",
    ),
    _ana("claim", "he has lost nine hives", note="His number. The council's is below.", status="unchecked"),
    _ana("loaded language", "so-called", neutral_wording="(nothing)"),
    _ana("loaded language", "smells blood", neutral_wording="sees its chance"),
    _ana("opinion", '"a monument to people who do not take the bus"', holder="Tobias Renn"),
    _ana(
        "quote",
        "“Every child in this town could have told them where the hospital is,”",
        '“They did not ask a child, and they did not ask us."',
        speaker="Tobias Renn",
        role="Harbour List",
        manner="direct",
    ),
    _ana("loaded language", "thundered", neutral_wording="said"),
    _ana(
        "claim",
        "the council approved the crossing by 22 votes to 3, and that Renn was one of the 22",
        type="event",
        check__worthiness="high",
        status="supported",
        note="The minutes are public.",
    ),
    _ana("claim", "There is no road on the eastern shore.", status="supported"),
    _ana("claim", "We counted 900 boats under it before noon and 3 cars on it", type="quantity", status="unchecked"),
    _ana(
        "quote",
        '"Nine hundred and four of them,"',
        "“and every skipper wanted to know what the thing was for.”",
        speaker="Ines Okafor",
        role="harbour master",
        manner="direct",
    ),
    _ana("quote", '"We have no plans to move,"', '"and no plans to make any."', speaker="Samir Holt"),
    _ana("loaded language", "in the worst tradition of this town hall", neutral_wording="as before"),
    _ana("opinion", "The council should have asked the people who live here.", holder="the writer"),
    _ben("loaded language", "the yellow of a warning sign"),
    _ben(
        "quote",
        "“It has never been a vanity project, and I am tired of hearing that it was,”",
        speaker="Mara Lindqvist",
        role="transport chief",
        manner="direct",
        on_the_record="yes",
    ),
    _ben("claim", "Then she left by the back door.", type="event", status="unverifiable"),
    _ben(
        "claim",
        "The bridge will cost 48 million crowns, three times the first estimate, according to a report that was "
        "quietly buried in the appendix of the budget.",
        type="quantity",
        check__worthiness="high",
        status="supported",
    ),
    _ben("loaded language", "buried", neutral_wording="put"),
    _ben("claim", "The appendix has 614 pages.", type="quantity", status="supported"),
    _ben("quote", '"We were asked for a crossing,"', speaker="Lindqvist", manner="direct"),
    _ben("quote", '"We were never asked what it was for."', speaker="Lindqvist", manner="direct"),
    _ben(
        "claim",
        "The old chain ferry broke down 41 times last year, and the way round by the motorway takes 50 minutes.",
        type="quantity",
        status="unchecked",
    ),
    _ben(
        "quote",
        '“I saw men with flags in the spring,"',
        '“I thought they were from the television."',
        speaker="Osk Brannagh",
        manner="direct",
    ),
    _ben("quote", "“so-called relief road”", speaker="Osk Brannagh", note="Three words, but they are his."),
    _ben("quote", '"four hives at the most"', speaker="Petra Aldous", manner="direct"),
    _ben("loaded language", "smells blood"),
    _ben("quote", '"a monument to people who do not take the bus"', speaker="Tobias Renn", manner="direct"),
    _ben(
        "claim",
        "The minutes of 14 March show that the council approved the crossing by 22 votes to 3, and that Renn was one "
        "of the 22.",
        type="event",
        status="supported",
    ),
    _ben(
        "quote",
        "They wanted a crossing. They got a selfie spot. We counted 900 boats under it before noon and 3 cars on it, "
        "one of them lost.",
        speaker="Vellmouth Harbour Watch",
        note="A post is somebody's words, with no marks around them.",
    ),
    _ben(
        "quote",
        '"Nine hundred and four of them,"',
        "“and every skipper wanted to know what the thing was for.”",
        speaker="Ines Okafor",
        manner="direct",
    ),
    _ben("quote", '"and no plans to make any."', speaker="Samir Holt"),
    _ben(
        "opinion",
        "Meanwhile the bill goes, in the worst tradition of this town hall, to those who were never heard",
        holder="the writer",
    ),
    _ben("opinion", "The council should have asked the people who live here.", holder="the writer"),
)

BUSES = (
    _ana("claim", "The vote was 14 to 11.", type="event", status="supported"),
    _ana(
        "quote",
        "“I have walked home along that quay for thirty years, and I have never once felt safe,”",
        '"Tonight I slept on the bench outside, so as not to miss the vote."',
        speaker="Dora Lund",
        role="nurse",
        manner="direct",
    ),
    _ana("loaded language", "furious", neutral_wording="against it"),
    _ana("quote", "“a gift to students, paid for by people who work”", speaker="Jory Pike", manner="direct"),
    _ana("opinion", "a gift to students, paid for by people who work", holder="Jory Pike"),
    _ana(
        "claim",
        "The buses cost 310,000 crowns a year, which is less than the town spends on flowers.",
        type="comparison",
        check__worthiness="middle",
        status="unchecked",
    ),
)
