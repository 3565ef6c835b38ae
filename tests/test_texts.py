"""Every text that a person reads is marked for translation where it is written."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise

import pytest

from digitpad.core.paths import PACKAGE

MARKS = {"_", "N_", "ngettext"}
ROOMS = ("ui", "commands", "app.py", "cli.py")
# Not for whoever uses Digitpad, but for who works on it.
WORKSHOP = "commands/catalogues.py"
# Two words, or one with a capital letter, are for people unless this says otherwise.
WORDS = re.compile(r"[A-Za-z’']{2,},? [A-Za-z]{2,}|^[A-Z][a-z]{2,}|^[a-z]{3,} $|^ [a-z]{3,}")
# Calls whose texts are names to the program: of objects, files, signals, modules and keys.
NAMING = re.compile(
    r"setObjectName|setProperty|getattr|setattr|open|compile|search|match|sub|fullmatch|split|"
    r"join|strip|startswith|endswith|partition|remove(pre|suf)fix|import_module|TypeVar|encode|"
    r"Request|icon|QKeySequence|setStyle|execute|_do|setApplication\w*|load|findChild|find_spec|"
    r"getLogger|note|debug|info|warning|error|exception|critical|append_log|Fields|floats|objects?|"
    r"object_or_none|check_\w+|ProtocolError|ValueError|TypeError|AssertionError|IndexError|"
    r"KeyError|RuntimeError|NotImplementedError|AttributeError|_begin\w*|part"
)
# What stands in a file as it is, by file: each with why nobody translates it.
ALLOWED = {
    "Digitpad": "the program's own name",
    "QWidget": "a style sheet",
    "QToolButton": "a style sheet",
    "QLabel": "a style sheet",
    "QMenu": "a style sheet",
    "QComboBox": "a style sheet",
    "python train.py": "a command",
    "sudo apt-get": "a command",
    "digitpad-strokes (": "a file format",
    "Python (": "a name of a program, and endings",
    "Python ": "a name of a program",
    "Qt ": "a name of a program",
    "layer ": "a name that --panel takes",
    "another file": "a value, not shown",
    "weight ": "on the sheet of styles, whose picture has no other letters",
    "application = ": "a program",
    "from PySide6": "a program",
    "# Texts of Digitpad": "of a catalogue",
    "help of a command": "of a catalogue",
    "Answer the window's requests": "help of what is not for people",
    "digitpad recognizer": "the same",
    "connections of": "begins a name of a part",
    "MainWindow": "a type",
    "QDialog": "a style sheet",
    "QFileDialog": "a style sheet",
    "QScrollBar": "a style sheet",
    "Collection": "a type",
    "There is no font with Chinese": "said in English, since nothing else could be read",
    "Net": "a name in a program",
}


MODULES = [one for one in sorted(PACKAGE.rglob("*.py")) if not one.match(WORKSHOP)]


def _name(call: ast.Call) -> str:
    function = call.func
    return getattr(function, "id", None) or getattr(function, "attr", "")


def _text(node: ast.AST) -> str | None:
    """What a literal says; what is filled in is "{}"."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
        )
    return None


def _unmarked(tree: ast.AST, in_room: bool) -> Iterator[tuple[int, str]]:
    """The texts of a module that a person may read and that are not marked; outside of the rooms
    that speak to people only those of errors."""
    above = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        text = _text(node)
        if text is None or not WORDS.search(text) or isinstance(above[node], ast.JoinedStr):
            continue
        road = [node]
        while road[-1] in above:
            road.append(above[road[-1]])
        if _is_for_the_program(road) or any(text.strip().startswith(one) for one in ALLOWED):
            continue
        raised = next((one for one in road if isinstance(one, ast.Raise)), None)
        is_error = raised is not None and (
            isinstance(raised.exc, ast.Call) and _name(raised.exc) == "DigitpadError"
        )
        if in_room or is_error:
            yield node.lineno, text


def _is_for_the_program(road: list[ast.AST]) -> bool:
    node, parent = road[0], road[1]
    if isinstance(parent, (ast.Expr, ast.Subscript, ast.Compare, ast.FormattedValue, ast.Match)):
        return True
    if isinstance(parent, ast.Dict) and node in parent.keys:
        return True
    if isinstance(parent, ast.Call) and NAMING.fullmatch(_name(parent)):
        return True
    if isinstance(parent, ast.keyword) and parent.arg in {"prog", "metavar", "dest", "command"}:
        return True
    text = _text(node) or ""
    # Keys, markup, endings of files.
    if re.match(r"(Ctrl|Shift|Alt)\+|Esc$|Del$|Backspace$|Space$|\s*<", text):
        return True
    for one, upper in pairwise(road):
        if isinstance(one, ast.Call) and _name(one) in MARKS:
            return True
        if isinstance(one, ast.Call) and _name(one) in {"extend", "ProtocolError", "python_code"}:
            return True
        if isinstance(upper, ast.ClassDef) and any("Enum" in ast.dump(b) for b in upper.bases):
            return True
        if isinstance(upper, ast.AnnAssign) and one is upper.annotation:
            return True
        if isinstance(upper, ast.arg) or (
            isinstance(upper, ast.FunctionDef) and one is upper.returns
        ):
            return True
        if isinstance(one, (ast.Assert, ast.Global)):
            return True
        if isinstance(one, ast.Raise) and isinstance(one.exc, ast.Call):
            # What only who writes code can meet.
            return _name(one.exc) not in {"DigitpadError", "UndecidedError", "SystemExit"}
    return False


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_what_a_person_reads_is_marked(module):
    name = module.relative_to(PACKAGE).as_posix()
    found = list(_unmarked(ast.parse(module.read_bytes()), name.startswith(ROOMS)))
    assert found == [], f"{name}: mark with _, N_ or ngettext, or say in ALLOWED why not"


def test_what_is_not_marked_is_found():
    tree = ast.parse(
        '"""A docstring of words."""\n'
        'LABEL = "Undo"\n'
        "def say(n):\n"
        '    label.setText("two words")\n'
        '    label.setObjectName("two words")\n'
        '    label.setText(_("marked words"))\n'
        '    label.setText(f"{n} more words")\n'
        '    raise DigitpadError(f"no such thing {n}")\n'
    )
    assert [text for __, text in _unmarked(tree, True)] == [
        "Undo",
        "two words",
        "{} more words",
        "no such thing {}",
    ]
    assert [text for __, text in _unmarked(tree, False)] == ["no such thing {}"]
