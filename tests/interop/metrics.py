"""`/metrics`, read by the parser of Prometheus's own client for Python, which is a strict one."""

import urllib.request

from prometheus_client.openmetrics.parser import text_string_to_metric_families

from checks import equal
from waiter import TOKEN


def scrape(server):
    address = "/".join(server.wsdl.split("/", 3)[:3]) + "/metrics"
    request = urllib.request.Request(address, headers={"Accept": "application/openmetrics-text; version=1.0.0"})
    with urllib.request.urlopen(request, timeout=30) as response:
        equal(response.headers["Content-Type"], "application/openmetrics-text; version=1.0.0; charset=utf-8")
        return response.read().decode()


def samples(text):
    """`{(name, labels): value}`, labels as sorted pairs."""
    families = text_string_to_metric_families(text)
    return {(one.name, tuple(sorted(one.labels.items()))): one.value for family in families for one in family.samples}


def calls_are_told_of(server):
    """After the other checks: what they have done is in the counts, and what they have sent is not."""
    text = scrape(server)
    found = samples(text)
    done = [value for (name, labels), value in found.items() if name == "soap_requests_total" and ("outcome", "ok") in labels]
    assert sum(done) > 0, text
    assert TOKEN not in text, text


def jobs_are_told_of(server):
    found = samples(scrape(server))
    for kind in ("soap_jobs_finished_total", "soap_job_polls_total", "soap_store_commit_seconds_count"):
        assert sum(value for (name, _), value in found.items() if name == kind) > 0, kind
    equal(found["soap_store_errors_total", ()], 0)
