"""Whose certificates are trusted, on machines that keep them elsewhere.

The system's own are hidden in a mount namespace, which nobody else sees."""
import contextlib
import http.server
import ssl
import threading

from harness import *

CERTIFICATES = "/etc/ssl/certs"
BUNDLE = CERTIFICATES + "/ca-certificates.crt"
# Replaces the system's folder by an empty one, fills it by $1, and runs the
# rest.
HIDE = (f"mount -t tmpfs none {CERTIFICATES} && eval \"$1\" && shift && "
        "exec \"$@\"")

# A libcurl that was built with another file, and no folder.
ELSEWHERE = """
#define _GNU_SOURCE
#include <curl/curl.h>
#include <dlfcn.h>

curl_version_info_data *curl_version_info(CURLversion version)
{
    static curl_version_info_data about;
    curl_version_info_data *(*real)(CURLversion) =
        (curl_version_info_data *(*)(CURLversion))dlsym(RTLD_NEXT,
                                                        "curl_version_info");

    about = *real(version);
    about.cainfo = "%s";
    about.capath = (void *)0;
    return &about;
}
"""


def openssl(*arguments):
    if not shutil.which("openssl"):
        raise Skip("there is no openssl command")
    done = subprocess.run(["openssl", *arguments], cwd=folder,
                          capture_output=True, text=True, timeout=WAIT_S)
    assert done.returncode == 0, done.stderr


def make_certificates():
    """An authority of our own, and a server's certificate by it."""
    if os.path.exists(os.path.join(folder, "server.pem")):
        return
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
            "-subj", "/CN=volley test authority", "-keyout", "ca.key", "-out",
            "ca.pem")
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost",
            "-keyout", "server.key", "-out", "server.csr")
    write("names.ext", "subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey",
            "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "names.ext",
            "-out", "server.pem")


class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


class Secure(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, address):
        pass  # a handshake that was refused


@contextlib.contextmanager
def https():
    make_certificates()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(os.path.join(folder, "server.pem"),
                            os.path.join(folder, "server.key"))
    made = Secure(("127.0.0.1", 0), Answer)
    made.socket = context.wrap_socket(made.socket, server_side=True,
                                      do_handshake_on_connect=False)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    try:
        yield f"https://127.0.0.1:{made.server_port}/"
    finally:
        made.shutdown()
        made.server_close()


def hidden(fill, *command, env=None):
    return subprocess.run(
        ["unshare", "-rm", "sh", "-c", HIDE, "sh", fill, *map(str, command)],
        cwd=folder, capture_output=True, text=True, timeout=WAIT_S,
        env=clean_environment(env))


def run_hidden(fill, *arguments, env=None):
    """volley in a machine whose folder of certificates is what `fill` makes."""
    if not shutil.which("unshare") or hidden("true", "true").returncode != 0:
        raise Skip("no mount namespaces here, so the system's certificates "
                   "cannot be hidden")
    with https() as url:
        path = suite("tls.json", [{"name": "secure", "request": {"url": url}}])
        done = hidden(fill, VOLLEY, "run", path, *arguments, env=env)
    assert "Sanitizer" not in done.stderr, done.stderr
    return Result(done.returncode, done.stdout, done.stderr)


@test
def a_private_authority_is_not_trusted_unasked():
    with https() as url:
        told = run_tests([{"name": "secure", "request": {"url": url}}])
        assert told.status == 1 and "local issuer certificate" in told.out, told
        told = run_tests([{"name": "secure", "request": {"url": url}}],
                         "--cacert", os.path.join(folder, "ca.pem"))
    assert told.status == 0, told


@test
def the_systems_bundle_is_trusted():
    told = run_hidden(f"cp ca.pem {BUNDLE}")
    assert told.status == 0, told


@test
def where_libcurl_was_built_for_another_place_that_is_trusted():
    """As on systems that are not Debian's: its version info says which."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if is_sanitized() or not compiler:
        raise Skip("needs a compiler, and a volley that takes a preload")
    write("elsewhere.c", ELSEWHERE % os.path.join(folder, "ca.pem"))
    subprocess.run([compiler, "-shared", "-fPIC", "-o", "elsewhere.so",
                    "elsewhere.c"], cwd=folder, check=True, timeout=WAIT_S)
    preload = {"LD_PRELOAD": os.path.join(folder, "elsewhere.so")}
    told = run_hidden("true", env=preload)
    assert told.status == 0, told


@test
def certificates_that_are_missing_are_told_in_words():
    junit = os.path.join(folder, "missing.xml")
    told = run_hidden("true", "--report", "junit=" + junit)
    assert told.status == 1, told
    words = f"error setting certificate file: {BUNDLE}"
    assert f"tls: {words}" in told.out, told
    assert words in problems(junit)["secure"][1], problems(junit)


@test
def a_folder_without_a_bundle_is_trusted():
    told = run_hidden(f"cp ca.pem {CERTIFICATES}/ && "
                      f"openssl rehash {CERTIFICATES}")
    assert told.status == 0, told


@test
def a_file_that_is_named_needs_no_system():
    told = run_hidden("true", "--cacert", os.path.join(folder, "ca.pem"))
    assert told.status == 0, told


main()
