"""Where a report itself marks a term: quotation marks, titles, lists, version numbers, names with a telling last part.

Each function returns strings as they stand in the normalised text of one sentence.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from math import log
from typing import NamedTuple

import numpy as np

from emphasis.segment.tokens import Entry, Lines, Token


def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


POLICY_VERBS = _words("""
    加快 推进 推动 促进 加强 强化 深化 优化 完善 健全 建立 构建 打造 培育 壮大 扩大 提升 提高 增强 改善 保障 维护
    落实 贯彻 实施 开展 组织 举办 办好 抓好 做好 搞好 确保 坚持 支持 鼓励 引导 激发 释放 拓展 拓宽 畅通 规范 严格
    严厉 扎实 深入 全面推进 统筹推进 稳步推进 持续推进 积极推进 大力发展 加大 加速 巩固 夯实 稳定 防范 化解 遏制
    打击 整治 治理好 解决 破解 减轻 降低 减少 压减 增加 新增 新建 改造好 建好 用好 管好 建成 完成 实现 达到 形成
    营造 弘扬 践行 争取 争创 创建 引进 吸引 招引 启动 部署 谋划 编制 制定 出台 修订 印发 发放 提供 满足 回应 关注
    重视 聚焦 突出 围绕 把握 抢抓 立足 依托 发挥 利用 运用 盘活 整合 共建共享 走进 避免 防止 取消 清理 排查 督促
    查处 推行 推广 探索 试行 开通 开工 投入 投用
""")
"""Verbs with which reports say what is done about a matter; a phrase of such a verb and a noun is no term."""

VERBS_IN_NAMES = _words("""
    组织 改造 整治 治理 保障 规范 创建 维护 建设 服务 推广 实现 稳定 完善 巩固 探索 发展
""")
"""Those of them that also head a noun phrase: 保障措施, 稳定器, 探索工程."""

HEADS = _words("""
    产业 经济 工程 行动 计划 示范区 产业园 产业园区 基地 平台 工业 集团 大学 大道 高速 机场 实验室 装备 材料 装置
    指数 保险 基金 债券 贷款 补贴 制度 机制 体系 公园 枢纽 走廊 城市群 都市圈 博物馆 医院 学院 论坛 博览会 大会
    峰会 养老金 贸易 消费 旅游 农业 物流 能源 电站 电网 港口 口岸 铁路 航线 班列 学校 幼儿园
""")
"""Last parts with which a repeated noun phrase is a term: 冰雪装备, 海河实验室."""

WEAK = _words("""
    全国 全省 全市 我国 我省 我市 国家 重点 重大 主要 各类 各级 各地 新 大 高 省 市 县 区 人 人员 工作 情况 问题
    方面 水平 能力 任务 目标 地区 领域 项目 数量 以上 部分 企业 群众 单位 质量 方式 作用 力度 规模 成果 成效 经验
    全面 积极 有效 深入 更大 更高 更多 困难 有力 扎实 广大 良好 显著 持续 明显 稳定 健康 快速 增长 发展 建设 改革
    推进 提升 加强
""")
"""Words that stand beside anything; a phrase with one of them is no term."""

PLACES = _words("""
    大街 大路 大道 中街 东街 西街 南街 北街 快速路 环线 绕越线 延长线 连接线 高速 高速公路 铁路 高铁 城际 大桥 隧道
    枢纽 综合枢纽 机场 国际机场 港区 码头 口岸 水库 灌区 水电站 电站 遗址 旧址 剧场 公园 湿地 古城 古镇 景区 度假区
    新城 科学城 医药城 科技城 大学城 产业园 产业园区 科技园 工业园 工业园区 博览园 示范区 综保区 保税区 开发区
    高新区 经开区 新区 自贸区 合作区 先行区 商圈 广场 博物馆 图书馆 体育馆 展览馆 科技馆 美术馆
