"""Where labelapp names a finding or an error, read from its source without running it."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.house.follow import Function, assignments, codes

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
ALWAYS = {"field", "printer"}
"""Values every sentence can say: a finding its field's name, an unknown outcome its printer."""


@dataclass(frozen=True)
class Site:
    """One place where a code is given: which, through whom, and the values that go with it.

    `values` None: they cannot be told from the source.
    """

    code: re.Pattern[str]
    place: str
    through: str
    values: frozenset[str] | None

    def names(self, code: str) -> bool:
        return self.code.fullmatch(code) is not None

    def __str__(self) -> str:
        code = self.code.pattern.replace("\\", "")
        return f"{code} ({self.place})"


@dataclass
class Passer:
    """A function, method or class that takes a code and passes it on, with values of its own."""

    position: int
    adds: set[str] = field(default_factory=set)


class House:
    """All modules of labelapp, and who passes a code on to whom.

    A function and a method may share a name: a method's begins with a point here.
    """

    def __init__(self) -> None:
        paths = sorted((ROOT / "labelapp").rglob("*.py"))
        self.modules = {path: ast.parse(path.read_text("utf-8")) for path in paths}
        self.passers = {"Finding": Passer(0), "LabelappError": Passer(0), "Unknown": Passer(1)}
        for _ in range(4):  # who passes on to one who passes on: four deep is deeper than the house
            for module in self.modules.values():
                self._learn(module)
        named = (self._sites(path, module) for path, module in self.modules.items())
        self.sites = tuple(site for sites in named for site in sites)

    def _learn(self, module: ast.Module) -> None:
        for scope, node in _scoped(module):
            if isinstance(node, ast.ClassDef):
                bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
                if bases & set(self.passers):
                    self.passers.setdefault(node.name, Passer(0))
            elif isinstance(node, Function):
                is_method = bool(scope) and isinstance(scope[0], ast.ClassDef)
                self._learn_function(node, f".{node.name}" if is_method else node.name)

    def _learn_function(self, node: Function, name: str) -> None:
        takes = [each.arg for each in node.args.args if each.arg not in ("self", "cls")]
        for call in (each for each in ast.walk(node) if isinstance(each, ast.Call)):
            found = self._passed(call)
            if not found:
                continue
            inner, given = found
            if isinstance(given, ast.Attribute) and given.attr == "code":  # raised again, with more
                inner.adds |= _values(call)
            elif "code" in takes and isinstance(given, ast.Name) and given.id == "code":
                known = self.passers.setdefault(name, Passer(takes.index("code")))
                known.adds |= inner.adds | _values(call) | _by_default(node)

    def _passed(self, call: ast.Call) -> tuple[Passer, ast.expr] | None:
        """Give who is handed a code in this call, and the expression that is the code."""
        name = ast.unparse(call.func).split(".")[-1]
        is_method = isinstance(call.func, ast.Attribute) and not name[:1].isupper()
        passer = self.passers.get(f".{name}" if is_method else name)
        given = _argument(call, passer.position) if passer else None
        return (passer, given) if passer and given is not None else None

    def _sites(self, path: Path, module: ast.Module) -> Iterator[Site]:
        inside = str(path.relative_to(ROOT))
        for scope, node in _scoped(module):
            found = self._passed(node) if isinstance(node, ast.Call) else None
            if found and isinstance(node, ast.Call):
                passer, given = found
                told = all(keyword.arg for keyword in node.keywords)
                said = frozenset(_values(node) | passer.adds | ALWAYS) if told else None
                through = ast.unparse(node.func)
                for code in codes(given, [*scope, module]):
                    yield Site(code, f"{inside}:{node.lineno}", through, said)
            elif isinstance(node, ast.ClassDef) and node.name in self.passers:
                for name, value in assignments(ast.Module(node.body, [])):
                    if name == "code":
                        for code in codes(value, [module]):
                            yield Site(code, f"{inside}:{node.lineno}", node.name, None)


def _scoped(module: ast.Module) -> Iterator[tuple[list[ast.AST], ast.AST]]:
    """Give every node with the functions and classes it stands in, the innermost first."""

    def walk(node: ast.AST, scope: list[ast.AST]) -> Iterator[tuple[list[ast.AST], ast.AST]]:
        for child in ast.iter_child_nodes(node):
            yield scope, child
            inner = [child, *scope] if isinstance(child, Function | ast.ClassDef) else scope
            yield from walk(child, inner)

    return walk(module, [])


def _argument(call: ast.Call, position: int) -> ast.expr | None:
    plain = call.args[: position + 1]
    if any(isinstance(each, ast.Starred) for each in plain):
        return None
    named = (keyword.value for keyword in call.keywords if keyword.arg == "code")
    return plain[position] if len(plain) > position else next(named, None)


def _values(call: ast.Call) -> set[str]:
    """Name the values a call gives: as keywords, as pairs, or as a table of its own."""
    given = {keyword.arg for keyword in call.keywords if keyword.arg}
    for part in [*call.args, *(keyword.value for keyword in call.keywords)]:
        for leaf in ast.walk(part):
            if isinstance(leaf, ast.Tuple) and len(leaf.elts) == 2:
                given |= _texts(leaf.elts[:1])
            elif isinstance(leaf, ast.Dict):
                given |= _texts(leaf.keys)
    return given


def _by_default(node: Function) -> set[str]:
    """Name the values a function adds where they are missing."""
    calls = (each for each in ast.walk(node) if isinstance(each, ast.Call))
    filled = (each for each in calls if ast.unparse(each.func).endswith(".setdefault"))
    return {name for call in filled for name in _texts(call.args[:1])}


def _texts(nodes: list[ast.expr] | list[ast.expr | None]) -> set[str]:
    return {
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
