"""Whether specs/volley.schema.json and the loader agree: good suites must be
valid, and so must be wrong the mistakes of shape, which are the folders of
tests/faults/ that hold a file "schema". What the schema gives as examples of a
key must be valid there. Runs from the source root."""

import glob
import json
import os
import sys

try:
    from jsonschema import Draft202012Validator
except ImportError:
    print("python3-jsonschema is not installed")
    sys.exit(77)

FEWEST = 6


def read(path):
    with open(path, encoding="utf-8-sig") as file:
        return json.load(file)


def examples(node):
    """Each part of the schema that has examples, and one of them."""
    if isinstance(node, dict):
        for example in node.get("examples", []):
            yield node, example
        for key, part in node.items():
            if key != "examples":
                yield from examples(part)
    elif isinstance(node, list):
        for part in node:
            yield from examples(part)


def main():
    schema = read("specs/volley.schema.json")
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    good = sorted(
        glob.glob("tests/suites/good/*.json") + glob.glob("examples/*.volley.json")
        + ["specs/first.volley.json"]
    )
    bad = sorted(glob.glob("tests/faults/*/schema"))
    wrong = 0
    for path in good:
        for error in validator.iter_errors(read(path)):
            print(f"{path}: {error.json_path}: {error.message}")
            wrong += 1
    for path in bad:
        spec = os.path.join(os.path.dirname(path), "spec.json")
        with open(path, encoding="utf-8") as file:
            if file.read().strip() != "invalid":
                print(f'{path}: says something else than "invalid"')
                wrong += 1
        if validator.is_valid(read(spec)):
            print(f"{spec}: is valid to the schema")
            wrong += 1
    shown = list(examples(schema))
    for part, example in shown:
        for error in validator.evolve(schema=part).iter_errors(example):
            print(f"example {json.dumps(example)}: {error.message}")
            wrong += 1
    print(f"{len(shown)} examples")
    print(f"{len(good)} good, {len(bad)} bad, {wrong} wrong")
    if min(len(good), len(bad), len(shown)) < FEWEST:
        return 1
    return 1 if wrong else 0


sys.exit(main())
