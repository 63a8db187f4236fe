"""Against a server that everybody knows."""
import time

from harness import *

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"


def start_nginx():
    port, tls_port = free_port(), free_port()
    os.chmod(folder, 0o755)  # its worker is another user
    write("nginx/www/data.json", {"id": 7, "tags": ["a", "b"]})
    write("nginx/www/big.txt", "x" * 3000000)
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days",
         "2", "-subj", "/CN=volley test", "-addext",
         "subjectAltName=IP:127.0.0.1", "-keyout", "nginx/key.pem", "-out",
         "nginx/cert.pem"], cwd=folder, check=True, capture_output=True)
    conf = write("nginx/nginx.conf", f"""
daemon off; worker_processes 1; pid {folder}/nginx/pid;
error_log {folder}/nginx/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; types {{ application/json json; text/plain txt; }}
  client_body_temp_path {folder}/nginx/t1; proxy_temp_path {folder}/nginx/t2;
  fastcgi_temp_path {folder}/nginx/t3; uwsgi_temp_path {folder}/nginx/t4;
  scgi_temp_path {folder}/nginx/t5;
  gzip on; gzip_types text/plain; gzip_min_length 100;
  keepalive_requests 7;
  server {{ listen 127.0.0.1:{port}; root {folder}/nginx/www;
    add_header X-Twice one; add_header X-Twice two;
    location /old {{ return 301 /data.json; }}
    location /teapot {{ return 418 "short and stout"; }} }}
  server {{ listen 127.0.0.1:{tls_port} ssl; root {folder}/nginx/www;
    ssl_certificate {folder}/nginx/cert.pem;
    ssl_certificate_key {folder}/nginx/key.pem; }}
}}""")
    start([NGINX, "-c", conf, "-p", os.path.join(folder, "nginx")])
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 0.1).close()
            return (f"http://127.0.0.1:{port}",
                    f"https://127.0.0.1:{tls_port}")
        except OSError:
            time.sleep(0.05)
    raise Skip("nginx did not start")


if not os.path.exists(NGINX):
    print("1..0 # SKIP nginx is not installed")
    sys.exit(0)

URL, TLS_URL = start_nginx()


@test
def common_answers_are_judged():
    told = run_tests([
        {"name": "json", "request": {"url": "/data.json"}, "expect": {
            "headers": {"content-type": "application/json"},
            "json": {"$.id": 7, "$.tags[*]": {"count": 2}}}},
        {"name": "both headers", "request": {"url": "/data.json"},
         "expect": {"headers": {"x-twice": "two"}}},
        {"name": "missing", "request": {"url": "/nothing"},
         "expect": {"status": 404}},
        {"name": "moved", "request": {"url": "/old"},
         "expect": {"status": 301,
                    "headers": {"location": {"ends_with": "/data.json"}}}},
        {"name": "followed", "request": {"url": "/old", "follow": True},
         "expect": {"json": {"$.id": 7}}},
        {"name": "teapot", "request": {"url": "/teapot"},
         "expect": {"status": 418, "body": "short and stout"}},
        {"name": "gzip", "request": {"url": "/big.txt", "compressed": True},
         "expect": {"size": {"body": 3000000, "wire": {"lt": 100000}}}},
    ], more={"base_url": URL})
    assert told.status == 0, told


@test
def connections_that_the_server_closes_now_and_then_are_no_trouble():
    told = run_tests([{"name": "t", "repeat": 500,
                       "request": {"url": URL + "/data.json"}}], "--jobs", 16)
    assert told.status == 0 and "500 passed" in told.out, told


def tls_case(expect, **request):
    return {"name": str(request or expect),
            "request": {"url": TLS_URL + "/data.json", **request},
            "expect": expect}


@test
def certificates_are_verified():
    told = run_tests([
        tls_case({"error": "tls"}),
        tls_case({"status": 200}, tls={"verify": False}),
        tls_case({"status": 200}, tls={"ca": "nginx/cert.pem"}),
    ])
    assert told.status == 0, told


@test
def the_command_line_says_whom_to_trust():
    case = tls_case({"status": 200})
    assert run_tests([case]).status == 1
    assert run_tests([case], "--cacert", "nginx/cert.pem").status == 0
    told = run_tests([case], "-k")
    assert told.status == 0 and "verif" in told.out + told.err, told


@test
def tls_connections_are_kept_alive_and_timed():
    log = os.path.join(folder, "tls.jsonl")
    told = run_tests([{"name": "t", "repeat": 5, "request": {
        "url": TLS_URL + "/data.json", "tls": {"ca": "nginx/cert.pem"}},
        "expect": {"time": {"tls": {"lt": "5s"}}}}],
        "--jobs", 1, "--report", "log=" + log)
    assert told.status == 0, told
    exchanges = [line["exchanges"][0] for line in log_lines(log)
                 if line["event"] == "test_finished"]
    assert exchanges[0]["timings"]["tls_ns"] > 0, exchanges[0]
    assert not exchanges[0]["reused"] and exchanges[4]["reused"], exchanges
    assert exchanges[4]["timings"]["tls_ns"] == 0, exchanges[4]


main()
