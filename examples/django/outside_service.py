#!/usr/bin/env python3
"""Stands in for everything outside of the shop: payments, mail, webhooks, the warehouse.

GET /status tells whether it is up and how often it was called; PUT /outage with {"down": true} or {"down": false} is
the switch. While it is down most calls get a 503, and each eighth hangs, as real outages do."""

import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LATENCY_SECONDS = 0.05
HANG_SECONDS = 3


class Service(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port):
        super().__init__(("127.0.0.1", port), Handler)
        self.lock = threading.Lock()
        self.down = False
        self.answered = 0
        self.refused = 0

    def count_call(self):
        """Counts one call and returns whether it is answered, and the number of its kind."""
        with self.lock:
            if self.down:
                self.refused += 1
                return False, self.refused
            self.answered += 1
            return True, self.answered


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        service = self.server
        self.answer(200, {"down": service.down, "answered": service.answered, "refused": service.refused})

    def do_PUT(self):
        self.server.down = bool(self.read_body().get("down"))
        self.do_GET()

    def do_POST(self):
        self.read_body()
        is_up, number = self.server.count_call()
        if is_up:
            time.sleep(LATENCY_SECONDS)
            self.answer(200, {"id": f"out-{number}", "status": 200})
            return
        if number % 8 == 0:
            time.sleep(HANG_SECONDS)
        self.answer(503, {"error": "down for a while"})

    def read_body(self):
        return json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or "{}")

    def answer(self, status, body):
        data = json.dumps(body).encode()
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
        except ConnectionError:
            # Whoever asked has lost patience.
            self.close_connection = True

    def log_message(self, format, *args):
        pass


if __name__ == "__main__":
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8900
    service = Service(port)
    print(f"outside service on http://127.0.0.1:{port}", flush=True)
    service.serve_forever()
