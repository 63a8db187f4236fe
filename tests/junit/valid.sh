#!/bin/sh
# Every story's JUnit report is valid: the default dialect by our own schema, the
# strict one by those of Jenkins' xUnit plugin and of Ant.
# usage: valid.sh default|strict TELL_PROGRAM
set -eu

here=$(dirname "$0")
dialect=$1
tell=$2
foreign=${VOLLEY_SHARED:-$here/../../../shared}/conformance/junit
stories='compared empty flaky hostile login passed skipped troubled'

command -v xmllint >/dev/null || exit 77
case $dialect in
default)
    shade=junit
    schemas=$here/volley-junit.xsd
    ;;
strict)
    shade=strict
    schemas="$foreign/jenkins-xunit-junit-10.xsd $foreign/windyroad-ant-junit.xsd"
    [ -d "$foreign" ] || exit 77
    ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for story in $stories; do
    "$tell" "$shade" "$story" "$work/$story.xml"
    for schema in $schemas; do
        xmllint --noout --nonet --schema "$schema" "$work/$story.xml"
    done
done
