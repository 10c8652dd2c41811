"""One word for programs that watch the server."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse

from shuxiang.web.access import everyone


@everyone
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 once the database can be read and has every table."""
    try:
        ready = _has_every_table()
    except DatabaseError:
        ready = False
    return HttpResponse("ok" if ready else "starting", status=200 if ready else 503)


def _has_every_table() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