""")
"""Last parts of the names of places and facilities."""

STREETS = _words("""
    大街 大路 大道 快速路 遗址 旧址 剧场 延长线 环线
""")
"""Those before which an ordinary noun makes a name too: 世纪大街."""

ORGANISATIONS = _words("""
    大学 学院 技师学院 职业技术学院 师范大学 理工大学 医院 中医院 妇幼保健院 集团 公司 有限公司 股份 银行 基金
    研究院 研究所 实验室 省实验室 大模型
""")
"""Last parts of the names of organisations."""

EVENTS = _words("""
    博览会 论坛 峰会 大会 展览会 交易会 洽谈会 运动会 锦标赛 联赛 邀请赛 马拉松 国际滑雪节 电影节 艺术节 文化节
    购物节
""")
"""Last parts of the names of events."""

GENERIC = _words("""
    国家 全国 全省 全市 国际 省级 市级 县级 国家级 世界 高等 重点 新型 现代 优质 主要 一流 重大 综合 城市 农村 地方
    我国 我省 我市 各类 全球 大型 中小 公立 本地 高水平 企业 上市 三级 基层 农业 文化 体育 工业 新建 改建 扩建 智慧
    滨海 区块链 境外 国外 海外 推动 支持 建设 加快 深化
""")
"""Words that a proper name does not begin with: 全省 / 示范区."""

NUMBERED_NAMES = _words("""
    九台 大同 大连 两重 港澳台 十一五 十二五 十四五
