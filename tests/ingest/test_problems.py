"""Paragraphs that own up to what is lacking, in words of their own, and those that only sound like it."""

from __future__ import annotations

import pytest

from emphasis.ingest.paragraphs import paragraph_of
from emphasis.ingest.passages import admits_problems, is_about_problems

# What is lacking is listed, after a first sentence in no set words.
OWNS_UP = [
    "成绩来之不易，差距不容忽视。我们也清醒地看到：经济总量不大，工业“单腿走路”，财政收支矛盾尖锐，少数干部不担当、不作为。",
    "回顾五年工作，我们深感差距和不足：一是经济总量偏小，人均水平低；二是城镇化滞后；三是安全生产形势严峻。",
    "我们也深知，与先进地区相比，发展仍有不小差距：产业能级不高，创新能力不强，民生欠账较多。",
    "同时我们深刻认识到，当前发展中还有一些短板弱项：综合实力不强，县域经济薄弱；营商环境亟待优化。",
    "成绩属于过去，困难需要正视。一是财政增收乏力，收支平衡压力大；二是项目储备不足；三是少数干部作风不实。",
    "当然，我们也深深感到，发展不充分、不平衡仍是最大实际，农民增收渠道不宽，安全生产还有隐患，职能转变还不到位。",
    "在看到成绩的同时，我们更清醒地知道，前进路上还有不少沟坎：企业融资难、用工难，群众上学难，个别部门推诿扯皮。",
    "去年工作虽有成绩，但问题也不少。农业生产不平衡，工业经济效益差，财政困难，干部作风不够深入。",
    "不可否认，我县仍属欠发达地区，财力薄弱、基础设施滞后、人才匮乏等状况尚未根本改变。",
    "一年来，我们也遇到了一些问题和挑战，主要是：项目建设进度不快，招商成效不明显，基层治理能力有待提升。",
]
SOUNDS_LIKE_IT = [
    # A summary of what was overcome.
    "一年来，面对需求收缩、供给冲击、预期转弱的严峻形势，我们迎难而上，化解了一个又一个困难，成绩来之不易。",
    "过去五年，我们遇到了许多困难和挑战，但全市上下同心同德，办成了一批大事要事，经济总量跨上新台阶。",
    # Lessons.
    "五年的实践，使我们深刻认识到：必须坚持党的领导，必须坚持改革开放，必须正视困难，补齐短板，破解瓶颈。",
    "我们深刻体会到，做好政府工作，必须着力解决发展不平衡不充分的问题，敢于担当，不推诿、不懈怠。",
    # Tasks and results on problems.
    "着力补短板、强弱项，破解融资难、用工难问题，整治推诿扯皮，化解重点领域风险隐患。",
    "聚焦群众急难愁盼，解决了一批多年没有解决的难题，上学难、看病难得到缓解，薄弱学校全部完成改造。",
    # Thanks.
    "成绩的取得，离不开全市人民的团结奋斗和对政府工作不足的包容。在此，我代表市人民政府，向大家表示衷心的感谢！",
]  # fmt: skip


@pytest.mark.parametrize("words", OWNS_UP)
def test_a_list_of_what_is_lacking_is_about_problems_however_it_begins(words: str) -> None:
    paragraph = paragraph_of(words, 0, len(words))
    assert is_about_problems(paragraph)
    assert admits_problems(paragraph)


@pytest.mark.parametrize("words", SOUNDS_LIKE_IT)
def test_what_only_sounds_like_it_is_not(words: str) -> None:
    assert not is_about_problems(paragraph_of(words, 0, len(words)))
