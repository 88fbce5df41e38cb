"""A bare store-and-page application on the same parts: Flask, Jinja, SQLAlchemy Core, SQLite and waitress.

It does what no application of this kind can do without: read one stored document, store one event,
give a page. It has no seats, sessions, rights, rules or form tokens: how much slower ours is, is what
those cost.
"""

from __future__ import annotations

import sys
import threading

import msgspec
from flask import Flask, Response, render_template_string, request
from sqlalchemy import text
from waitress import create_server

from simulator.serving import CONNECTIONS, THREADS, tune
from simulator.store.tables import open_database

ROW_BYTES = 100
PAGE = "<!doctype html><title>bare</title>{% for row in rows %}<p>{{ row }}</p>\n{% endfor %}"


def create_app(database: str, page_bytes: int, document_bytes: int) -> Flask:
    """Two screens: GET /<id> reads a document and gives a page, POST /<id> stores an event and redirects."""
    app, engine, writer = Flask(__name__), open_database(f"sqlite:///{database}"), threading.Lock()
    filler = "x" * (ROW_BYTES - len("<p></p>\n"))
    document = {"rows": [filler] * (document_bytes // ROW_BYTES)}
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE documents (id INTEGER PRIMARY KEY, body BLOB)"))
        connection.execute(
            text("CREATE TABLE happened (id INTEGER PRIMARY KEY, document INTEGER, what TEXT)")
        )
        rows = [{"id": number, "body": msgspec.json.encode(document)} for number in range(64)]
        connection.execute(text("INSERT INTO documents VALUES (:id, :body)"), rows)
    read = text("SELECT body FROM documents WHERE id = :id")
    save = text("UPDATE documents SET body = :body WHERE id = :id")
    note = text("INSERT INTO happened (document, what) VALUES (:id, :what)")

    @app.get("/")
    def ready() -> str:
        return "ready"

    @app.get("/<int:number>")
    def page(number: int) -> str:
        with engine.connect() as connection:
            msgspec.json.decode(connection.execute(read, {"id": number}).scalar_one())
        return render_template_string(PAGE, rows=[filler] * (page_bytes // ROW_BYTES))

    @app.post("/<int:number>")
    def store(number: int) -> Response:
        with writer, engine.connect().execution_options(writes=True) as connection, connection.begin():
            body = msgspec.json.decode(connection.execute(read, {"id": number}).scalar_one())
            body["last"] = request.form["what"]
            connection.execute(save, {"id": number, "body": msgspec.json.encode(body)})
            connection.execute(note, {"id": number, "what": body["last"]})
        return Response(status=303, headers={"Location": f"/{number}"})

    return app


def main() -> None:
    """Serve until ended, exactly as `densai serve` does."""
    tune()
    app = create_app(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
    server = create_server(app, host="127.0.0.1", port=0, threads=THREADS, connection_limit=CONNECTIONS)
    print(f"http://127.0.0.1:{server.effective_port}/", flush=True)
    server.run()


if __name__ == "__main__":
    main()
