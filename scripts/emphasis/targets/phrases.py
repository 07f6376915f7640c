"""What a quantity is about: the noun phrase before it, without the verbs and adverbs around it.

The text before a quantity is taken apart from both ends. Its predicate is right before the number, so the end goes first:

    今年 全力 推动 ｜ 规上工业增加值 ｜ 预计 增长      (7%以上)
    opener, adverb, verb   indicator   adverb, predicate

What is left of the beginning is openers, adverbs and verbs; what is left of all is the indicator. Without a predicate the verb
at the beginning says what is done with the indicator (新建｜口袋公园, 40处). Most words are ambiguous: 生产 is a verb in 生产汽车20万辆
and part of a noun in 生产能力20万辆, so each removal asks what its neighbour is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from emphasis.targets.noun_after import FIRST_OF_ALL, KNOWN, NOUN_ENDING
from emphasis.targets.wordlists import WordSet, alternation, alternatives, words

_ACTIONS = (*words("clause", "actions"), *words("clause", "causatives"))
_ACTION = WordSet(_ACTIONS)
_BEFORE_VERB = WordSet(words("clause", "before_verbs"))
_CAUSATIVE = WordSet(words("clause", "causatives"))
_CHANGE = WordSet(words("clause", "change"))
_PREDICATES = (*words("clause", "change"), *words("clause", "arrival"))
_PREDICATE = WordSet(_PREDICATES)
_GOVERNING = WordSet(w for w in (*words("clause", "causatives"), *words("clause", "change"), "控制") if len(w) > 1)
"""Verbs whose object may be a rate (提高｜绿化覆盖率)."""
_RATES = ("率", "系数", "比例", "比重", "占比")
_TRANSITIVE = frozenset(words("clause", "transitive"))
_ADVERB = WordSet(words("clause", "adverbs"))
_NOT_INSIDE = alternatives("clause", "not_inside", (*_PREDICATES, *words("clause", "adverbs")))
_OPENER = WordSet(words("clause", "openers"))
_NO_INDICATOR = frozenset(words("clause", "no_indicator"))


_N = "一二三四五六七八九十"
YEAR_DIGITS = "一二三四五六七八九○〇零"
"""Digits of years in Chinese (一九八六年)."""
THAN = r"(?<![环同占对评可师])比(?!重|例|率|值)"
"""A regular expression for 比 where it compares, and is not part of 环比, 占比, 比重 ..."""
_TIME_OPENER = re.compile(
    rf"全[国省市区县州]计划(?!经济|生育|单列|内|外)|在(?=[一二三四]季度|[上下]半年|前[二三])|\(?[{_N}]{{1,2}}[)、](?!第?[{_N}]{{1,2}}(?:、|次?产|[级类等线环]))|\(?\d{{1,2}}(?:\)|[、.](?!\d))|[①-⑳❶-❿]|——?|第[{_N}]{{1,2}},|[{_N}]是(?!否)|是在|共(?=建成|建设了)|(?:国务院)?提请[^,;]{{2,14}}?审议"
    rf"|(?:到|截至|截止|自|从)?(?:(?:\d{{4}}|[{YEAR_DIGITS}]{{4}})年(?:底|末|度|以来|全年|我国|全国|全省|全市)?"
    rf"|[今去上前]年(?:底|末|以来|(?:计划|预算(?![内外]))(?:要求|安排)?)?|“?[{_N}]+五”?(?:时期|期间)|“[{_N}]+五”?(?:前[两三四]年|末|以来)?|[{_N}]+年间"
    rf"|过去[{_N}\d]+年|(?:全部|基本)?(?:建成|投产|竣工|投运|通车|建成投产)[以之]?后|[近这][{_N}\d]+年|\d+月(?:底|份)?|[{_N}]+年(?!义务|一贯|制)[来内间]?(?:共|全国)?|未来[{_N}\d]+年)[,来里间]?"
)
"""What numbers or dates an indicator (三是…, 到2027年…, “十四五”时期…)."""
_REPORTED = re.compile(r"[^,;]{0,10}?(?:提出|确定|建议|要求)(?=(?:今年|\d{4}年))|[^,;]{0,16}?目标(?:是|为)(?=..)")
"""Who sets the target, before its time (中央提出｜今年经济增长)."""
_ON_BASIS = re.compile(
    r"(?:要?在[^,;]{0,14}(?:(?:基础|基数)之?上|(?:情况|压力|背景|条件|形势)下)|(?:扣除|剔[除出])[^,;]{2,14}(?:后|因素)"
    r"|按(?:照)?[^,;、按]{0,8}(?:不变|可比|现行|当年)(?:价格?|口径)(?:计算)?)$"
)
"""From where, under which conditions or at which prices something changes (周转量｜在一九五四年基数上｜增长, 收入｜扣除留抵退税后｜增长)."""
_BASIS_ALONE = re.compile(r"按(?:照)?[^,;、按]{0,8}(?:价格?|口径)(?:计算)?|(?:扣除|剔除)[^,;]{2,14}(?:后|因素)")
"""A basis in a clause of its own, before the same indicator (生产总值42亿元,｜按可比价格计算｜增长13%)."""
_PRICED = ("价", "价格", "口径", "计算")
_BASIS_ENDS = ("上", "下", "后", "因素", *_PRICED)
_PLANNED = re.compile(r"(?<=..)(?:计划|预算|预计)$")
_PLANNED_AT = frozenset(("达到", "达", "增加到", "提高到", "增长到"))
"""Predicates of arrival before which a plan is an adverb, too (产量计划｜达到), unlike 基建计划｜为."""
_REALISED = re.compile(
    r"(?<=..)(?:预计)?实现(?=(?:营业|销售|主营(?:业务)?|总)?(?:增加值|收入|产值|利润|利税|税收|总产值|进出口|销售额|创汇)|(?:地区|本[区市])?生产总值)"
)
"""A causative between who earns and what (金融业｜实现｜增加值)."""
_COMPARED = re.compile(rf"(?:{THAN}|较|(?<!参)与)(?P<ref>[^;比较]{{1,30}})$")
"""What a change is compared with (比全国平均水平｜高)."""
_RUN = re.compile(
    r"(?:已)?连续第?(?:\d+|[一二两三四五六七八九十]+)(?:年|个月|个季度)(?:每年|稳定|保持)?|(?<=..)有[一二两三四五六七八九十]年(?!级|限|期)"
)
"""For how long something has been so (连续4年｜超过10万人): no part of the indicator."""
_SO_FAR = re.compile(r"(?<![全今当本去]年)(?<!年内|年度|5年|五年)累计(?!平均|装机|浓度|产能)")
"""A sum up to now (累计｜建成公园80座), and not one of a year or of five."""
_AMONG = re.compile("^在?(?:全[国省市县]|全球|世界)的?(?=(?:位次|份额)$)")
"""Among whom something has its place or share (在全国的｜位次)."""
_FINAL_RUN = re.compile(f"(?:{_RUN.pattern})$")
_PAST_YEAR = re.compile(r"(?:上|去|前|今)年|\d{4}年|同期|年前|上届|以前|原来|年初|上一")
_RELATION = re.compile(r"(?P<how>高于|低于|快于|慢于|优于|好于|高出|领先|少于|多于)(?P<ref>[^,;]{1,14})$")
_SHARE = re.compile(
    r"(?:约)?(?<!侵)(?<!抢)占(?!地(?!区(?!域)|方(?!圆|面))|道|补|比|用|有)(?:到|比)?(?P<base>[^,;占]{0,24}?)(?:的)?(?:比重|比例|比)?$"
)
"""The whole of which a quantity is a part (占｜全国｜的比重)."""
_PREPOSITION = re.compile(rf"(?:{alternation(words('clause', 'prepositions'))})(?!建|外|口|接|色)")
_INNER_VERB = re.compile(
    r"(?<=..)(?:新入驻|新修|拟安排|安排(?!部署)|新开通|开通|建成|完成|引进|获评|获得|荣获|承接|推送|推出|举办|发送|识别)(?![的率额量]|投资$|(?<=建成)(?:区|面积))(?=..)"
)
"""A verb between its subject and what is counted (花湖机场｜开通｜货线91条)."""
_LONG_OPENER = re.compile(r".{12,}(?:实现|确保|力争|推动|带动)(?=.{3,}$)")
"""A long statement with its causative before the indicator (实施新一轮…行动,确保｜粮食产量)."""
_COMPARISON = re.compile(r"(?:比(?!重|例|率|值|较|特|亚)|同.{2,12}比较$|小于|大于|超(?:过|出)|高于|低于|高出)")
_MILESTONES = ("关口", "大关", "台阶", "门槛")
_STEPS_TAKEN = re.compile(
    r"(?<=..)(?:历史性|连续|接连|先后|相继|连|再){0,2}(?:跨越|跨过|跨上|跨|迈上|迈过|跃上|登上|踏上|突破)了?"
    rf"(?:[\d{_N}两]+个)?[百千万亿元]*大?(?:台阶|关口|大关|门槛)、?$|(?<=..)实现零的?突破、?$"
)
"""What was passed before the figure is named (零售总额｜连跨四个百亿台阶、｜达到, 企业｜实现零的突破、｜达到)."""
_MILESTONE = re.compile(rf"(?:突破|迈上|跨越|跨过|跃上|站上|突破了)[^,;、]{{1,8}}(?:{'|'.join(_MILESTONES)})$")
_IN_DATES, _DATED = ("五年", "两年", "年底", "年末"), (*YEAR_DIGITS, *"0123456789去今上前")
_TRAILING_YEAR = re.compile(
    rf"(?:由|从)(?:上|去)年$|(?:到|至|在|从|由)?(?:\d{{4}}|[{YEAR_DIGITS}]{{4}})年(?:底|末)?$"
    rf"|(?:自|从)?(?:\d{{4}}年|“?[{_N}]+五”?|[上下]半年|[去今]年|年初)以来$"
)
_OBJECT_FIRST = re.compile(
    r"(?:今年|去年|坚持|始终)?要?(?:将(?!军|乐)|把)|要(?=[\u4e00-\u9fff]{4})(?!素|求|道|塞)|使(?!用|馆|命|者|节)"
    r"|(?:和(?!谐|平|睦|美|田|硕|龙|静|县|顺|政县|林格尔|布克|解|合|尚)|但是?|而且?(?!立))(?=..)"
)
"""将 or 把 before an object that precedes its verb (将｜城镇失业率｜控制在)."""
_ALSO_NOUNS = frozenset(("建议", "计划", "预算"))
_ADVERB_INSIDE = re.compile(r"还|(?<!公)共(?!同|享|建|有|和|性|青|管)|继续|将(?!军)|已|成功|先后|又")
"""An adverb between a subject and its verb (政府｜还｜支出农村救济费)."""
_COMPLETION = re.compile(alternation(words("clause", "completions")))
"""What shows that a whole statement precedes the 、 (管网基本建成、…)."""
_MERGES = ("并网", "并购", "并联", "并轨", "并表", "并行")
"""Words of which 并 is the first character, and no conjunction."""
_EDGE = " 、,的了(—:)”’"
_OPEN = "“‘"
_BEFORE_ACTION = ("分别", "均", "各", "累计", "全年", "共", "分别新", "累计新", "将", "已", "要")
_NO_VERBS = ("建筑", "建制", "建材", "建档", "建言", "获得感", "获得性")
"""Words that begin with a verb of one character."""
_WHO = re.compile("[全我][省市县区国州](?=建成|新建|完成|新增|修建|新改建)")
_FOR_EACH = re.compile(
    r"每(?:[十百千万]*(?:名|个)?(?:常住)?(?:人口|老年人|老人|人|户)|斤|亩|吨|度|千瓦时|公里|平方公里|千瓦)$"
)
"""Of how many an amount is one (电话普及率达到｜每百人｜14部)."""


class LeftContext(NamedTuple):
    """What the text before a quantity says.

    `indicator` is empty where the subject of the quantity is elsewhere. `offset` is where the indicator begins in the text
    that was read. `verb` is what is done with the indicator (新建), `direction` the predicate (增长, 高于全国). `reference` is
    what the quantity is compared with (全国), `base` the whole of a share (全国 in 占全国). `cumulative` tells that it is a sum so
    far (累计建成), and not one of the year (全年累计).
    """

    indicator: str = ""
    offset: int = 0
    verb: str = ""
    direction: str = ""
    adverbs: tuple[str, ...] = ()
    reference: str = ""
    base: str | None = None
    cumulative: bool = False


@lru_cache(maxsize=KNOWN)
def read_left_context(left: str) -> LeftContext:
    """Indicator, verb and predicate in the text before a quantity, from the start of the clause or the quantity before.

    Examples
    --------
    >>> read_left_context("推动规上工业增加值增长").indicator, read_left_context("新建口袋公园").verb
    ('规上工业增加值', '新建')
    >>> read_left_context("城镇新增就业").indicator
    '城镇新增就业'
    """
    rest, found = _split_predicate(_strip_run(left.rstrip()))
    rest = rest.rstrip(" 、")
    if "占" in rest and not found.reference:
        share = _SHARE.search(rest)
        if share is not None:
            found = found._replace(base=share["base"], direction=found.direction or "占")
            # 增长43%、占全国1/4: what precedes 占 belongs to the quantity before.
            rest = "" if rest[: share.start()].endswith("、") else rest[: share.start()].removesuffix("所")
    rest, more = _strip_adverbs(rest)
    if more:
        found = found._replace(adverbs=found.adverbs + more)
    if rest.endswith("经济") and found.direction == "增长":
        # 经济增长5%: the name of the indicator is 经济增长.
        rest += "增长"
    rest = _strip_run(rest)
    if rest.endswith(("年", "底", "末", "来", "年的")):
        rest = _TRAILING_YEAR.sub("", rest.removesuffix("的"))
    rest = rest.rstrip(" 、")
    rest = _MILESTONE.sub("", _STEPS_TAKEN.sub("", rest)) if rest.endswith((*_MILESTONES, "突破")) else rest
    found = _find_indicator(rest, found)
    return found._replace(cumulative=True) if "累计" in left and _SO_FAR.search(left) is not None else found


def _strip_run(text: str) -> str:
    return _FINAL_RUN.sub("", text) if "连续" in text or "有" in text else text


def _strip_adverbs(text: str) -> tuple[str, tuple[str, ...]]:
    taken: list[str] = []
    while True:
        adverb = _ADVERB.longest_suffix(text)
        if adverb in _IN_DATES and text[: -len(adverb)].endswith(_DATED):
            # 一九八五年 is a year, not five of them; 去年底 is a date.
            return text, tuple(taken)
        if not adverb or (len(adverb) == 1 and len(text) > 1 and not _is_adverb(text, adverb)):
            return text, tuple(taken)
        taken.append(adverb)
        text = text[: -len(adverb)].rstrip()


def _is_adverb(text: str, adverb: str) -> bool:
    """Whether a single character at the end is an adverb (增加值｜已), not the end of a noun (人工智能 ends in 能) or verb (签约 in 约)."""
    known = adverb in "均将已也约各共要再仍则可又拟新即却只都按远尚仅就还才以首" and not _is_inside(text, adverb)
    return known or len(text) == len(adverb)


def _is_inside(text: str, word: str) -> bool:
    """Whether a single character at the end is the end of a longer word."""
    return len(word) == 1 and text[-2:-1] in _NOT_INSIDE.get(word, ())


def _split_predicate(text: str) -> tuple[str, LeftContext]:
    """Take the predicate, its adverbs and what it compares with off the end.

    粮食产量 预计 达到 → 粮食产量; 常住人口城镇化率 比全国平均水平 高 → 常住人口城镇化率, with the reference 全国平均水平.
    """
    text = _FOR_EACH.sub("", text) if "每" in text else text
    text, first = _strip_adverbs(text)
    found = LeftContext(adverbs=first)
    relation = _RELATION.search(text)
    if relation is not None and not text.endswith(("左右", "以上")):
        direction = relation["how"] + relation["ref"]
        return text[: relation.start()], found._replace(direction=direction, reference=relation["ref"])
    if text.endswith("了"):
        text = text[:-1]
    predicate = _PREDICATE.longest_suffix(text)
    if len(predicate) == 1 and (final_verb(text) or _is_inside(text, predicate)):
        # 拥有 ends in the predicate 有: a verb of several characters has precedence over a predicate of one.
        predicate = ""
    if not predicate:
        predicate = _ACTION.longest_suffix(text)
        before = text[: -len(predicate)]
        if not before.endswith(_BEFORE_ACTION) or not _strip_adverbs(before)[0]:
            # An action is a predicate only after a subject and an adverb (公园、绿道｜分别｜新建). In 累计减税降费 nothing but the
            # adverb precedes it: there it is what the quantity is about, and stays for `_strip_verbs`.
            return text, found
    before_adverbs = _strip_run(text[: -len(predicate)].rstrip())
    if predicate in _PLANNED_AT:
        before_adverbs = _PLANNED.sub("", before_adverbs)
    elif predicate in _CHANGE:
        # 国民生产总值计划｜增长: an adverb here, and a noun in 基建计划｜为.
        before_adverbs = _PLANNED.sub("", before_adverbs)
        based, more = _strip_adverbs(before_adverbs)
        if based.endswith(_BASIS_ENDS) and (basis := _ON_BASIS.search(based)) is not None:
            before_adverbs, first = based[: basis.start()], first + more
    rest, more = _strip_adverbs(before_adverbs)
    if predicate not in _CHANGE and rest.endswith(_PRICED) and (basis := _ON_BASIS.search(rest)) is not None:
        rest = rest[: basis.start()]
    found = found._replace(direction=predicate, adverbs=first + more)
    compared = _COMPARED.search(before_adverbs) if predicate in _CHANGE else None
    if compared is not None:
        rest = _PLANNED.sub("", before_adverbs[: compared.start()])
        # 比上年增长 compares with the past, as every change does, and needs no reference; 比全国高 does.
        if not _PAST_YEAR.search(compared["ref"]):
            found = found._replace(direction=f"比{compared['ref']}{predicate}", reference=compared["ref"])
        rest, more = _strip_adverbs(rest)
        found = found._replace(adverbs=found.adverbs + more)
    return rest, found


def _find_indicator(text: str, found: LeftContext) -> LeftContext:
    """Take openers and verbs off the beginning of what is left of the text; what remains is the indicator."""
    phrase = text.lstrip(_EDGE).rstrip(" 、的:—").removesuffix("等")
    phrase = _FOR_EACH.sub("", phrase) if "每" in phrase else phrase
    # An opening quotation mark without a closing one is no part of a name.
    if phrase[:1] in _OPEN and "”" not in phrase and "’" not in phrase:
        phrase = phrase[1:]
    offset = text.find(phrase) if phrase else len(text)
    phrase, offset = _last_conjunct(phrase, offset)
    phrase, offset = _strip_openers(phrase, offset)
    acts = not found.direction or found.direction not in _CHANGE or not phrase
    # 绿化覆盖率达到32%: before a rate that arrives somewhere, what may be a verb says of what it is the rate.
    of_rate = phrase.endswith(_RATES if found.direction else "率")
    governs = acts and not of_rate
    phrase, offset, verb = _strip_verbs(phrase, offset, _ACTION if governs else _CAUSATIVE if not acts else _GOVERNING)
    verb = verb if acts else ""
    first = FIRST_OF_ALL.match(phrase)
    if first is not None:
        phrase, offset = phrase[first.end() :], offset + first.end()
    cut = _LONG_OPENER.match(phrase)
    if cut is not None:
        phrase, offset = phrase[cut.end() :], offset + cut.end()
    phrase = _REALISED.sub("", phrase) if "实现" in phrase else phrase
    inner = _INNER_VERB.search(phrase) if not verb and not found.direction else None
    if inner is not None:
        verb, phrase = inner.group(), phrase[: inner.start()] + phrase[inner.end() :]
    if not phrase and not verb and found.direction in _TRANSITIVE:
        verb = found.direction
    phrase = _RUN.sub("", phrase) if "连续" in phrase else phrase
    phrase = _AMONG.sub("", phrase)
    named = phrase not in _NO_INDICATOR and not _COMPARISON.match(phrase) and not _BASIS_ALONE.fullmatch(phrase)
    return found._replace(indicator=phrase if named else "", offset=offset, verb=verb)


def _last_conjunct(phrase: str, offset: int) -> tuple[str, int]:
    """The last of several coordinated statements (培育新动能、｜新建公园): only it belongs to the quantity."""
    cut = phrase.rfind("、")
    if cut > 0 and _COMPLETION.search(phrase, 2, cut):
        return phrase[cut + 1 :], offset + cut + 1
    while cut > 0:
        item = phrase[cut + 1 :]
        verb = _ACTION.longest_prefix(item)
        opens = _ACTION.longest_prefix(phrase) or _BEFORE_VERB.longest_prefix(phrase)
        # 建设、改造管网: two verbs share their object.
        alone = phrase[:cut] in _ACTION
        listed = item.startswith("、", len(verb))
        if len(verb) > 1 and opens and not alone and not listed and not NOUN_ENDING.match(item, len(verb)):
            return item, offset + cut + 1
        cut = phrase.rfind("、", 0, cut)
    return phrase, offset


def _strip_openers(phrase: str, offset: int) -> tuple[str, int]:
    """Take times, connectives and adverbs before a verb off the beginning (其中, 到2027年, 加快｜建设)."""
    verbs = _GOVERNING if phrase.endswith("率") else _ACTION
    while phrase:
        time = _TIME_OPENER.match(phrase) or _OBJECT_FIRST.match(phrase) or _REPORTED.match(phrase)
        time = time or FIRST_OF_ALL.match(phrase)
        opener = time.group() if time else _OPENER.longest_prefix(phrase) or _adverbs_before_verb(phrase, verbs)
        if opener == "并" and phrase.startswith(_MERGES):
            break
        if not opener:
            break
        kept = phrase[len(opener) :].lstrip(_EDGE)
        offset += len(phrase) - len(kept)
        phrase = kept
    return phrase, offset


def _adverbs_before_verb(phrase: str, verbs: WordSet) -> str:
    """The adverbs that begin a phrase, if one of the verbs follows them (统筹 积极｜建设公园); else none: 重点项目 is a noun."""
    position = 0
    while True:
        if phrase.startswith("基本建设", position):
            return ""
        adverb = _BEFORE_VERB.longest_prefix(phrase, position)
        verb = verbs.longest_prefix(phrase, position)
        if len(verb) >= len(adverb) and verb and not NOUN_ENDING.match(phrase, position + len(verb)):
            return phrase[:position]
        if not adverb:
            return ""
        position += len(adverb)
        if position == len(phrase):
            return "" if adverb in _ALSO_NOUNS else phrase


def _strip_verbs(phrase: str, offset: int, verbs: WordSet) -> tuple[str, int, str]:
    """Take verbs off the beginning, also coordinated ones (新建和改造提升), and what precedes them with a preposition.

    为残疾人 提供 康复服务 → 康复服务; 政府 还 支出 农村救济费 → 农村救济费. Returns the rest, its offset, and the verbs.
    """
    taken = ""
    preposition = _PREPOSITION.match(phrase) if verbs is _ACTION else None
    if preposition is not None:
        for at in range(preposition.end() + 1, min(len(phrase), 28)):
            verb = verbs.longest_prefix(phrase, at)
            if len(verb) > 1 and not NOUN_ENDING.match(phrase, at + len(verb)) and phrase[at - 1] not in "的":
                return _strip_verbs(phrase[at:], offset + at, verbs)
    adverb = _ADVERB_INSIDE.search(phrase, 2) if verbs is _ACTION and not verbs.longest_prefix(phrase) else None
    if adverb is not None:
        verb = verbs.longest_prefix(phrase, adverb.end())
        if len(verb) > 1 and len(phrase) - adverb.end() - len(verb) >= 2:
            offset += adverb.end()
            phrase = phrase[adverb.end() :]
    while phrase:
        verb = verbs.longest_prefix(phrase)
        alone = len(verb) == 1 and len(phrase) > 1 and (verb not in "获建" or phrase.startswith(_NO_VERBS))
        if not verb or alone or NOUN_ENDING.match(phrase, len(verb)) or phrase.startswith("的", len(verb)):
            break
        after = phrase[len(verb) :]
        # A conjunction is taken too if another verb follows it.
        joint = after[:1] if after[:1] in ("和", "、", "并", "或", "及") and verbs.longest_prefix(after, 1) else ""
        taken += verb + joint
        kept = after[len(joint) :].lstrip(" " if joint else "了出 ")
        # 要求｜全省｜建成农田: who is to do it.
        kept = _WHO.sub("", kept, count=1) if _WHO.match(kept) else kept
        offset += len(phrase) - len(kept)
        phrase = kept
    return phrase, offset, taken


def final_verb(text: str) -> str:
    """The verb at the end of a text, whose object is the noun after the quantity (打通｜50条断头路); empty if there is none."""
    verb = _ACTION.longest_suffix(text.rstrip("了 "))
    return verb if len(verb) > 1 or verb in {"建", "获"} else ""


def begins_with_verb(text: str) -> bool:
    """Whether a text begins with a verb of several characters (调整｜线路)."""
    return len(_ACTION.longest_prefix(text)) > 1


def is_change(direction: str) -> bool:
    """Whether a predicate says by how much something changed (增长, 比全国高), rather than where it arrived (达到)."""
    return direction in _CHANGE or (direction.startswith("比") and bool(_CHANGE.longest_suffix(direction)))