""")
"""Names that the dictionary takes for numerals or function words."""


_QUOTED = re.compile('[“"「『‘]([^“”"「」『』‘’。！？!?；;：:,，]{2,24})[”"」』’]')
_TITLE = re.compile("《([^《》。！？!?；;,，]{4,20})》")
_VERSION = re.compile(r"[\u4e00-\u9fd5]{2,8}\d\.\d版")
_LIST = re.compile('[^，,。；;：:！!？?“”"《》（）()—…|]+')
_COMMA = re.compile("、")
MARK = re.compile('[“"「『‘《版]')
"""What a text has in it that quotes something, names a document or names a version."""

# Words that make a quoted string a remark instead of a term: 改革成效最为明显, 总理还是我们的总理.
_REMARK = re.compile(
    "[()（）的了着把被最更很就都也还又已让吗呢吧你我他她它这那]|不要|使得|要|必须|应该|我们|是(?!非)|既|若"
)
_COUNTED = re.compile("[一二两三四五六七八九十百千万双][\u4e00-\u9fd5]")
_HAN = re.compile("[\u4e00-\u9fd5]")

NAMED_BY: dict[str, str] = (
    dict.fromkeys(PLACES, "ns") | dict.fromkeys(ORGANISATIONS, "nt") | dict.fromkeys(EVENTS, "nz")
)
"""Last parts that make what stands before them a proper name, and the part of speech of the whole."""

_FUNCTION = frozenset("的和与及或在等对从将把为以向由经被使让是有跨")
_NAME_PARTS = frozenset({"ns", "nr", "nz", "nrt", "nrfg", "nt", "x"})


def quoted(text: str) -> Iterator[tuple[str, int]]:
    """Terms in quotation marks, and where each begins.

    A row of four names and more (个转企、小升规…) gives each; a numbered slogan stays whole (一中心、五高地).

    Examples
    --------
    >>> [term for term, _ in quoted("锚定“一中心、五高地”，推进“厂网一体化”，获评“改革成效最为明显”")]
    ['一中心、五高地', '厂网一体化']
    """
    for match in _QUOTED.finditer(text):
        whole, start = match[1], match.start(1)
        parts = whole.split("、")
        if len(parts) > 1 and len(whole) <= 12 and all(_COUNTED.match(part) for part in parts):
            parts = [whole]
        row = len(parts) > 1
        if row and len(parts) < 4:
            continue  # 立足防、超前治、科学救: clauses, not names
        for part in parts:
            if 2 <= len(part) <= (4 if row else 12) and _is_name(part):
                yield part, start
            start += len(part) + 1


def titled(text: str) -> Iterator[str]:
    """Names of documents, in their own marks, without the marks; those too long to be cited whole are left out."""
    for match in _TITLE.finditer(text):
        if _is_name(match[1]) and not re.search("[、“”]", match[1]):
            yield match[1]


def versions(text: str, tokens: Sequence[Token]) -> Iterator[str]:
    """Names with a version: 人才政策3.0版. The name begins where a token begins and no verb stands."""
    # Most texts have none, and a search for this sign is much faster than one for the pattern.
    for match in _VERSION.finditer(text) if "版" in text else ():
        number = next((t for t in tokens if match.start() < t.end <= match.end() and t.token[0].isdigit()), None)
        before = [t for t in tokens if number and match.start() <= t.start and t.end <= number.start]
        while before and not before[0].pos.startswith(("n", "b", "j")):
            before = before[1:]
        if before and number:
            yield text[before[0].start : match.end()]


def lists(text: str) -> Iterator[list[tuple[int, int]]]:
    """Spans of the members of each row A、B、C of three and more; the first and last may hold more than a name."""
    for row in _LIST.finditer(text):
        ends = [row.start() - 1, *(sign.start() for sign in _COMMA.finditer(text, *row.span())), row.end()]
        if len(ends) > 3:
            yield [(before + 1, end) for before, end in pairwise(ends)]


def is_last_part(entry: Entry) -> bool:
    """Whether a token may be the telling last part of a proper name."""
    return entry.token in NAMED_BY and entry.kind != "number"


def names(tokens: Sequence[Token]) -> Iterator[tuple[str, str, list[Token]]]:
    """Proper names made of a name and a telling last part: 龙嘉机场, 东荣大路, 长春理工大学.

    Yields
    ------
    tuple
        The name, its part of speech, its tokens.
    """
    for at, last in enumerate(tokens):
        if last.token not in NAMED_BY or last.kind == "number" or _continues(tokens, at):
            continue
        first = at
        while first and tokens[first - 1].end == tokens[first].start and at - first < 4 and _names(tokens[first - 1]):
            first -= 1
        while first < at and tokens[first].token in GENERIC:
            first += 1
        parts = list(tokens[first : at + 1])
        length = sum(len(t.token) for t in parts)
        if len(parts) > 1 and 4 <= length <= 12 and _begins_name(tokens, first, last.token):
            yield "".join(t.token for t in parts), NAMED_BY[last.token], parts


def _continues(tokens: Sequence[Token], at: int) -> bool:
    """Whether the name goes on: 兰州铁路 / 枢纽."""
    return at + 1 < len(tokens) and tokens[at + 1].start == tokens[at].end and tokens[at + 1].token in NAMED_BY


def _begins_name(tokens: Sequence[Token], first: int, last: str) -> bool:
    """Whether a proper name begins at a token: not inside one that the dictionary cut up (张 / 江 / 高新区)."""
    token = tokens[first]
    proper = token.pos in _NAME_PARTS and token.token not in NAMED_BY
    if len(token.token) < 2 and not (last in STREETS and token.token in "东南西北中"):
        return False
    if not proper and last not in STREETS:
        return False
    if first and tokens[first - 1].end == token.start:
        before = tokens[first - 1].token
        return before not in {"至", "到"} and (len(before) > 1 or before in _FUNCTION)
    return True


def _names(token: Token) -> bool:
    """Whether a token can stand inside a proper name before its last part."""
    if token.kind == "number":
        return False
    return (
        token.token in GENERIC
        or token.pos in _NAME_PARTS
        or token.token in NAMED_BY
        or token.pos in {"n", "b", "f", "s", "j"}
    )


def _is_name(text: str) -> bool:
    return len(_HAN.findall(text)) >= 2 and not _REMARK.search(text) and not text[0].isdigit()


_INNER = ("n", "vn", "b", "a", "j", "l", "x", "eng", "s")
_LAST = ("n", "vn", "j", "l", "x")
_MOST_TOKENS, _MOST_CHARACTERS = 4, 12


def is_inner(entry: Entry) -> bool:
    """Whether a token can stand in a noun phrase that is a term."""
    return (
        len(entry.token) > 1
        and entry.pos.startswith(_INNER)
        and entry.kind != "number"
        and entry.token not in WEAK
        and entry.token not in POLICY_VERBS
    )


def is_last(entry: Entry) -> bool:
    """Whether a noun phrase can end with a token, by its part of speech."""
    return entry.pos.startswith(_LAST)


class Ngrams:
    """Noun phrases of two to four tokens, side by side without punctuation between them.

    Parameters
    ----------
    lines : Lines
        Of the report.
    """

    def __init__(self, lines: Lines) -> None:
        self.single = lines.tokens.counts()
        self._total = len(lines.tokens.entry)
        self._lines = lines
        firsts, stops = self._phrases()
        starts, ends = lines.starts[firsts].tolist(), lines.ends[stops - 1].tolist()
        texts = [lines.text[a:b] for a, b in zip(starts, ends, strict=True)]
        spans = [*zip(firsts.tolist(), stops.tolist(), strict=True)]
        self._count = Counter(texts)
        self._first = dict(zip(reversed(texts), reversed(spans), strict=True))
        self._repeated: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for text, span in zip(texts, spans, strict=True):
            if self._count[text] > 1:
                self._repeated[text].append(span)

    def _phrases(self) -> tuple[np.ndarray, np.ndarray]:
        """Where noun phrases of these lengths begin and stop, counted in tokens; in the order of the text."""
        inner, last = (self._lines.tokens.trait(of).astype(bool) for of in (is_inner, is_last))
        starts, ends = self._lines.starts, self._lines.ends
        joins = self._lines.beside & inner[:-1] & inner[1:]
        firsts, sizes = [], []
        whole = joins
        for size in range(2, _MOST_TOKENS + 1):
            here = whole & last[size - 1 :] & (ends[size - 1 :] - starts[: 1 - size] <= _MOST_CHARACTERS)
            firsts.append(np.flatnonzero(here))
            sizes.append(np.full(len(firsts[-1]), size))
            whole = whole[:-1] & joins[size - 1 :]
        first, size_of = np.concatenate(firsts), np.concatenate(sizes)
        order = np.argsort(first, kind="stable")
        return first[order], (first + size_of)[order]

    def association(self, text: str) -> float:
        """Mean pointwise mutual information of a string's neighbouring parts, in nats; 0 for a string that is no phrase."""
        if text not in self._first:
            return 0.0
        parts = self._parts(text)
        expected = sum(log(self.single[part] / self._total) for part in parts)
        return round((log(self._count[text] / self._total) - expected) / (len(parts) - 1), 3)

    def terms(self) -> Iterator[tuple[str, str, str]]:
        """Phrases seen at least twice, with varied neighbours on both sides, bound more than by chance.

        Yields
        ------
        tuple
            The phrase, its part of speech, its last token.
        """
        good = {
            text: len(spans)
            for text, spans in self._repeated.items()
            if self._varies(spans) and self.association(text) > 4.0
        }
        for text, n in sorted(good.items()):
            longer = [other for other in good if text != other and text in other and good[other] >= n]
            parts = self._parts(text)
            if not longer and not any(len(part) >= 4 for part in parts):
                yield text, self._entry(self._first[text][1] - 1).pos, parts[-1]

    def _varies(self, spans: list[tuple[int, int]]) -> bool:
        """Whether a phrase has two neighbours or more on each side.

        Punctuation is a different neighbour every time: a term may begin or end a clause.
        """
        beside = self._lines.beside
        left = {self._entry(first - 1).token if first and beside[first - 1] else first for first, _ in spans}
        right = {self._entry(stop).token if stop <= len(beside) and beside[stop - 1] else stop for _, stop in spans}
        return len(left) >= 2 and len(right) >= 2

    def _parts(self, text: str) -> list[str]:
        """The tokens of a phrase where it stands first."""
        return [self._entry(at).token for at in range(*self._first[text])]

    def _entry(self, at: int) -> Entry:
        tokens = self._lines.tokens
        return tokens.vocabulary.entries[int(tokens.entry[at])]


