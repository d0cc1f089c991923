"""Whether the name of a capital, or of a seat of government, stands for the government: decided by the words around it.

The words are general English and name nobody; the names themselves are in the lexicon.
"""

import re

_NEAR = 60  # characters to either side that can decide
_LONGEST_WORD = 24  # … of which the last word is looked for


def _words(text: str) -> str:
    return "|".join(text.split())


_DAYS = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
_SPOTS = _words(
    "streets? suburbs? mayor police residents? hospitals? airports? landmarks? metro subway districts? neighbou?rhoods? outskirts "
    "cent(?:er|re) skyline cafes? restaurants? theat(?:er|re)s? stadium citizens inhabitants population museums? cathedral square "
    "bridges? rivers? roads? traffic university bars nightlife hotels? stations? tourists? climate weather suburban airspace "
    "attacks? bombings? siege fall massacres? lawn gardens? walls? gates? palace complex grounds correspondents? reporters? dinner "
    "conference summit meeting talks? accords? agreements? negotiations ceasefire office bureau edition newspaper stock apartment "
    "Rose Situation East West North South Jewish international central main"
)
_PEOPLE = _words(
    "officials? sources? policymakers diplomats? government administration regime authorities leadership elites? lawmakers insiders "
    "establishment negotiators hawks hardliners spokes(?:man|woman|person) politicians circles propaganda bureaucrats envoys? aides? "
    "advisers? advisors?"
)
_ACTS = _words(
    "said says told tells announce[ds]? warn(?:s|ed)? insist(?:s|ed)? demand(?:s|ed)? ask(?:s|ed)? call(?:s|ed) want(?:s|ed)? "
    "believe[ds]? fear(?:s|ed)? hope[ds]? den(?:y|ies|ied) accuse[ds]? reject(?:s|ed)? refuse[ds]? decline[ds] back(?:s|ed)? "
    "support(?:s|ed)? agree[ds]? sees? saw view(?:s|ed) argue[ds]? maintain(?:s|ed)? urge[ds]? pledge[ds]? vow(?:s|ed)? promise[ds]? "
    "sends? sent expel(?:s|led)? recall(?:s|ed)? summon(?:s|ed)? invoke[ds]? request(?:s|ed)? trigger(?:s|ed)? offer(?:s|ed)? "
    "propose[ds]? signal(?:s|l?ed)? consider(?:s|ed)? plan(?:s|ned)? seeks? sought tr(?:y|ies|ied) decide[ds]? intend(?:s|ed)? "
    "prefer(?:s|red)? resist(?:s|ed)? oppose[ds]? welcome[ds]? condemn(?:s|ed)? criticise[ds]? criticize[ds]? dismiss(?:es|ed)? "
    "responds? responded repl(?:y|ies|ied) retaliate[ds]? impose[ds]? lift(?:s|ed)? suspend(?:s|ed)? withdraws? withdrew respects? "
    "join(?:s|ed)? follow(?:s|ed)? look(?:s|ed)? appear(?:s|ed)? seem(?:s|ed)? need(?:s|ed)? ha(?:s|d|ve) wills? would could should "
    "may might must do(?:es)? did can cannot won't wouldn't doesn't didn't don't can't hasn't couldn't shares? shared claim(?:s|ed)? "
    "confirm(?:s|ed)? declare[ds]? describe[ds]? express(?:es|ed)? consult(?:s|ed)? notif(?:y|ies|ied) inform(?:s|ed)? "
    "hesitate[ds]? stop(?:s|ped)? cut(?:s)? broke breaks? kept keeps? took takes? gave gives? made makes? got put puts? stood stands? "
    "turn(?:s|ed) push(?:es|ed)? press(?:es|ed)? wait(?:s|ed)? know(?:s)? knew think(?:s)? thought understand(?:s)? understood "
    "recogni[sz]e[ds]? resume[ds]? ordered orders approve[ds]? veto(?:es|ed)? abstain(?:s|ed)? deploy(?:s|ed)? suppl(?:y|ies|ied) "
    "acknowledge[ds]? conclude[ds]? count(?:s|ed) complain(?:s|ed)? protest(?:s|ed)? regard(?:s|ed)? remain(?:s|ed)? sided sides "
    "went goes faces? faced blame[ds]? counter(?:s|ed)? portray(?:s|ed)? tests? tested cited cites cite use[ds]? expects? expected "
    "chose chooses? beg[aiu]ns?\\sto w[io]ns? los(?:es?|t) fe(?:els?|lt) bought buys? spent paid pays? drew draws? fought "
    "fights? heard hears? meant means swore struck\\sback rejoiced balk(?:s|ed)? bow(?:s|ed)? yield(?:s|ed)? lodge[ds]? scramble[ds]? "
    "lent lends? sat\\son sells? froze freezes speaks? spoke drove drives? forgot forgets? forbade forbids? bent caved dithered "
    "tore threw ran r[ai]ngs? shut swept dug clung slid hid sank shook stole swung shot woke wrote won withstood "
    "overthrew undertook forgave walked slammed "
    "threaten(?:s|ed)? lets? disagree[ds]? abstains objects chairs? holds? held leads? led worr(?:y|ies) wields? owes? denounce[ds]?"
)
_STATES_OF_MIND = _words(
    "unwilling willing ready prepared reluctant opposed keen wary concerned worried determined likely unlikely expected said "
    "believed thought adamant cautious sceptical skeptical committed furious angry anxious eager open silent isolated convinced "
    "right wrong responsible obliged bound able unable entitled free inclined aware afraid alarmed behind content divided forced "
    "slow(?:er)? quick(?:er)? firm(?:er)? blunt(?:er)? cool(?:er)? tough(?:er)? soft(?:er)? bold(?:er)? warier keener frank sympathetic "
    "generous helpful supportive lukewarm dismissive guarded indifferent polite impolite quicker alone unmoved "
    "unconvinced unimpressed tempted neutral noncommittal "
    "happy hesitant hostile interested loath nervous outraged pleased satisfied sure uneasy unhappy careful due set"
)
_HURT = _words(
    "hit attacked rocked struck bombed shelled liberated captured evacuated paralysed paralyzed closed quiet calm spared besieged "
    "encircled surrounded flooded home destroyed burning reeling mourning located hosting celebrating holding"
)
_FURTHER = (
    r"(?: itself| alone| also| first| last| finally| once| twice| only| even| now"
    r"| already| still| quickly| never| since| long| later| again| not| officially| then|n't| \w+ly"
    r"| (?:less|more|very|so|too|quite|rather|as|far|even|most))"
)

