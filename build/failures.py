#!/usr/bin/env python3
"""Names the tests that failed, those with the same message together: failures.py TRX..."""

import sys
import xml.etree.ElementTree as ElementTree

NAMESPACE = {"t": "http://microsoft.com/schemas/VisualStudio/TeamTest/2010"}
HEAD, TAIL = 160, 240


def on_one_line(message):
    """What a message says, without its middle if it is long: what failed stands first, a log that it quotes ends with the reason."""
    line = " ".join(message.split())
    return line if len(line) <= HEAD + TAIL else f"{line[:HEAD]} ... {line[-TAIL:]}"


def failures(path):
    """Yields the name and the message of each failed test of a file of results."""
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
        for name, message in failures(path):
            together.setdefault(message, []).append(name)
    for message, names in together.items():
        others = f" and {len(names) - 1} more of the same message" if len(names) > 1 else ""
        print(f"FAILED {names[0]}{others}: {message}")


main(sys.argv[1:])
