"""Logs carry ids and reasons, never names: only the keys listed here are ever written."""

import structlog
from structlog.typing import EventDict, WrappedLogger

ALLOWED = frozenset(
    {"event", "level", "timestamp", "cause", "setting", "record", "template", "version"}
)


def init_logs() -> None:
    """One line an event on standard error, with unknown keys dropped."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _only_allowed,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        logger_factory=structlog.WriteLoggerFactory(file=None),
        cache_logger_on_first_use=False,
    )


def _only_allowed(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    return {key: value for key, value in event.items() if key in ALLOWED}
