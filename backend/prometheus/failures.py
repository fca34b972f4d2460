"""What a Prometheus can answer in place of figures; the sentences are the client's."""

from backend.errors import BackendError


class PrometheusRefused(BackendError):
    """The Prometheus at `url` gave no figures: the detail says why."""

    message_id = "PrometheusRefused"
