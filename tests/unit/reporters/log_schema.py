#!/usr/bin/python3
"""Every line of every story's log is as reporters/log.schema.json says, and
every definition of the schema is met by some line.

usage: log_schema.py TELL_PROGRAM
"""

import json
import os
import subprocess
import sys
import tempfile

try:
    import jsonschema
except ImportError:
    sys.exit(77)

STORIES = "compared empty flaky hostile login passed skipped troubled".split()


def lines(tell, story, folder):
    path = os.path.join(folder, story)
    subprocess.run([tell, "log", story, path], check=True)
    with open(path, encoding="utf-8") as log:
        return [json.loads(line) for line in log]


def main(tell):
    with open("reporters/log.schema.json", encoding="utf-8") as file:
        schema = json.load(file)
    validator = jsonschema.validators.validator_for(schema)
    validator.check_schema(schema)
    told = set()
    with tempfile.TemporaryDirectory() as folder:
        for story in STORIES:
            for line in lines(tell, story, folder):
                validator(schema).validate(line)
                told.add(line["event"])
    events = {one["$ref"].rsplit("/", 1)[1] for one in schema["oneOf"]}
    assert told == events, told ^ events


main(sys.argv[1])
