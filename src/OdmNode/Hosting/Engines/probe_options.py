"""Lists the options of an ODM-compatible engine as JSON: probe_options.py ENGINE_FOLDER

The engine declares its options to Python's argparse. Its declarations are written down, and nothing is parsed or run.
"""
import argparse
import json
import sys

WITHHELD = {
    "h", "help", "project-path", "cmvs-maxImages", "time", "zip-results", "pmvs-num-cores", "start-with", "gcp", "images", "geo",
    "align", "split-image-groups", "copy-to", "rerun-all", "rerun", "slam-config", "video", "version", "name",
}
TYPES = {int: ("int", "0", "NaN"), float: ("float", "0", "NaN")}


class Declared(Exception):
    """All options have been declared: the engine wants to read its command line."""


def describe(name, how):
    """One declaration as the entry of the option list."""
    kind, absent, none = TYPES.get(how.get("type"), ("string", "", "None"))
    default = how.get("default", absent)
    domain = str(how.get("metavar") or "").replace("<", "").replace(">", "")
    if default is True or default is False or how.get("action") in ("store_true", "store_false"):
        kind, default, domain = "bool", "true" if default is True else "false", ""
    else:
        default = none if default is None else str(default)
    if how.get("choices"):
        kind, domain = "enum", [str(choice) for choice in how["choices"]]
        if default not in domain:
            domain.insert(0, default)
    return {"name": name, "type": kind, "value": default, "domain": domain, "help": how.get("help") or ""}


def main():
    sys.dont_write_bytecode = True
    declared = {}
    add_argument = argparse._ActionsContainer.add_argument

    def record(self, *flags, **how):
        name = max(flags, key=len, default="").lstrip("-")
        if name and name not in WITHHELD:
            declared.setdefault(name, describe(name, how))
        return add_argument(self, *flags, **how)

    def stop(*_, **__):
        raise Declared

    argparse._ActionsContainer.add_argument = record
    argparse.ArgumentParser.parse_known_args = stop
    sys.path.insert(0, sys.argv[1])
    sys.argv = ["run.py"]
    output, sys.stdout = sys.stdout, sys.stderr
    try:
        from opendm import config
        config.config()
    except Declared:
        pass
    json.dump(list(declared.values()), output)


main()
