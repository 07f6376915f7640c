"""Words of the genre by which terms are told from phrases: tables, no code but their reading."""

from __future__ import annotations


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
