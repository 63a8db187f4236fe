#!/bin/sh
# demo.sh PROGRAM: what volley-demo-api promises, page by page.
# shellcheck disable=SC1091,SC2154 # tap.sh sets what is not set here
. "${0%/*}/tap.sh"
start "$1"

page() { # page NAME STATUS BODY-PART ARGUMENT...
    name=$1 wanted=$2 part=$3
    shift 3
    fetch "$@"
    is "$name: status" "$status" "$wanted"
    has "$name: body" "$body" "$part"
}

# --- the router

page "an index" 200 '"GET /todos"' "$base/"
page "health" 200 '{"status":"ok"}' "$base/health"
page "no such page" 404 'there is no /nope' "$base/nope"
page "a segment too many" 404 'there is no' "$base/health/x"
page "a segment that is empty" 404 'there is no' "$base/delay/"
page "a wrong method" 405 'is for GET, HEAD' -X DELETE "$base/health"
is "a wrong method: Allow" "$(header allow)" "GET, HEAD"
fetch -I "$base/json"
is "HEAD: status" "$status" 200
is "HEAD: length" "$(header content-length)" "$(curl -s "$base/json" | wc -c)"
is "HEAD: body" "$(curl -s --head "$base/health" | tail -n 1 | tr -d '\r')" ""

# --- the todos

login='{"user":"alice","password":"wonderland-4"}'
page "a login" 200 '{"token":"' -d "$login" "$base/login"
token=$(printf %s "$body" | sed 's/.*:"\(.*\)".*/\1/')
auth="Authorization: Bearer $token"
page "a wrong password" 401 '"error"' -d '{"user":"alice","password":"x"}' \
    "$base/login"
page "a login without password" 422 '"error"' -d '{"user":"alice"}' \
    "$base/login"
page "a login that is not JSON" 400 '"error"' -d 'user=alice' "$base/login"
page "no token" 401 '"error"' "$base/todos"
is "no token: challenge" "$(header www-authenticate)" 'Bearer realm="volley"'
page "a wrong token" 401 '"error"' -H "${auth}0" "$base/todos"
page "no todos" 200 '{"items":[],"total":0}' -H "$auth" "$base/todos"
page "a new todo" 201 '{"id":1,"title":"tea","done":false}' -H "$auth" \
    -d '{"title":"tea"}' "$base/todos"
is "a new todo: Location" "$(header location)" /todos/1
page "a second one" 201 '"done":true' -H "$auth" \
    -d '{"title":"cake","done":true}' "$base/todos"
page "one todo" 200 '"title":"tea"' -H "$auth" "$base/todos/1"
page "a patch" 200 '{"id":1,"title":"tea","done":true}' -H "$auth" \
    -X PATCH -d '{"done":true}' "$base/todos/1"
page "a replacement" 200 '{"id":1,"title":"milk","done":false}' -H "$auth" \
    -X PUT -d '{"title":"milk"}' "$base/todos/1"
page "a replacement without title" 422 'title is missing' -H "$auth" \
    -X PUT -d '{"done":true}' "$base/todos/1"
page "a filter" 200 '"title":"cake","done":true}],"total":1}' -H "$auth" \
    "$base/todos?done=true"
page "a limit" 200 'false}],"total":2}' -H "$auth" "$base/todos?limit=1"
page "a limit past the last" 400 '"error"' -H "$auth" "$base/todos?limit=1001"
page "a filter that is none" 400 '"error"' -H "$auth" "$base/todos?done=maybe"
page "a todo that is gone" 404 'no todo 9' -H "$auth" "$base/todos/9"
page "an id that is none" 404 'no todo 1x' -H "$auth" "$base/todos/1x"
page "a delete" 204 '' -H "$auth" -X DELETE "$base/todos/1"
page "a delete once more" 404 '"error"' -H "$auth" -X DELETE "$base/todos/1"
page "a body that is not JSON" 400 'not JSON' -H "$auth" -d '{' "$base/todos"
page "a body that is no object" 422 'object' -H "$auth" -d '[]' "$base/todos"
page "no title" 422 'missing' -H "$auth" -d '{}' "$base/todos"
page "an empty title" 422 'empty' -H "$auth" -d '{"title":""}' "$base/todos"
page "a title of a wrong type" 422 'string' -H "$auth" -d '{"title":1}' \
    "$base/todos"
