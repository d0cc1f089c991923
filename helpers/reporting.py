"""The vocabulary of news reporting in English: verbs of speech, titles and offices, nouns for unnamed sources and for documents.

Words, hardly more: what the finders do with them stands in ``people`` and ``quotations``. Patterns are texts, to be built into others.
"""

import re
from collections.abc import Iterable


def words(text: str) -> frozenset[str]:
    """The words of a text, as a set.

    Examples
    --------
    >>> sorted(words("said told"))
    ['said', 'told']
    """
    return frozenset(text.split())


_PLAIN = words(
    """
    accept accuse acknowledge add admit advise affirm agree announce answer appeal argue ask assert assure bark believe boast
    caution challenge chide cite claim clarify comment complain concede conclude confirm contend continue counter criticise
    criticize declare decry defend demand deny deplore disclose elaborate emphasise emphasize estimate exclaim explain express fear
    fume growl gush hint hope implore indicate inform insist interject intone joke lament maintain mention murmur muse mutter note
    observe plead pledge point+out post praise predict proclaim promise propose protest question quip quote reaffirm reassure recall
    reckon recommend recount reiterate reject relent remark remind repeat reply report respond retort reveal scoff shout shrug sigh
    signal snap sneer speculate state stress suggest tell testify thunder tweet underline underscore urge voice vow warn whisper
    wonder write
    """
)
_LABELS = words("brand call characterize characterise condemn denounce describe deride dismiss dub hail label liken portray term")
_ODD = {
    "plead": "pleads pleaded pled pleading",
    "snap": "snaps snapped snapping",
    "chide": "chides chided chiding",
    "tell": "tells told telling",
    "write": "writes wrote written writing",
    "point+out": "points+out pointed+out pointing+out",
    "admit": "admits admitted admitting",
    "quip": "quips quipped quipping",
    "label": "labels labelled labeled labelling labeling",
    "dub": "dubs dubbed dubbing",
    "shrug": "shrugs shrugged shrugging",
    "signal": "signals signalled signaled signalling signaling",
}


