"""Bodies of any size are judged as they come, and not held."""
import hashlib

from harness import *

API = server("api")
MIB = 1 << 20


def digest_of(size):
    """The demo API's bytes, read once."""
    found = hashlib.sha256()
    with urllib.request.urlopen(API + f"/bytes/{size}") as answer:
        while block := answer.read(MIB):
            found.update(block)
    return found.hexdigest()


@test
def a_large_body_is_checked_in_constant_memory():
    size = 256 * MIB
    suite("large.json", [{"name": "t", "request": {
        "url": API + f"/bytes/{size}", "timeout": "100s"},
        "expect": {"body": {"sha256": digest_of(size)},
                   "size": {"body": size}}}])
    if is_sanitized():
        raise Skip("memory means nothing under a sanitizer")
    peak = peak_kib("run", "large.json")
    assert peak < 40 * 1024, peak


@test
def a_wrong_digest_fails():
    told = run_tests([{"name": "t", "request": {"url": API + "/bytes/5000"},
                       "expect": {"body": {"sha256": "0" * 64}}}])
    assert told.status == 1 and "sha256" in told.out, told
    assert digest_of(5000) in told.out, told


@test
def words_are_found_across_the_borders_of_what_arrives():
    told = run_tests([
        {"name": "there", "request": {"url": API + "/stream/200"},
         "expect": {"body": {"contains": "\n"}}},
        {"name": "not there", "request": {"url": API + "/stream/200"},
         "expect": {"body": {"not": {"contains": "no such words"}}}},
    ])
    assert told.status == 0, told


@test
def what_is_streamed_needs_no_max_body():
    told = run_tests([{"name": "t", "request": {"url": API + "/bytes/5000000"},
                       "expect": {"size": {"body": "5MB"}}}],
                     "--max-body", "1kB")
    assert told.status == 0, told


@test
def digests_and_words_are_looked_for_without_holding_the_body():
    told = run_tests([{"name": "t", "request": {"url": API + "/bytes/5000000"},
                       "expect": {"body": {"sha256": digest_of(5000000),
                                           "not": {"contains": "nowhere"},
                                           "empty": False}}}],
                     "--max-body", "1kB")
    assert told.status == 0, told


@test
def what_must_be_held_is_bounded_by_max_body():
    case = {"name": "t", "request": {"url": API + "/bytes/1001"},
            "expect": {"body": {"length": {"gt": 0}, "matches": "."}}}
    told = run_tests([case], "--max-body", "1000")
    assert told.status == 1 and "--max-body" in told.out, told


main()
