"""One word for programs that watch the server."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse


def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 once the database can be read and has every table."""
    executor = MigrationExecutor(connection)
    ready = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return HttpResponse("ok" if ready else "starting", status=200 if ready else 503)


healthz.access = "everyone"  # type: ignore[attr-defined]
