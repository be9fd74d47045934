"""A queue over HTTP, in memory: POST /jobs, GET /jobs/next (waits), PUT /results/ID, GET /results."""
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, Queue

jobs: Queue = Queue()
results: dict = {}


class Handler(BaseHTTPRequestHandler):
    def answer(self, status: int, value) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def body(self):
        return json.loads(self.rfile.read(int(self.headers.get("content-length", 0))))

    def do_GET(self) -> None:
        if self.path == "/jobs/next":
            try:
                self.answer(200, jobs.get(timeout=20))
            except Empty:
                self.answer(404, None)
        elif self.path == "/results":
            self.answer(200, list(results.values()))
        else:
            self.answer(200, {"waiting": jobs.qsize()})

    def do_POST(self) -> None:
        job = {"id": len(results) + 1, "text": self.body()["text"]}
        results[job["id"]] = {**job, "result": None}
        jobs.put(job)
        self.answer(201, job)

    def do_PUT(self) -> None:
        number = int(self.path.rsplit("/", 1)[1])
        results[number]["result"] = self.body()["result"]
        self.answer(200, results[number])


print("listening on 8080")
ThreadingHTTPServer(("", 8080), Handler).serve_forever()
