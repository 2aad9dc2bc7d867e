"""What stands before every page: hosts, body sizes, headers, and forms that only our own pages can send.

Enters: requests. Leaves: the same, or refusals. Does not belong here: who may see what (`people`).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from warledger.web.answers import PageError
from warledger.web.settings import is_loopback

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
FORM_COOKIE = "warledger_form"
FORM_LIFE = timedelta(hours=12)
Failed = Callable[[Request, Exception], Awaitable[Response]]


class TooLarge(Exception):
    """A body that grew above the limit while it was read."""


class Guard:
    """ASGI middleware: headers on every response; a limit on every body; on one's own machine only its own names.

    Pages of another site could reach a server on this machine by a host name that they turn to 127.0.0.1; asking
    for a loopback host name keeps them out.
    """

    def __init__(self, app: ASGIApp, *, body_limit: int, loopback: bool, failed: Failed) -> None:
        self.app = app
        self.failed = failed
        self.body_limit = body_limit
        self.loopback = loopback

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if self.loopback and not is_loopback(_host(headers.get("host", ""))):
            await _refuse(send, 421, "this server answers to its own machine only")
            return
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self.body_limit:
            await _refuse(send, 413, f"a request may hold {self.body_limit} bytes at most")
            return
        started, read = False, 0

        async def sending(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                made = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    made.setdefault(name, value)
            await send(message)

        async def receiving() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self.body_limit:
                raise TooLarge
            return message

        try:
            await self.app(scope, receiving, sending)
        except TooLarge:
            if not started:
                await _refuse(send, 413, f"a request may hold {self.body_limit} bytes at most")
        except Exception as error:
            # The outermost handler of the framework would answer without the headers above.
            if started:
                raise
            response = await self.failed(Request(scope), error)
            await response(scope, receive, sending)


def _host(value: str) -> str:
    if value.startswith("["):
        return value[1:].split("]", maxsplit=1)[0]
    return value.rsplit(":", 1)[0] if value.count(":") == 1 else value


async def _refuse(send: Send, status: int, reason: str) -> None:
    body = f'{{"error":{{"status":{status},"reason":"{reason}"}}}}'.encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
        *((name.lower().encode(), value.encode()) for name, value in HEADERS.items()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


class Forms:
    """Proof that a form was given out by this server to this browser: a cookie, and a signature over it in the form."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def cookie(self, request: Request) -> str:
        """The browser's form cookie, or a new one."""
        kept = request.cookies.get(FORM_COOKIE, "")
        return kept if len(kept) == 43 and kept.isascii() else secrets.token_urlsafe(32)

    def token(self, cookie: str, now: datetime) -> str:
        """A token for a form that is shown at `now`; it holds the time."""
        at = str(int(now.timestamp()))
        return f"{at}.{self._sign(cookie, at)}"

    def check(self, request: Request, token: str, now: datetime) -> timedelta:
        """How long ago the form was given out. Raises PageError for a forged, foreign or old one."""
        origin = request.headers.get("origin")
        if origin is not None and origin != f"{request.url.scheme}://{request.headers.get('host')}":
            raise PageError(403, "the form was sent from another site")
        if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            raise PageError(403, "the form was sent from another site")
        at, _, signature = token.partition(".")
        cookie = request.cookies.get(FORM_COOKIE, "")
        if not cookie or not at.isascii() or not at.isdigit() or len(at) > 12:
            raise PageError(403, "the form was not given out by this server; open it again")
        if not hmac.compare_digest(signature.encode(), self._sign(cookie, at).encode()):
            raise PageError(403, "the form was not given out by this server; open it again")
        age = now - datetime.fromtimestamp(int(at), tz=now.tzinfo)
        if age > FORM_LIFE:
            raise PageError(403, "the form is older than twelve hours; open it again")
        return age

    def _sign(self, cookie: str, at: str) -> str:
        return hmac.new(self._secret, f"{at}.{cookie}".encode(), hashlib.sha256).hexdigest()
