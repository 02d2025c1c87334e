#!/usr/bin/env python3
"""Writes Docs/LawMap.md: each article that a rule rests on, where, and the tests that hold the rule to it.

usage: lawmap.py [--check]

Reads `static let name = Article(.instrument, 128)` and the uses of those names in Procedure/Sources, and
`.proves(.name, …)` in Procedure/Tests. With --check nothing is written; exits 1 when the file is stale, or an article
has no rule or no test. Standard library only.
"""

import re
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "Procedure/Sources"
TESTS = ROOT / "Procedure/Tests"
TARGET = ROOT / "Docs/LawMap.md"

CONSTANT = re.compile(r"static\s+let\s+(\w+)(?:\s*:\s*Article)?\s*=\s*Article\(\s*\.(\w+)\s*,\s*(\d+)\s*\)")
INSTRUMENT = re.compile(r'static\s+let\s+(\w+)\s*=\s*Instrument\(\s*"([^"]+)",\s*"([^"]+)",\s*"([^"]+)"')
DECLARATION = re.compile(
    r"^(\s*)(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|private|fileprivate|static|mutating|final|indirect)\s+)*"
    r"(struct|enum|class|actor|protocol|extension|func|var|let|init|subscript)\b\s*([\w.]*)"
)
STRING = re.compile(r'"(?:\\.|[^"\\])*"')


def without_comments(text):
    """Blanks comments, keeping every offset and line."""
    blank = lambda match: re.sub(r"[^\n]", " ", match[0]) if match[0].startswith("/") else match[0]
    return re.sub(r'"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*[\s\S]*?\*/', blank, text)


def without_strings(text):
    return STRING.sub(lambda match: '"' + " " * (len(match[0]) - 2) + '"', text)


def declaration_around(lines, index):
    """The nearest declarations above a line that are less indented, outermost first."""
    indent = len(lines[index]) - len(lines[index].lstrip())
    names = []
    for line in reversed(lines[: index + 1]):
        match = DECLARATION.match(line)
        if not match or match[2] in ("var", "let") and len(match[1]) >= indent and line is not lines[index]:
            continue
        if len(match[1]) < indent or line is lines[index]:
            names.append(match[3] or match[2])
            indent = min(indent, len(match[1]))
        if indent == 0:
            break
    # A local `let` says nothing: keep types and members.
    return ".".join(list(reversed(names))[:2]) or "file"


def read_constants():
    """name -> (instrument, number), and the lines they are declared on."""
    constants, declared = {}, set()
    problems = []
    for path in sorted(SOURCES.rglob("*.swift")):
        text = without_comments(path.read_text(encoding="utf-8"))
        for match in CONSTANT.finditer(text):
            name, instrument, number = match[1], match[2], int(match[3])
            if constants.get(name, (instrument, number)) != (instrument, number):
                problems.append(f"{path.relative_to(ROOT)}: .{name} names two articles")
            constants[name] = (instrument, number)
            declared.add((path, match.start(1)))
    return constants, declared, problems


def find_rules(constants, declared):
    rules = defaultdict(set)
    names = "|".join(sorted(map(re.escape, constants), key=len, reverse=True))
    use = re.compile(rf"(?<![\w)\]}}])(?:Article)?\.({names})\b(?!\s*\()")
    for path in sorted(SOURCES.rglob("*.swift")):
        clean = without_strings(without_comments(path.read_text(encoding="utf-8")))
        lines = clean.split("\n")
        # An article named inside a string interpolation is still a use, but one we don't write.
        for match in use.finditer(clean):
            if (path, match.start(1)) in declared:
                continue
            place = declaration_around(lines, clean.count("\n", 0, match.start()))
            rules[match[1]].add(f"{path.relative_to(SOURCES)} · {place}")
    return rules


def find_tests(constants):
    tests, problems = defaultdict(set), []
    for path in sorted(TESTS.rglob("*.swift")):
        text = without_comments(path.read_text(encoding="utf-8"))
        for match in re.finditer(r"@(Test|Suite)\s*(\()?", text):
            if not match[2]:
                continue
            arguments = balanced(text, match.end(2) - 1)
            title = re.match(r'\(\s*("(?:\\.|[^"\\])*")', arguments)
            name = title[1][1:-1] if title else function_name(text, match.end(2) + len(arguments) - 1)
            for proves in re.finditer(r"\.proves\(([^)]*)\)", without_strings(arguments)):
                for article in re.findall(r"\.(\w+)", proves[1]):
                    if article not in constants:
                        problems.append(f"{path.relative_to(ROOT)}: proves .{article}, which no rule declares")
                    tests[article].add(f"{name} ({path.stem})")
    return tests, problems


def balanced(text, start):
    depth, quoted, index = 0, False, start
    while index < len(text):
        character = text[index]
        if quoted:
            index += character == "\\"
            quoted = character != '"'
        elif character == '"':
            quoted = True
        elif character in "()":
            depth += 1 if character == "(" else -1
            if depth == 0:
                return text[start : index + 1]
        index += 1
    return text[start:]


def function_name(text, after):
    match = re.search(r"\b(?:func|struct|enum|class|actor)\s+(`[^`]+`|\w+)", text[after:])
    return match[1] if match else "?"


def instruments():
    text = (SOURCES / "Law/Article.swift").read_text(encoding="utf-8")
    return {match[1]: (match[2], match[3], match[4]) for match in INSTRUMENT.finditer(text)}


def main():
    if sys.argv[1:] not in ([], ["--check"]):
        sys.exit(__doc__)
    constants, declared, problems = read_constants()
    known = instruments()
    rules = find_rules(constants, declared)
    tests, unknown = find_tests(constants)
    problems += unknown

    articles = defaultdict(list)
    for name, article in constants.items():
        if article[0] in known:
            articles[article].append(name)
        else:
            problems.append(f".{name}: no instrument .{article[0]}")
    order = list(known)
    rows, rowless = [], []
    for article in sorted(articles, key=lambda a: (order.index(a[0]), a[1])):
        instrument, number = article
        key, zh, en = known[instrument]
        used = sorted(set().union(*(rules[name] for name in articles[article])))
        proved = sorted(set().union(*(tests[name] for name in articles[article])))
        if not used:
            rowless.append(f"{key}:{number} (.{', .'.join(articles[article])}) has no rule")
        if not proved:
            rowless.append(f"{key}:{number} (.{', .'.join(articles[article])}) has no test")
        cell = lambda values: "<br>".join(value.replace("|", "\\|") for value in values) or "—"
        rows.append(f"| 《{zh}》第{number}条<br>{en} art. {number} | {cell(used)} | {cell(proved)} |")

    text = "\n".join(
        [
            "# The law and the rules",
            "",
            "Generated by `scripts/lawmap.py`; do not edit. Each article that a rule rests on, the declarations that name",
            "it (under `Procedure/Sources`), and the tests that hold the rule to it. The limits and fees of the tables",
            "(`Procedure/Tables/Data`) carry their own articles, row by row.",
            "",
            f"{len(rows)} articles.",
            "",
            "| Article | Rules | Tests |",
            "| --- | --- | --- |",
            *rows,
            "",
        ]
    )
    problems += rowless
    stale = not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text
    if sys.argv[1:] == ["--check"]:
        if stale:
            problems.append("Docs/LawMap.md is stale: run scripts/lawmap.py")
        for problem in problems:
            print(problem, file=sys.stderr)
        sys.exit(1 if problems else 0)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(text, encoding="utf-8")
    for problem in problems:
        print(f"note: {problem}", file=sys.stderr)
    print(f"Docs/LawMap.md: {len(rows)} articles")


if __name__ == "__main__":
    main()
