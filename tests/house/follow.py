"""Follow an expression of the source to the codes it can be, without running it."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = re.compile(r"[a-z][a-z0-9-]*(\.[a-z0-9-]+)+")
PIECE = "[a-z0-9.-]+"
PART_OF_CODE = re.compile(PIECE)
CHOICES = ast.IfExp | ast.BoolOp | ast.Subscript | ast.Dict | ast.Tuple | ast.List
Function = ast.FunctionDef | ast.AsyncFunctionDef


def codes(node: ast.expr, scopes: list[ast.AST]) -> Iterator[re.Pattern[str]]:
    """Give the codes an expression can be; `scopes` is where it stands, the innermost first."""
    if isinstance(node, ast.Constant):
        if CODE.fullmatch(str(node.value)):
            yield re.compile(re.escape(str(node.value)))
    elif isinstance(node, ast.JoinedStr):
        yield from _joined(node)
    elif isinstance(node, ast.Name):
        yield from _named(node.id, scopes)
    elif isinstance(node, CHOICES):
        for child in (each for each in ast.iter_child_nodes(node) if isinstance(each, ast.expr)):
            yield from codes(child, scopes)
    elif isinstance(node, ast.Call):
        yield from _called(node, scopes)


def _joined(node: ast.JoinedStr) -> Iterator[re.Pattern[str]]:
    texts = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
    if PART_OF_CODE.fullmatch("".join(str(text) for text in texts if text)):
        yield re.compile("".join(PIECE if text is None else re.escape(str(text)) for text in texts))


def _called(node: ast.Call, scopes: list[ast.AST]) -> Iterator[re.Pattern[str]]:
    """Follow a look-up in a table (and what stands for what is not there) or a function's answers."""
    if isinstance(node.func, ast.Attribute) and node.func.attr == "get":
        for part in (node.func.value, *node.args[1:]):
            yield from codes(part, scopes)
    elif isinstance(node.func, ast.Name):
        for each in ast.walk(scopes[-1]):
            if isinstance(each, Function) and each.name == node.func.id:
                for answer in ast.walk(each):
                    if isinstance(answer, ast.Return) and answer.value:
                        yield from codes(answer.value, [each, scopes[-1]])


def _named(name: str, scopes: list[ast.AST]) -> Iterator[re.Pattern[str]]:
    """Follow a name to what the nearest scope that knows it gives it."""
    for scope in scopes:
        given = [value for target, value in assignments(scope) if target == name]
        for value in given:
            if not any(isinstance(leaf, ast.Name) and leaf.id == name for leaf in ast.walk(value)):
                yield from codes(value, scopes)
        if given:
            return


def assignments(scope: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Give every name in a scope with what it is given."""
    for node in ast.walk(scope):
        if isinstance(node, ast.Assign):
            targets, value = node.targets, node.value
        elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value:
            targets, value = [node.target], node.value
        elif isinstance(node, ast.For | ast.comprehension):
            targets, value = [node.target], node.iter
        else:
            continue
        for target in targets:
            for leaf in ast.walk(target):
                if isinstance(leaf, ast.Name):
                    yield leaf.id, value
