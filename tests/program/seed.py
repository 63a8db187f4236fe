"""A seed repeats what is random, whatever runs beside it."""
import re
from urllib.parse import parse_qsl, urlsplit

from harness import *

API = server("api")
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab]"
                  r"[0-9a-f]{3}-[0-9a-f]{12}")


def cases():
    """What they send is in the URL, which the log has."""
    every = {"url": API + "/anything", "query": {
        "id": "{{uuid()}}", "again": "{{uuid()}} {{uuid()}}",
        "number": "{{random_int(1, 1000000000)}}",
        "text": "{{random_string(20)}}", "run": "{{run}}"}}
    return [{"name": "many", "repeat": 30, "request": every},
            {"name": "one", "request": every},
            {"name": "steps", "steps": [{"request": every},
                                        {"request": every}]}]


suite("seed.json", cases(), variables={"run": "{{uuid()}}"})


def sent(*arguments):
    """What was sent, as fields by test and step; and the run's seed."""
    log = os.path.join(folder, "seed.jsonl")
    told = volley("run", "seed.json", "--report", "log=" + log, *arguments)
    assert told.status == 0, told
    queries, seed = {}, None
    with open(log) as lines:
        for event in map(json.loads, lines):
            seed = event.get("seed", seed)
            for number, exchange in enumerate(event.get("exchanges", [])):
                queries[event["name"], number] = dict(
                    parse_qsl(urlsplit(exchange["url"]).query))
    assert len(queries) == 33, queries.keys()
    return queries, seed


@test
def a_seed_sends_the_same_requests_whatever_the_order():
    first, seed = sent("--seed", "12", "--jobs", "1")
    assert seed == "12", seed
    for jobs in ("1", "8", "64"):
        again, _ = sent("--seed", "12", "--jobs", jobs)
        assert again == first, jobs
    again, _ = sent("--seed", "12", "--serial")
    assert again == first


@test
def other_seeds_send_other_requests():
    first, _ = sent("--seed", "12")
    for arguments in (("--seed", "13"), (), ()):
        other, seed = sent(*arguments)
        assert seed != "12"
        for name, query in other.items():
            for field, value in query.items():
                assert value != first[name][field], (name, field)


@test
def a_run_without_a_seed_can_be_repeated_by_the_one_it_tells():
    first, seed = sent()
    again, _ = sent("--seed", seed)
    assert again == first


@test
def no_two_tests_or_steps_or_places_get_the_same():
    queries, _ = sent("--seed", "12")
    identities, runs = [], set()
    for query in queries.values():
        identities += [query["id"], *query["again"].split()]
        runs.add(query["run"])
    assert all(UUID.fullmatch(id) for id in identities), identities
    assert len(set(identities)) == 3 * len(queries)
    assert len(runs) == 1, "a variable is evaluated once a run"


@test
def only_whole_numbers_of_64_bits_are_seeds():
    most = str(2 ** 64 - 1)
    assert sent("--seed", most)[1] == most
    for wrong in ("-1", "x", "1.5", str(2 ** 64)):
        told = volley("run", "seed.json", "--seed", wrong)
        assert told.status == 2, told
        assert f'--seed: "{wrong}" is not a number from 0 to 2^64 - 1' \
            in told.err, told


main()
