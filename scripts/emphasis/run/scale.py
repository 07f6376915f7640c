"""Settings whose right value depends on the number of reports: what `auto` stands for."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

AUTO = "auto"
PAGE = "page"
"""Pictures of the reports that the page carries."""

CHOICES: dict[str, tuple[Any, Any]] = {
    "segmenter": ("jieba", "rjieba"),
    "keyness.test": ("draws", "closed"),
    "topics.refits": (20, 10),
    "figures.reports": ("all", PAGE),
    "clouds.reports": ("all", PAGE),
    "site.rest": (True, False),
}
"""By setting what `auto` is for few reports, and for many: more than the setting `many_reports`, or the one named in `FROM`."""
FROM = {"site.rest": "large_corpus"}


def settle(config: Mapping[str, Any], n_reports: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """The configuration with a value in place of each `auto` of `CHOICES`, and these values by setting.

    The first value is the method of reference, the second one that takes a fraction of the time. Which it is depends on the number
    of reports alone, so that the reports of a run are all measured alike.

    Examples
    --------
    >>> config = {"many_reports": 200, "segmenter": "auto", "keyness": {"test": "draws"}}
    >>> settle(config, 201)
    ({'many_reports': 200, 'segmenter': 'rjieba', 'keyness': {'test': 'draws'}}, {'segmenter': 'rjieba'})
    """
    settled, chosen = copy.deepcopy(dict(config)), {}
    for setting, values in CHOICES.items():
        *inside, key = setting.split(".")
        block: Any = settled
        for name in inside:
            block = block.get(name, {})
        if block.get(key) == AUTO:
            block[key] = chosen[setting] = values[n_reports > config[FROM.get(setting, "many_reports")]]
    return settled, chosen


def explain(chosen: Mapping[str, Any], config: Mapping[str, Any], n_reports: int) -> str:
    """What was chosen for many reports, in a line for the log; empty if it is what fewer reports get, too."""
    faster = {setting: str(value).lower() for setting, value in chosen.items() if value != CHOICES[setting][0]}
    if not faster:
        return ""
    limits = dict.fromkeys(FROM.get(setting, "many_reports") for setting in faster)
    return (
        f"{n_reports:,} reports are more than {' and '.join(f'{name} ({config[name]:,})' for name in limits)}, so that auto stands for "
        f"{', '.join(map(': '.join, faster.items()))}; set these for other values"
    )
