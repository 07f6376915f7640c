"""What changes the hash of code and of data, and what does not."""

import pytest

from emphasis.run import fingerprint as module
from emphasis.run.fingerprint import contents, definitions, fingerprint, modules, recall, remember

CODE = {
    "emphasis/__init__.py": '__version__ = "1"\n',
    "emphasis/errors.py": "class Wrong(Exception): ...\n",
    "emphasis/measures/__init__.py": "",
    "emphasis/measures/counts.py": '"""Counts."""\nfrom emphasis.text import fold\n\n\ndef count(x):\n    """How often."""\n    return fold(x), "a"\n',
    "emphasis/text.py": "fold = str.lower\n",
    "emphasis/other.py": "",
    "step.py": "from emphasis.errors import Wrong\n\n\ndef run():\n    from emphasis.measures import counts\n",
}


@pytest.fixture
def hashed(tmp_path_factory):
    """A function that writes a step and its library, some files replaced, and returns the step's fingerprint."""

    def write(replaced=()):
        root = tmp_path_factory.mktemp("code")
        for name, text in (CODE | dict(replaced)).items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        found = [file.removeprefix(f"{root}/emphasis/") for file in modules(root / "step.py", root)]
        assert found == ["__init__.py", "errors.py", "measures/__init__.py", "measures/counts.py", "text.py"]
        return fingerprint(root / "step.py", root)

    return write


@pytest.mark.parametrize(
    ("file", "text"),
    [
        (
            "emphasis/measures/counts.py",
            "from emphasis.text import fold\ndef count(x): return (fold(x), 'a')  # a comment",
        ),
        ("emphasis/__init__.py", '__version__ = "2"\n'),
        ("emphasis/errors.py", "class Wrong(ValueError): ...\n"),
        ("emphasis/other.py", "x = 1\n"),
    ],
)
def test_the_same_code(hashed, file, text):
    assert hashed({file: text}) == hashed()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("emphasis/measures/counts.py", '"a"', '"b"'),
        ("emphasis/measures/counts.py", 'fold(x), "a"', 'fold((x, "a"))'),
        ("emphasis/text.py", "lower", "upper"),
        ("step.py", "def run", "def walk"),
    ],
)
def test_other_code(hashed, file, old, new):
    assert hashed({file: CODE[file].replace(old, new)}) != hashed()


@pytest.mark.parametrize(
    ("name", "one", "other", "same"),
    [
        ("a.yaml", "# comment\nwords:\n  - 一 # comment\n", "words: [一]", True),
        ("a.yaml", "words: [一, 二]", "words: [二, 一]", False),
        ("a.yaml", "words: [一", "words: [二", False),
        ("a.tsv", "# comment\nterm\tn\n\na\t1\n", "term\tn\na\t1", True),
        ("a.tsv", "term\tn\na #1\t1\n", "term\tn\na #2\t1\n", False),
    ],
)
def test_contents_of_data(tmp_path, name, one, other, same):
    found = []
    for folder, text in (("one", one), ("other", other)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(text, encoding="utf-8")
        found.append(contents(tmp_path / folder / name))
    assert (found[0] == found[1]) == same


def test_what_is_remembered_of_code_holds_for_its_contents(hashed, tmp_path, monkeypatch):
    before, other = hashed(), hashed({"step.py": CODE["step.py"].replace("def run", "def walk")})
    place = tmp_path / "known/code.json"
    remember(place)
    saved = place.read_text(encoding="utf-8")
    remember(place)
    assert place.read_text(encoding="utf-8") == saved

    def unread(data):
        raise AssertionError(data)

    monkeypatch.setattr(module, "_known", {})
    monkeypatch.setattr(module, "_read", unread)
    recall(place)
    assert hashed() == before
    assert hashed({"step.py": CODE["step.py"].replace("def run", "def walk")}) == other != before
    with pytest.raises(AssertionError):
        hashed({"step.py": CODE["step.py"].replace("def run", "def roam")})


@pytest.mark.parametrize(
    "damage", [lambda text: text[:50], lambda text: "[]", lambda text: text.replace('"by": "', '"by": "0')]
)
def test_what_is_damaged_or_was_read_otherwise_is_forgotten(hashed, tmp_path, monkeypatch, damage):
    before = hashed()
    place = tmp_path / "code.json"
    remember(place)
    place.write_text(damage(place.read_text(encoding="utf-8")), encoding="utf-8")
    monkeypatch.setattr(module, "_known", {})
    recall(place)
    assert not module._known
    assert hashed() == before


def test_what_is_quoted_is_remembered_too(tmp_path, monkeypatch):
    file = tmp_path / "measure.py"
    file.write_text('def f():\n    """A measure::\n\n        y = x\n    """\n', encoding="utf-8")
    before = definitions([file])
    remember(tmp_path / "code.json")
    monkeypatch.setattr(module, "_known", {})
    module._parse.cache_clear()
    recall(tmp_path / "code.json")
    assert definitions([file]) == before
    file.write_text('def f():\n    """A measure::\n\n        y = 2 * x\n    """\n', encoding="utf-8")
    module._parse.cache_clear()
    assert definitions([file]) != before
