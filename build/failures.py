#!/usr/bin/env python3
"""Names the tests that failed, those with the same message together: failures.py TRX|TAP..."""

import re
import sys
import xml.etree.ElementTree as ElementTree

NAMESPACE = {"t": "http://microsoft.com/schemas/VisualStudio/TeamTest/2010"}
HEAD, TAIL = 160, 240


def on_one_line(message):
    """What a message says, without its middle if it is long: what failed stands first, a log that it quotes ends with the reason."""
    line = " ".join(message.split())
    return line if len(line) <= HEAD + TAIL else f"{line[:HEAD]} ... {line[-TAIL:]}"


# What node:test writes of a test that failed: its error, and below it the line of the test that was reached.
TAP_FAILURE = re.compile(
    r"^ *not ok \d+ - (?P<name>.*)\n"
    r"(?:(?! *\.\.\.\n| *error:).*\n)*"
    r" *error: (?P<message>.*\n(?:(?! *code:| *\.\.\.\n).*\n)*)"
    r"(?:(?! *\.\.\.\n| *stack:).*\n)*"
    r"(?: *stack: .*\n(?P<place>(?! *\.\.\.\n).*)\n)?",
    re.MULTILINE)


def tap_failures(path):
    """Yields the name and the message of each failed test of a file of node:test."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            text = file.read()
    except OSError as error:
        yield path, str(error)
        return
    for failure in TAP_FAILURE.finditer(text):
        message = failure["message"].removeprefix("|-")
        yield failure["name"], on_one_line(f"{message} {failure['place'] or ''}")


def trx_failures(path):
    """Yields the name and the message of each failed test of a file of dotnet test."""
    try:
        results = ElementTree.parse(path).iterfind(".//t:UnitTestResult[@outcome='Failed']", NAMESPACE)
    except (OSError, ElementTree.ParseError) as error:
        yield path, str(error)
        return
    for result in results:
        yield result.get("testName"), on_one_line(result.findtext(".//t:Message", "", NAMESPACE))


def main(paths):
    together = {}
    for path in paths:
        for name, message in (tap_failures if path.endswith(".tap") else trx_failures)(path):
            together.setdefault(message, []).append(name)
    for message, names in together.items():
        others = f" and {len(names) - 1} more of the same message" if len(names) > 1 else ""
        print(f"FAILED {names[0]}{others}: {message}")


main(sys.argv[1:])
