"""Long work: one runner each, progress with each chunk, and on again after a crash."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.db import connections, transaction
from django_scopes import scope, scopes_disabled

from shuxiang.platform.jobs import actions, queries, worker
from shuxiang.platform.jobs.models import Job
from shuxiang.platform.jobs.rules import State, is_left_behind
from shuxiang.platform.schools.models import School

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
CHUNKS = 5
done_chunks: list[int] = []


def clock():
    return NOW


def count_to_five(job, clock):
    """A kind of work for these tests: five chunks, and a crash where `params` says."""
    for chunk in range(job.done + 1, CHUNKS + 1):
        if chunk == job.params.get("crash_at"):
            raise SystemExit
        if chunk == job.params.get("fail_at"):
            raise ZeroDivisionError
        with transaction.atomic():
            done_chunks.append(chunk)
            actions.advance(job, done=chunk, total=CHUNKS, now=clock())
    actions.finish(job, report={"chunks": CHUNKS}, now=clock())


@pytest.fixture
def school(db):
    return School.objects.create(name="本校", code="own", created_at=NOW)


@pytest.fixture(autouse=True)
def handlers(settings):
    done_chunks.clear()
    settings.JOB_HANDLERS = {"count": f"{__name__}.count_to_five"}


def started(school, **params):
    with scope(school=school):
        return actions.start(school=school, kind="count", by=None, now=NOW, params=params)


def test_work_is_done_and_its_report_is_kept(school):
    job = started(school)

    assert queries.next_to_run(now=NOW) == job
    assert worker.run(job, clock=clock)

    with scope(school=school):
        job.refresh_from_db()
        assert (job.state, job.done, job.total) == (State.DONE, CHUNKS, CHUNKS)
        assert job.report == {"chunks": CHUNKS}
        assert queries.unfinished(school=school) == []


def test_after_a_crash_it_goes_on_where_it_stopped(school):
    job = started(school, crash_at=3)
    with pytest.raises(SystemExit):
        worker.run(job, clock=clock)
    with scope(school=school):
        Job.objects.filter(pk=job.pk).update(runner="elsewhere/1", params={})
    assert queries.next_to_run(now=NOW) is None  # its runner may still be at it

    later = NOW + timedelta(minutes=3)
    left_behind = queries.next_to_run(now=later)
    assert left_behind is not None
    worker.run(left_behind, clock=lambda: later)

    assert done_chunks == [1, 2, 3, 4, 5]


def test_an_unforeseen_error_ends_it_with_words(school, caplog):
    job = started(school, fail_at=2)

    worker.run(job, clock=clock)

    with scope(school=school):
        job.refresh_from_db()
        assert job.state == State.FAILED
        assert job.done == 1
        assert job.error
    assert "ZeroDivisionError" in caplog.text


def test_work_that_took_the_program_down_three_times_is_given_up(school):
    job = started(school, crash_at=1)
    starts = [NOW + timedelta(minutes=3 * start) for start in range(4)]
    for moment in starts[:3]:
        with pytest.raises(SystemExit):
            worker.run(job, clock=partial(datetime.fromtimestamp, moment.timestamp(), UTC))

    worker.run(job, clock=partial(datetime.fromtimestamp, starts[3].timestamp(), UTC))

    with scope(school=school):
        job.refresh_from_db()
        assert job.state == State.FAILED
        assert "3" in job.error


def test_a_job_that_was_taken_back_writes_nothing_more(school):
    job = started(school)
    with scope(school=school):
        actions.claim(job, runner=queries.this_runner(), now=NOW)
        actions.mark_taken_back(Job.objects.get(pk=job.pk), by=None, now=NOW)

        with pytest.raises(actions.JobStopped):
            actions.advance(job, done=1, now=NOW)

        job.refresh_from_db()
        assert (job.state, job.done) == (State.TAKEN_BACK, 0)


@pytest.mark.django_db(transaction=True)
def test_of_many_runners_one_gets_the_job(school):
    job = started(school)
    got, barrier = [], threading.Barrier(8)

    def try_to_claim(name):
        barrier.wait()
        with scopes_disabled():
            mine = Job.objects.get(pk=job.pk)
            got.append(actions.claim(mine, runner=f"elsewhere/{name}", now=NOW))
        connections.close_all()

    threads = [threading.Thread(target=try_to_claim, args=(name,)) for name in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(got) == [False] * 7 + [True]


@pytest.mark.django_db(transaction=True)
def test_the_worker_takes_up_what_is_asked_for(school):
    helper = worker.Worker(clock=clock)
    helper.start()
    try:
        job = started(school)
        for _attempt in range(200):
            with scope(school=school):
                job.refresh_from_db()
            if job.state == State.DONE:
                break
            threading.Event().wait(0.02)
    finally:
        helper.leave(seconds=5)

    assert job.state == State.DONE
    assert not helper.is_alive()


@pytest.mark.parametrize(
    ("silence", "gone", "left"),
    [
        (timedelta(seconds=5), False, False),
        (timedelta(seconds=5), True, True),
        (timedelta(minutes=3), False, True),
        (timedelta(days=-365), False, True),
    ],
)
def test_a_runner_that_is_gone_or_silent_has_left_its_job_behind(silence, gone, left):
    assert is_left_behind(touched_at=NOW - silence, runner_is_gone=gone, now=NOW) is left
