"""Bodies that are XML or HTML, from the wire to the reports."""
from stage import *

ORDER = ('<order id="17" xmlns="urn:shop"><item sku="milk"/>'
         '<item sku="oats"/></order>')
SHOP = {"s": "urn:shop"}
SCHEMA = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:element name="n" type="xs:integer"/></xs:schema>
"""


def answer(body, kind="application/xml"):
    return [{"body": body, "headers": {"Content-Type": kind}}]


@test
def what_an_xpath_finds_is_captured_and_judged():
    tests = [
        case("order", expect={"xml": {"namespaces": SHOP,
                                      "//s:item/@sku": ["milk", "oats"]}},
             capture={"id": {"xml": "/s:order/@id", "namespaces": SHOP},
                      "last": {"xml": "//@sku", "last": True}}),
        case("page", expect={"html": {"//h1": "order {{id}}",
                                      "//li": "{{last}}"}}),
    ]
    with stage(order=answer(ORDER),
               page=answer("<h1>order 17</h1><ul><li>oats</ul>",
                           "text/html")) as made:
        story = play(scene(made, tests))
    assert story.counts["passed"] == 2, story


@test
def what_does_not_hold_is_told_with_its_place():
    tests = [case("order", expect={"xml": {"//*[2]/@sku": "rice"}}),
             case("broken", expect={"xml": {"//a": "b"}}),
             case("bomb", expect={"xml": {"//a": {"exists": True}}})]
    bomb = ('<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]>'
            "<a>&c;</a>")
    with stage(order=answer(ORDER), broken=answer("<a><b></a>"),
               bomb=answer(bomb)) as made:
        story = play(scene(made, tests), status=1)
    assert story.counts["failed"] == 3, story
    for words in ('/*/*[2]/@sku (line 1)  expected  "rice"',
                  "xml: the body is not XML: Opening and ending tag mismatch",
                  'the entity "c" is none of XML\'s own five'):
        assert words in story.out, story


@test
def a_schema_is_read_once_and_asked_by_many():
    write("n.xsd", SCHEMA)
    tests = [case(f"n{i}", expect={"xsd": "n.xsd"}) for i in range(60)]
    scripts = {f"n{i}": answer(f"<n>{'x' if i == 7 else i}</n>")
               for i in range(60)}
    with stage(**scripts) as made:
        story = play(scene(made, tests), "--jobs", "8", status=1)
    assert story.counts["passed"] == 59, story
    assert story.found["n7"] == "failure", story
    assert "'x' is not a valid value of the atomic type 'xs:integer'" in (
        story.out), story


main()