_ASIDE = (
    r",? (?:for (?:its part|one)|too|however|in (?:turn|the end)|meanwhile|by contrast|as (?:ever|always)|of course|under pressure"
    r"|like [A-Z]\w+|(?:he|she|they|officials|diplomats|ministers|analysts) \w+|(?:in|by|under|despite|through) its [^,.;:]{3,50}"
    r"|which (?!ha[sd]\b|hosted)[^,.;:]{3,50}),"
)
_BURNED = re.compile(
    r" (?:burn(?:ed|t|s)|fell|surrendered|starved|mourn(?:ed|s)|slept|celebrat(?:ed|es)|erupted|emptied|exploded|trembled|rejoiced)\b"
    r"(?! (?:to|silent|over|short|back|behind|out|for)\b)"
)
_AFTER_PLACE = re.compile(
    rf"-(?:based|born|area|bound|educated)\b|'s? (?:\w+ )?(?:{_SPOTS})\b| (?:{_SPOTS})\b|, (?:[A-Z][a-z]+\.? \d|\d+ [A-Z])"
    rf"| (?!{_DAYS})[A-Z][a-z]"
    rf"|{_FURTHER}{{0,2}} (?:is|was|has been|had been|were|came|is still|was still){_FURTHER}{{0,2}} (?:{_HURT})\b"
)
_AFTER_GOVERNMENT = re.compile(
    rf"-(?!based)[a-z]+ed\b|-(?:led|run|friendly)\b|'s? (?![\w-]+est\b)| (?:{_PEOPLE})\b"
    rf"|(?:{_ASIDE})?{_FURTHER}{{0,2}}(?: (?:on )?{_DAYS})? (?:{_ACTS})\b"
    rf"|{_FURTHER}{{0,2}} (?:is|was|are|were|isn't|wasn't){_FURTHER}{{0,2}} (?:{_STATES_OF_MIND}|\w+ing|to (?!host)[a-z]+)\b"
    rf"|, which (?!ha[sd]\b|hosted){_FURTHER}?(?:{_ACTS}|[a-z]{{3,}}ed(?! by))\b"
    r"|(?:-[A-Z]\w+)? (?:ties|relations|axis|alliance|rift|row|dispute|rapprochement|tensions)\b"
)
# "OSLO —", "OSLO (Agency) -", "Oslo, 3 May (Agency) -": where a report was filed from.
_DATELINE = re.compile(r"(?:/[A-Z][\w/]+)?(?:, [^.—]{3,25}\.?)? ?(?:\([A-Z][\w .]+\) ?)?(?:—|-{1,2} )")
# At the start of a sentence a capital that does anything but suffer is a government.
_STARTS = re.compile(
    r"(?:^|[.!?:;][\"')]* |[\"(]|[,;] (?:and|but|so|yet) |\b(?:\w+day|\d{4}|week|month|year|night|morning|ago|then|later),? "
    r"|\b(?:[Aa]fter|[Bb]efore|[Oo]nce|[Ss]ince|[Uu]ntil|[Aa]s|why|how|what|where|whom) )$"
)
_DID = re.compile(
    rf"(?:{_ASIDE})?{_FURTHER}{{0,2}} "
    rf"(?!mourn|burn|host|celebrat|suffer|erupt|remember|commemorat|(?:{_HURT})\b(?! (?:the|its|an?|all|both)\b))"
    rf"[a-z]{{3,}}ed(?=[ .,;:])(?! by\b)"
)
_AT = (
    "in at near outside around across inside throughout into via through over central downtown north south east west northern southern "
    "eastern western greater occupied besieged nearby visit visits visited visiting tour tours toured touring reach reaches reached "
    "reaching attacked bombed shelled struck captured"
)
_BEFORE_PLACE = frozenset(_AT.split())
_TOWARDS_PLACE = re.compile(
    r"\b(?:(?:attacks?|assaults?|strikes?|raids?|march(?:es|ed)?|bombings?|massacres?|rockets?|missiles?|drones?|shells?|attacked|bombed|"
    r"shelled)(?: \w+)? (?:on|against)|(?:left|leave|leaves|leaving|headed|bound|depart(?:ed|s)?|flights?|trains?) for) (?:the )?$",
    re.IGNORECASE,
)
_TRUST_IN = re.compile(r"\b(?:confidence|trust|faith|interest|allies|friends|partners?) in $", re.IGNORECASE)
_WITH = (
    "between with toward towards against by without versus unlike behind despite than for on upon about both either neither nor only "
    "even whether if because that although while when but"
)
_FOR_GOVERNMENT = frozenset(_WITH.split())
_DO = "did do does had has was were is are will would"
_AS_DID = re.compile(rf"\b(?:as|so|nor) (?:{_words(_DO)}) $", re.IGNORECASE)
_AUXILIARIES = frozenset(f"{_DO} can could should must might".split())
_LAST_WORD = re.compile(r"(\w+) (the )?$", re.IGNORECASE)
_TO_GOVERNMENT = re.compile(
    r"\b(?:ambassadors?|envoys?|messages?|signals?|appeal(?:s|ed)?|blow|alternative|response|sales?|shipments?|deliver(?:y|ies)|exports?|close|closer|loyal|hostile|friendly|allied|"
    r"unacceptable|opposed|concessions?|support|aid|help|assistance|loans?|weapons|arms|according|thanks|sp[eo]ak|spoke|talk(?:s|ed)?|"
    r"listen(?:ed)?|answer|turn(?:ed|s)?|complain(?:ed)?|protest(?:ed)?|provocative|important|demands?|ultimatum|warnings?|threats?|"
    r"ties|tied|links?|pledges?|commitment|rebuke|reply|contrast|letter|note|sympathetic|offer(?:s|ed)?|left it|up|owed?|no|yes)"
    r"(?: \w+){0,2} to $",
    re.IGNORECASE,
)
_FROM_GOVERNMENT = re.compile(
    r"\b(?:support|aid|help|backing|pressure|action|actions|responses?|signals?|assurances?|guarantees?|approval|permission|concessions?|"
    r"demands?|criticism|condemnation|orders|weapons|arms|threats?|statements?|messages?|word|reactions?|independence|distance|"
    r"instructions|promises?|resistance|opposition|requests?|money|funding|loans|protests?|denials?|silence|warnings?|sanctions|"
    r"directives|reassurances?|commitments?|reply|answers?|moves?|leadership|interference|objections?|aggression|"
    r"more|less|nothing|little|much|envoys?|delegat\w+|negotiators?)"
    r"(?: \w+){0,2} from $",
    re.IGNORECASE,
)
_OF_GOVERNMENT = re.compile(
    r"\b(?:support|help|intentions?|actions?|influence|polic(?:y|ies)|hands?|part|side|accusations?|behalf|approval|backing|demands?|"
    r"all(?:y|ies)|wary|suspicious|critical|fears?|reach|will|favou?r|attitude|refusal|reluctance|ahead|instead|regardless|position|"
    r"orbit|control|sphere|mercy|views?|patience|silence|enem(?:y|ies)|foes?|friends?|critics?|mistrust|distrust|sceptical|afraid|"
    r"independent|aims?|goals?|interests|ambitions|accus\w+) of $",
    re.IGNORECASE,
)
_OBJECT_GOVERNMENT = re.compile(
    r"(?:tell|told|telling|let|leave|leaving|lead|deter|defy|defied|allow|help|force|push|accus\w+|urg\w+|warn\w*|ask\w*|"
    r"press(?:ed|ing)?|pressur\w+|demoni[sz]\w+|embarrass\w*|provok\w+|anger\w*|infuriat\w+|antagoni[sz]\w+|alienat\w+|blam\w+|"
    r"support\w*|back(?:s|ed|ing)?|critici[sz]\w+|condemn\w*|follow\w*|persuad\w+|convinc\w+|isolat\w+|punish\w*|deterr\w+|"
    r"reassur\w+|inform\w*|notif\w+|consult\w*|sanction\w*|join\w*|trust\w*|confront\w*|engag\w+|challeng\w+|counter\w*|appeas\w+|"
    r"thank\w*|prais\w+|prompt\w*|irritat\w+|annoy\w*|alarm\w*|arm(?:s|ed|ing)|assist\w*|bolster\w*|contain\w*|threaten\w*|oblig\w+|"
    r"want\w*|expect\w*|commit\w*|mislead\w*|misled|placat\w+|pit\w*|bind\w*|bound|surpris\w+|"
    r"said|says|cheer\w*|stun\w*|enrag\w+|frustrat\w+|unsettl\w+|humiliat\w+|reward\w*|court(?:s|ed|ing)|woo\w*|lobb\w+|betray\w*|abandon\w*|"
    r"upset\w*|weaken\w*|strengthen\w*|worr(?:y|ied|ies))"
)
_OBTAINED = re.compile(
    r"\b(?:want|need|seek|sought|ask|demand|expect|gets?|got|receiv|secur|extract|obtain|await|request|buy|bought)\w* "
    r"(?:(?!(?:flights?|trains?|tickets?|planes?|bus|away|back|home|out|far)\b)[\w-]+ ){0,4}from $",
    re.IGNORECASE,
)
# After these words the name is the government's only where the words before them say so.
_RELATIONS = {"to": (_TO_GOVERNMENT,), "from": (_FROM_GOVERNMENT, _OBTAINED), "of": (_OF_GOVERNMENT,)}
# "How did Oslo react?": a verb parted from its auxiliary by the name.
_VERB = re.compile(
    r" (?:not |ever |really |still |now )?(?!(?:and|or|to|in|at|look|feel|seem|become|get|host|have|be|mean|recover|burn|fall)\b)[a-z]+\b"
)
_SPOT = re.compile(rf"(?:'s)? (?:{_SPOTS})\b")
_AT_SEAT = re.compile(r"\b(?:in|at|outside|inside|near|into|around|leaving|left|visit(?:s|ed|ing)?) (?:the )?$")


