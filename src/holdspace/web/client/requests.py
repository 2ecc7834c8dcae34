"""Who is asking: a signed-in client."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from holdspace.web.accounts.models import User
from holdspace.web.care.models import Client


class ClientRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: User


def own_care(request: ClientRequest) -> Client:
    """Return the client record of the person who asks; 404 for anybody else."""
    try:
        return Client.objects.select_related("therapist").get(user=request.user)
    except Client.DoesNotExist:
        raise Http404 from None