page "done of a wrong type" 422 'true or false' -H "$auth" \
    -d '{"title":"a","done":1}' "$base/todos"
long=$(printf '%1000s' '')
page "the longest title" 201 '"id":3' -H "$auth" -d "{\"title\":\"$long\"}" \
    "$base/todos"
page "a title past it" 422 'too long' -H "$auth" \
    -d "{\"title\":\"$long.\"}" "$base/todos"
page "a reset" 204 '' -X POST "$base/reset"
is "as many todos as there may be" \
    "$(curl -s -o /dev/null -w '%{http_code}\n' -H "$auth" \
        -d '{"title":"t"}' "$base/todos?[1-10000]" | sort | uniq -c |
        tr -d ' ')" 10000201
page "a todo past the last" 507 '10000 todos' -H "$auth" -d '{"title":"t"}' \
    "$base/todos"
page "the longest list" 200 '"total":10000' -H "$auth" \
    "$base/todos?limit=1000"
curl -s -X POST "$base/reset"

# --- what a request said

head -c 1048576 /dev/zero >"$box/most"
head -c 1048577 /dev/zero >"$box/more"
head -c 70000000 /dev/zero >"$box/far-more"
page "the largest body" 200 '"method":"POST"' --data-binary "@$box/most" \
    -H 'Content-Type: a/b' "$base/anything"
page "a body past it" 413 '"error"' --data-binary "@$box/more" \
    "$base/anything"
page "a body past it, chunked" 413 '"error"' --data-binary "@$box/more" \
    -H 'Transfer-Encoding: chunked' "$base/anything"
fetch -H Expect: --data-binary "@$box/far-more" "$base/anything"
is "a body that nobody reads to its end" "$status" 000
page "repeated query keys" 200 '"args":{"a":["1","2","3"],"b":""}' \
    "$base/anything/else?a=1&a=2&a=3&b"
page "any method" 200 '"method":"BREW"' -X BREW "$base/anything"
page "the url as sent" 200 "\"url\":\"$base/anything/a%2Fb?c=%41\"" \
    "$base/anything/a%2Fb?c=%41"
page "a JSON body" 200 '"json":{"a":[1,null]}' -d '{"a":[1,null]}' \
    -H 'Content-Type: application/json' "$base/anything"
page "a form" 200 '"form":{"q":["1","a b"],"r":"ü"}' \
    -d 'q=1&q=a+b&r=%C3%BC' "$base/anything"
page "a multipart form" 200 '"form":{"f":"1"},"files":{"g":"sent\n"}' \
    -F f=1 -F 'g=@-;filename=x' "$base/anything" <<END
sent
END
printf '\377\001' >"$box/bytes"
page "bytes" 200 '"data":"data:application/octet-stream;base64,/wE="' \
    --data-binary "@$box/bytes" -H 'Content-Type: a/b' "$base/anything"
page "bytes in a query" 200 '"args":{"a":"ÿ"}' "$base/anything?a=%ff"
page "repeated headers" 200 '"X-Twice":["1","2"]' -H 'X-Twice: 1' \
    -H 'x-twice: 2' "$base/headers"
page "cookies" 200 '{"cookies":{"a":"1","b":"2"}}' -b 'a=1; b=2' \
    "$base/cookies"
page "cookies that were set" 200 '{"cookies":{"a":"1"}}' -L -c "$box/jar" \
    -b "$box/jar" "$base/cookies/set?a=1"
page "a cookie that was deleted" 200 '{"cookies":{}}' -L -c "$box/jar" \
    -b "$box/jar" "$base/cookies/delete?a"
page "a cookie that cannot be" 400 '"error"' "$base/cookies/set?a=1%3Bb"
page "basic auth" 200 '"authenticated":true' -u ann:pass \
    "$base/basic-auth/ann/pass"
page "basic auth, wrong" 401 '"error"' -u ann:past "$base/basic-auth/ann/pass"
is "basic auth, wrong: challenge" "$(header www-authenticate)" \
    'Basic realm="volley"'
page "a bearer" 200 '"token":"abc"' -H 'Authorization: Bearer abc' \
    "$base/bearer"
page "no bearer" 401 '"error"' "$base/bearer"

# --- documents