def _forms(verb: str) -> list[str]:
    if verb in _ODD:
        return _ODD[verb].split()
    if verb.endswith("y") and verb[-2] not in "aeou":
        return [verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"]
    stem = verb.removesuffix("e")
    return [verb + ("es" if verb.endswith(("s", "sh", "ch")) else "s"), stem + "ed", stem + "ing"]


def _choice(forms: Iterable[str]) -> str:
    """A pattern for any of these forms, the longest first; shared beginnings are written once, which makes it fast."""
    tails: dict[str, list[str]] = {}
    for form in sorted(forms):
        tails.setdefault(form[:1], []).append(form[1:])
    optional = "?" if tails.pop("", None) else ""
    branches = [(r"\s+" if first == "+" else re.escape(first)) + _choice(rest) for first, rest in tails.items()]
    return f"(?:{'|'.join(branches)}){optional}" if branches and (optional or len(branches) > 1) else "".join(branches)


_OTHERS = words(
    """
    acknowledge admit argue believe concede contend fear insist offered+to offering+to offers+to posted posting posts predict put+it puts+it
    refused+to refuses+to said say saying says think thinks thought threatened+to threatens+to warn went+on
    """
)
SAID = _choice([*_OTHERS, *(form for verb in _PLAIN for form in _forms(verb))])
CALLED = _choice([form for verb in _LABELS for form in _forms(verb)])
# What a document does and a person rather does not.
READS = _choice(
    words(
        """
    reads read states stated provides provided stipulates stipulated obliges obliged obligates requires required commits committed
    speaks+of spoke+of guarantees defines
    """
    )
)

# A title stands before a name; a role is told after it ("…, a spokesman for …") or stands for it ("the spokesman").
TITLES = words(
    """
    adm admiral amb ambassador analyst archbishop attorney ayatollah baron baroness bishop brig brigadier capt captain cardinal
    chairman chairperson chairwoman chancellor chief cmdr col colonel commander commissioner commodore congressman congresswoman
    corporal count dame dictator director dr duchess duke emir envoy gen general general-secretary gov governor historian imam judge
    justice king lady leader lieutenant lord lt maj major marshal mayor minister miss mr mrs ms pope premier pres president
    president-elect prince princess private prof professor queen rabbi rep representative rev secretary secretary-general sen
    senator sergeant sgt sheik sheikh sir speaker spokesman spokesperson spokeswoman strongman sultan vice-president
    """
)
COURTESIES = {"mr": "m", "sir": "m", "lord": "m", "king": "m", "prince": "m", "pope": "m", "mrs": "f", "ms": "f", "miss": "f",
              "lady": "f", "queen": "f", "princess": "f", "dame": "f", "dr": "", "prof": "", "professor": ""}  # fmt: skip
_HONORIFICS = words("mr mrs ms miss dr prof professor sir lord lady dame")
OFFICE_WORDS = words(
    """
    acting affairs agriculture air allied army assistant chief crown culture defence defense democratic deputy development economy
    education energy environment european finance foreign former health high home house interior justice labor labour late lord
    majority military minority national naval navy opposition party permanent police press prime rear republican retired security
    state supreme trade transport transportation treasury under vice wing
    """
)
_ROLES = words(
    """
    activist admiral adviser advisor aide ambassador analyst attaché author baker barber beekeeper biologist candidate captain
    chairman chairwoman chancellor chief co-founder colonel columnist commander commentator commissioner congressman congresswoman
    consultant contender coordinator critic delegate deputy diplomat director economist editor envoy executive expert fellow founder
    general governor head historian inspector interpreter journalist judge king lawmaker lawyer leader lecturer legislator lobbyist
    magistrate manager mayor member minister negotiator officer official owner parliamentarian partner politician premier president
    presidential priest prince professor prosecutor queen reporter representative researcher resident rival scholar scientist
    secretary senator soldier source speaker specialist spokesman spokesperson spokeswoman strategist student teacher veteran witness
    worker writer
    """
)
ROLES = _choice(_ROLES)
ROLE_WORDS = _ROLES | TITLES

# Who speaks without a name, and who speaks as an institution.
_PEOPLE = words(
    """
    architect artist aunt authority banker boy brother builder butcher carpenter chef cleric clerk colleague cook corporal counterpart
    cousin dentist dancer daughter designer doctor driver engineer farmer father fighter filmmaker fisherman friend gardener girl
    grandfather grandmother grandson granddaughter guard guest hairdresser host husband insider intellectual mechanic miner major man
    militant mother musician neighbor neighbour nephew niece novelist nun nurse observer painter paramedic passenger peacekeeper
    pensioner people person pharmacist photographer physicist pilot plumber poet police policeman policewoman priest programmer
    protester psychologist publisher rebel recruit refugee relative reservist sailor sculptor sergeant shepherd shopkeeper singer
    sister son staffer supporter surgeon survivor tailor tourist trader translator trucker uncle victim villager visitor volunteer
    voter waiter waitress welder wife woman
    """
)
SOURCES = _choice(_ROLES | _PEOPLE)
CALLINGS = _ROLES | _PEOPLE  # as words: what a person is called before the name
_INSTITUTIONS = words(
    """
    administration agency alliance army authorities bloc board cabinet coalition commission committee company council court daily
    department embassy firm foundation government group kingdom magazine military militia ministry navy network newspaper office
    opposition organisation organization panel paper parliament party site union website
    """
)
INSTITUTIONS = _choice(_INSTITUTIONS)
OUTLETS = words(
    "Atlantic Economist Globe Guardian Hill Independent Intercept Journal Mail Nation News Observer Post Sun Telegraph Times Tribune"
)
_SPEECHES = words(
    """
    announcement appeal assertion call calls claim claims comment comments complaint declaration demand demands description
    insistence message plea pledge promise promises proposal remark remarks speech statement suggestion threat threats vow warning
    warnings words
    """
)
SPEECHES = _choice(_SPEECHES)
TREATIES = _choice(
    words("agreement article charter clause constitution convention covenant law pact paragraph protocol provision resolution treaty")
)
_PAPERS = words(
    "banner bill communique communiqué declaration document draft email headline letter memo memorandum motion note placard poster report"
)
PAPERS = _choice(_PAPERS | {"sign", "statement", "text"})

STARTERS = words(
    """
    A About According Across After Again Against All Allied Allies Also Although Amid Among An And Another Any Anyone Are As Asked
    At Back Because Before Behind Besides Between Both But By Can Caught Could Critics Despite Did Do Does During Each Earlier
    Echoing Either Even Eventually Every Everyone Experts Few Finally First Following For Former From Given Had Has Have He Her Here
    His How However I If In Indeed Initially Inside Instead Into Is It Its Just Last Late Later Less Let Like Many May Maybe
    Meanwhile Meeting More Moreover Most Much My Near Nearly Neither Never Nevertheless New Next No Nobody None Nor Not Nothing Now
    Of Officials Old Once One Only Or Other Others Our Out Over Perhaps Privately Rather Recalling Responding Second See Separately
    Several She Should Since So Some Somebody Someone Sometimes Soon Speaking Still Such Suddenly Than That The Their Then There
    These They This Those Though Three Through Thus Time To Today Together Tomorrow Tonight Too Two Under Unlike Until Up Upon Very
    Visiting Was We Were What When Where Whether Which While Who Whom Whose Why Will With Within Without Would Writing Yesterday Yet
    You Your
    """
)
CALENDAR = words(
    """
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October
    November December Christmas Easter Ramadan
    """
)
# A capitalised group with one of these is an institution, a place or a thing.
NO_NAMES = words(
    """
    Academy Accord Accords Act Affairs Africa Agency Agreement Air Airlines Airport Alliance America Army Article Asia Assembly
    Association Atlantic Avenue Bank Base Bay Bloc Board Boulevard Bridge Broadcasting Building Bureau Caliphate Camp Campaign Capitol
    Castle Cathedral Catholic Center Central Centre Chamber Charter Chronicle Church City Clause Club Coalition College Command
    Commission Commissioner Committee Commune Community Company Conference Congress Congressional Constitution Convention Corporation
    Corps Council Country Court Daily Day Declaration Defence Defense Democracy Democratic Democrats Department Desert Designate
    District Division Dynamics East Eastern Elect Elections Electric Embassy Empire Europe European Express Fair Falls Federal
    Federation Fleet Force Forces Forum Foundation Fort Front Fund Gazette Globe Government Group Guard Guardian Gulf Hall Harbor
    Harbour Headquarters Hebdo Herald Hill Hospital Hotel House Independent Initiative Inquirer Institute Institution Intelligence
    International Island Islands Journal Justice Kingdom Labor Labour Lake Line League Liberation Library Magazine Mail Match Media
    Mediterranean Memorial Middle Military Ministry Mirror Mission Mosque Motors Mount Mountain Mountains Movement Museum National
    Nations Navy Network News Newspaper North Northern Observer Ocean Office Operation Order Organisation Organization Pact Palace
    Park Parliament Parliamentary Parties Party Peninsula Pentagon Police Policy Post Press Program Programme Project Province Public
    Quarter Radio Red Region Relations Report Republic Republican Republicans Research Resolution Review River Road Sea Security
    Senate Service Services Society South Southern Square Stadium Standard Star State Station Stiftung Strait Street Studies Summit
    Sun Supreme Syndicate System Team Tech Technologies Telegraph Television Territories Theater Theatre Times Today Tower Trade
    Transit Treaty Tribune Trust Union United Universities University Valley Village Wall War Week West Western White Work Workers
    World Zone
    """
)
# What a name after it is no person’s, and the first words of firms, parties and societies that look like a name.
VESSELS = words(
    "aboard airport carrier corvette cruiser destroyer ferry frigate hurricane ship storm street submarine tanker typhoon warship HMS USS"
)
FIRMS = words(
    """
    Amnesty Associated Credit Deutsche Exxon Fianna Fine Goldman Human Lockheed Merrill Northrop Plaid Procter Raytheon Rio Rolls Saudi
    Sinn Standard Wells
    """
)


def plain_title(word: str) -> str:
    """A title as it is compared: "Gen." is "gen"."""
    return word.lower().rstrip(".")


def office_of(titles: list[str]) -> tuple[str, str]:
    """The office among the words before a name, and what stands before it.

    Examples
    --------
    >>> office_of(["French", "Foreign", "Minister"]), office_of(["Mr."])
    (('Foreign Minister', 'French'), ('', ''))
    """
    first = len(titles)
    while first and (plain_title(titles[first - 1]) in TITLES or titles[first - 1].lower() in OFFICE_WORDS):
        first -= 1
    return " ".join(word for word in titles[first:] if plain_title(word) not in _HONORIFICS), " ".join(titles[:first])
