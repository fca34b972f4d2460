from backend.prometheus.failures import PrometheusRefused


def test_it_names_the_one_that_was_asked() -> None:
    told = PrometheusRefused(url="http://p", detail=("why",)).problem
    assert (told.message_id, told["url"], told.detail) == (
        "PrometheusRefused",
        "http://p",
        ("why",),
    )