page "JSON" 200 '"matrix":[[1,2,3],[4,5,6],[7,8,9]]' "$base/json"
is "JSON: type" "$(header content-type)" application/json
page "XML" 200 '<title>Alice</title>' "$base/xml"
is "XML: type" "$(header content-type)" application/xml
page "HTML" 200 '<li class="book">Snark</li>' "$base/html"
fetch "$base/uuid"
is "a UUID" "$(printf %s "$body" |
    sed -E 's/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/it/')" \
    '{"uuid":"it"}'
page "gzip" 200 '"gzipped":true' --compressed "$base/gzip"
is "gzip: encoding" "$(header content-encoding)" gzip

# --- behaviour

page "a delay" 200 '{"delay":0.25}' "$base/delay/0.25"
page "no delay" 200 '{"delay":0.0}' "$base/delay/0"
page "a delay past the longest" 400 '"error"' "$base/delay/60.000000001"
page "a delay that is none" 400 '"error"' "$base/delay/-1"
page "status 418" 418 '{"status":418}' "$base/status/418"
page "status 204" 204 '' "$base/status/204"
page "status 302" 302 '' "$base/status/302"
is "status 302: Location" "$(header location)" /anything
page "a status below the lowest" 400 '"error"' "$base/status/199"
page "a status past the highest" 400 '"error"' "$base/status/600"
page "redirects" 200 "$base/anything\"" -L "$base/redirect/5"
page "redirects past the most" 400 '"error"' "$base/redirect/101"
page "a redirect" 308 '' "$base/redirect-to?status=308&url=%2Fjson"
is "a redirect: Location" "$(header location)" /json
page "a redirect that splits a header" 400 '"error"' \
    "$base/redirect-to?url=%0D%0Aa"
long=$(printf '%08192d' 0)
page "a redirect to the longest url" 302 '' "$base/redirect-to?url=$long"
page "a redirect past it" 400 '"error"' "$base/redirect-to?url=${long}0"
page "a redirect with another status" 400 '"error"' \
    "$base/redirect-to?url=a&status=200"
for calls in 503 503 200 200; do
    page "a flaky page" "$calls" '"failures":2' "$base/flaky/key/2"
done
is "flaky keys" "$(curl -s -o /dev/null -w '%{http_code}\n' \
    "$base/flaky/[1-999]/0" | sort | uniq -c | tr -d ' ')" 999200
page "a flaky key past the last" 507 '1000 flaky' "$base/flaky/another/0"
page "a known flaky key" 200 '"call":5' "$base/flaky/key/2"
page "a flaky key that is too long" 400 '"error"' \
    "$base/flaky/$(printf '%065d' 0)/0"
page "failures past the most" 400 '"error"' "$base/flaky/key/1001"

# --- streams

page "lines" 200 '{"id":2,"square":4}' "$base/stream/3"
is "lines: chunked" "$(header transfer-encoding)" chunked
is "a great many lines" "$(curl -s "$base/stream/1000000" | wc -l)" 1000000
page "lines past the most" 400 '"error"' "$base/stream/1000001"
page "events, slowly" 200 'event: tick
data: {"n":2}' "$base/sse/3?delay=0.1"
is "events: type" "$(header content-type)" text/event-stream
page "no bytes" 200 '' "$base/bytes/0"
is "bytes: length" "$(curl -s "$base/bytes/1000003" | wc -c)" 1000003
is "bytes: number 1000002 is itself modulo 251" \
    "$(curl -s "$base/bytes/1000003" | tail -c 1 | od -An -tu1 | tr -d ' ')" \
    $((1000002 % 251))
fetch -I "$base/bytes/8589934592"
is "the most bytes" "$(header content-length)" 8589934592
page "bytes past the most" 400 '"error"' "$base/bytes/8589934593"

# --- many at a time

curl -s -X POST "$base/metrics/reset"
is "a thousand delays" "$(curl -s -Z --parallel-max 200 -o /dev/null \
    -w '%{http_code}\n' "$base/delay/0.5?[1-1000]" 2>/dev/null | sort |
    uniq -c | tr -d ' ')" 1000200
fetch "$base/metrics"
has "all of them counted" "$body" '"requests":1001,'
has "two hundred at once" "$body" '"in_flight_peak":200}'

curl -s -o /dev/null "$base/delay/30" &
sleeper=$!
until curl -s "$base/metrics" | grep -q '"in_flight":2'; do
    sleep 0.1
done
stop "ends while somebody sleeps"
wait "$sleeper"
"$1" --port 65536 2>/dev/null
is "a port that is none" $? 2
finish