_SLOTS = 1 << 18
_BITS = 21
"""As many as a character's code has."""


def count_all(text: str, strings: Collection[str]) -> Counter[str]:
    """Occurrences of each string in `text`, overlapping and nested ones included; absent strings are left out.

    For some strings; of thousands a `StringIndex` is faster.

    Examples
    --------
    >>> sorted(count_all("数字经济核心产业", {"数字经济", "经济", "农业"}).items())
    [('数字经济', 1), ('经济', 1)]
    """
    found: Counter[str] = Counter()
    for string in strings:
        at = text.find(string)
        while at >= 0:
            found[string] += 1
            at = text.find(string, at + 1)
    return found


class StringIndex:
    """Strings of two characters or more as a tree of their beginnings, to be counted in many texts.

    A text is followed from all its places at once, one character further in each step; a place at which no string goes on
    drops out.
    """

    def __init__(self, strings: Collection[str]) -> None:
        self._strings = sorted(strings)
        self._begins = np.zeros(_SLOTS, dtype=bool)
        self._levels: list[_Level] = []
        number = {string: i for i, string in enumerate(self._strings)}
        above: dict[str, int] = {}
        for length in range(2, max(map(len, self._strings), default=0) + 1):
            # Beginnings are numbered in the order of their characters, so their keys are sorted.
            beginnings = sorted({string[:length] for string in self._strings if len(string) >= length})
            keys = [above.get(b[:-1], ord(b[0])) << _BITS | ord(b[-1]) for b in beginnings]
            self._levels.append(_Level(np.array(keys), np.array([number.get(b, -1) for b in beginnings])))
            above = {beginning: i for i, beginning in enumerate(beginnings)}
            if length == 2:
                self._begins[[_slots(_codes(b))[0] for b in beginnings]] = True

    def count(self, text: str) -> Counter[str]:
        """As `count_all`."""
        codes = _codes(text)
        # Most places begin no string; nearly all of these are left out at little cost.
        places = np.flatnonzero(self._begins[_slots(codes)])
        states = codes[places]
        found = np.zeros(len(self._strings), dtype="int64")
        for length, level in enumerate(self._levels, 2):
            places, states = places[places + length <= len(codes)], states[places + length <= len(codes)]
            keys = states << _BITS | codes[places + length - 1]
            at = np.minimum(np.searchsorted(level.keys, keys), len(level.keys) - 1)
            goes_on = level.keys[at] == keys
            places, states = places[goes_on], at[goes_on]
            ends = level.strings[states]
            found += np.bincount(ends[ends >= 0], minlength=len(found))
        return Counter({self._strings[i]: int(found[i]) for i in np.flatnonzero(found).tolist()})


class _Level(NamedTuple):
    """Beginnings of one length.

    Attributes
    ----------
    keys : int array, sorted
        Of each beginning: the number of the one that is shorter by a character, and the character.
    strings : int array
        The string that ends there; -1 for none.
    """

    keys: np.ndarray
    strings: np.ndarray


def _codes(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="uint32").astype("int64")


def _slots(codes: np.ndarray) -> np.ndarray:
    """One of `_SLOTS` numbers for each two characters in a row."""
    slots: np.ndarray = (codes[:-1] * 4099 + codes[1:]) % _SLOTS
    return slots
