"""A gate before the site of the tests that can refuse what is sent, as a server that is being restarted does."""

from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

HOP = ("connection", "keep-alive", "transfer-encoding", "content-length")


class Gate:
    """`url`: the site behind it. While `refusing` is set each POST is answered by 503; a look goes through."""

    def __init__(self, site: str) -> None:
        self.refusing, self.refused = False, 0
        host, port, gate = urlsplit(site).hostname or "", urlsplit(site).port, self

        class Handler(BaseHTTPRequestHandler):
            def handle_one(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                if gate.refusing and self.command == "POST":
                    gate.refused += 1
                    return self.answer(503, [], b"")
                link = HTTPConnection(host, port, timeout=20)
                link.request(self.command, self.path, body, dict(self.headers))
                found = link.getresponse()
                self.answer(found.status, found.getheaders(), found.read())
                link.close()
                return None

            do_GET = do_POST = handle_one

            def answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
                self.send_response(status)
                for name, value in headers:
                    if name.lower() not in HOP:
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *words: object) -> None:
                """Not into the answer of the tests."""

        self._server = ThreadingHTTPServer((host, 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://{host}:{self._server.server_port}"
        Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
