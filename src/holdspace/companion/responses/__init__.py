"""Short answers to a message: which of them fit, and their wordings."""

from holdspace.companion.responses._responses import (
    NO_RESPONSES,
    Response,
    Responses,
    all_responses,
    responses_to,
)

__all__ = ["NO_RESPONSES", "Response", "Responses", "all_responses", "responses_to"]
