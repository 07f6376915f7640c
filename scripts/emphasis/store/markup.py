"""YAML as plain data."""

from __future__ import annotations

from typing import Any

import yaml

# The parser in C, which every wheel has, takes a tenth of the time of the one in Python.
_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_PARSER):  # type: ignore[misc]  # which of the two is known when it runs
    """Refuses a key that stands twice in one mapping, where YAML's parsers silently take the second."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    raise yaml.MarkedYAMLError(
                        problem=f"the key {key.value} is there twice", problem_mark=key.start_mark
                    )
                seen.add(key.value)
        found: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return found


def from_yaml(text: str) -> Any:
    """The data of a document in YAML.

    Raises
    ------
    yaml.YAMLError
        If the text is not YAML, has a key twice, or a value that looks like a day or number and is none: 2025-13-45.
    """
    try:
        return yaml.load(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        if mark is not None and mark.line > text.count("\n"):
            # The parser in C places what is missing at the end of a text on a line after its last.
            error.problem_mark = yaml.Mark(mark.name, mark.index, text.count("\n"), mark.column, None, 0)
        raise
    except (ValueError, RecursionError) as error:
        raise yaml.YAMLError(f"a value is not what it looks like ({error}); put it in quotation marks") from error


def fault_of_yaml(error: yaml.YAMLError) -> str:
    """What is wrong with a document, in one line, with the place where that is known."""
    mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
    said = " ".join(str(problem or error).split())
    return f"line {mark.line + 1}: {said}" if mark else said
