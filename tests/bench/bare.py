"""A bare store-and-page application on the same parts: Flask, Jinja, SQLAlchemy Core, SQLite and waitress.

Every request does what no application that keeps a record can do without: it reads one stored document,
stores one event and gives a page of 8 KB. There are no seats, sessions, rights, rules or form tokens.
"""

from __future__ import annotations

import sys
import threading

import msgspec
from flask import Flask, render_template
from jinja2 import DictLoader
from sqlalchemy import Engine, text
from waitress import create_server

from simulator.listening import CONNECTIONS, THREADS
from simulator.serving import tune
from simulator.store.engine import open_database

ROW_BYTES, PAGE_BYTES, DOCUMENTS = 100, 8 * 1024, 64
PAGE = "<!doctype html><title>bare</title>{% for row in rows %}<p>{{ row }}</p>\n{% endfor %}"


def create_app(database: str, document_bytes: int) -> Flask:
    """One screen: /<number> reads that document, notes that it was read, and shows a page."""
    app, engine, writer = Flask(__name__), open_database(f"sqlite:///{database}").engine, threading.Lock()
    app.jinja_loader = DictLoader({"page.html": PAGE})
    filler = "x" * (ROW_BYTES - len("<p></p>\n"))
    _fill(engine, {"rows": [filler] * (document_bytes // ROW_BYTES)})
    read = text("SELECT body FROM documents WHERE id = :id")
    note = text("INSERT INTO happened (document, what) VALUES (:id, 'read')")

    @app.get("/")
    def ready() -> str:
        return "ready"

    @app.get("/<int:number>")
    def page(number: int) -> str:
        with writer, engine.connect().execution_options(writes=True) as connection, connection.begin():
            msgspec.json.decode(connection.execute(read, {"id": number}).scalar_one())
            connection.execute(note, {"id": number})
        return render_template("page.html", rows=[filler] * (PAGE_BYTES // ROW_BYTES))

    return app


def _fill(engine: Engine, document: object) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE documents (id INTEGER PRIMARY KEY, body BLOB)"))
        connection.execute(text("CREATE TABLE happened (id INTEGER PRIMARY KEY, document INT, what TEXT)"))
        rows = [{"id": number, "body": msgspec.json.encode(document)} for number in range(DOCUMENTS)]
        connection.execute(text("INSERT INTO documents VALUES (:id, :body)"), rows)


def main() -> None:
    """Serve until ended, exactly as `densai serve` does."""
    tune()
    app = create_app(sys.argv[1], int(sys.argv[2]))
    server = create_server(app, host="127.0.0.1", port=0, threads=THREADS, connection_limit=CONNECTIONS)
    print(f"http://127.0.0.1:{server.effective_port}/", flush=True)
    server.run()


if __name__ == "__main__":
    main()
