"""The page: /?text=something makes a job; all jobs and their results are shown."""
import html
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from urllib.request import Request, urlopen

QUEUE = "http://queue"
TITLE = "Texts, turned round"


def ask(path: str, value=None):
    data = None if value is None else json.dumps(value).encode()
    with urlopen(Request(QUEUE + path, data=data), timeout=5) as response:
        return json.load(response)


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        rows = ""
        # A look without a text is the readiness probe's, too, and asks nobody.
        if text := parse_qs(urlsplit(self.path).query).get("text"):
            ask("/jobs", {"text": text[0]})
            for job in ask("/results"):
                rows += f"<li>{html.escape(job['text'])}: {html.escape(job['result'] or 'waiting')}</li>"
        page = f"<!doctype html><title>{TITLE}</title><h1>{TITLE}</h1><ul>{rows}</ul>".encode()
        self.send_response(200)
        self.send_header("content-type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page)


print("listening on 8080")
ThreadingHTTPServer(("", 8080), Handler).serve_forever()