def means_government(text: str, start: int, end: int) -> bool | None:
    """Whether the capital's name at ``text[start:end]`` stands for a government; ``None`` where its surroundings do not say.

    Several names joined by "and" or commas are decided as one: give the start of the first and the end of the last.

    Examples
    --------
    >>> [means_government(text, text.index("Oslo"), text.index("Oslo") + 4) for text in ("Oslo refused", "talks in Oslo", "Oslo, Oslo")]
    [True, False, None]
    """
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    if (not before.strip() or text[start:end].isupper()) and _DATELINE.match(after):
        return False
    last = _LAST_WORD.search(text, max(0, start - _LONGEST_WORD), start)
    word, the = (last[1].lower(), bool(last[2])) if last else ("", False)
    # In the possessive even "in" names a government: "in Oslo's view".
    if (after.startswith("'") and not _AFTER_PLACE.match(after)) or (word == "in" and _TRUST_IN.search(before)):
        return True
    if _AFTER_PLACE.match(after) or word in _BEFORE_PLACE or (word in {"on", "against", "for"} and _TOWARDS_PLACE.search(before)):
        return False
    if word in _RELATIONS and not the:
        return any(relation.search(before) for relation in _RELATIONS[word])
    dealt_with = not the and (word in _FOR_GOVERNMENT or _OBJECT_GOVERNMENT.fullmatch(word)) and not _BURNED.match(after)
    parted = word in _AUXILIARIES and (_AS_DID.search(before) or _VERB.match(after))
    acts = _AFTER_GOVERNMENT.match(after) or (_STARTS.search(text, max(0, start - _LONGEST_WORD), start) and _DID.match(after))
    return True if dealt_with or parted or acts or before.lower().endswith(("pro-", "anti-")) else None


def means_institution(text: str, start: int, end: int) -> bool:
    """Whether the seat of government at ``text[start:end]`` stands for those who govern there, as it mostly does.

    Examples
    --------
    >>> [means_institution(text, text.index("Fort"), text.index("Fort") + 4) for text in ("a Fort adviser", "met at the Fort on Monday")]
    [True, False]
    """
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    if _SPOT.match(after):
        return False
    if after.startswith("'"):
        return True
    moving = before.removesuffix("the ").endswith(" to ") and not _TO_GOVERNMENT.search(before.removesuffix("the "))
    return not moving and not _AT_SEAT.search(before)
