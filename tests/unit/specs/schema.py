"""Whether specs/volley.schema.json and the loader agree: good suites must be
valid, and so must be wrong the mistakes of shape, which are the folders of
tests/faults/ that hold a file "schema". Runs from the source root."""

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


def main():
    schema = read("specs/volley.schema.json")
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    good = sorted(
        glob.glob("tests/suites/good/*.json") + glob.glob("examples/*.volley.json")
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
    print(f"{len(good)} good, {len(bad)} bad, {wrong} wrong")
    if len(good) < FEWEST or len(bad) < FEWEST:
        return 1
    return 1 if wrong else 0


sys.exit(main())
