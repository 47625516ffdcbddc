"""A mail server to send to in tests: it speaks SMTP over a socket, keeps what it takes, and refuses on demand."""

import asyncio
import socket
from collections.abc import Coroutine
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

TAKEN = "250 Taken"
LONGEST_LINE = 998  # RFC 5322, 2.1.1


class _AtAnyPort(Controller):
    """Listens at a port that is free, and knows which."""

    def _create_server(self) -> Coroutine[Any, Any, asyncio.AbstractServer]:
        listening = socket.create_server((self.hostname, 0))
        self.port = listening.getsockname()[1]
        return self.loop.create_server(self._factory_invoker, sock=listening)


class MailServer:
    """One mail server on this machine. ``mails`` are those that it took, in order."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.connections = 0
        self.answers: dict[str, str] = {}  # to an address, for its recipient
        self.answer_to_data = TAKEN
        self.hangs_up_on_data = False
        self._controller = _AtAnyPort(self, hostname="127.0.0.1")

    @property
    def port(self) -> int:
        """The port that it listens at, or listened at, once started."""
        return int(self._controller.port)

    def start(self) -> None:
        """Listen at any free port."""
        self._controller.start()

    def stop(self) -> None:
        """Listen no more: connections are refused."""
        if self._controller.server is not None:
            self._controller.stop()

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Count who comes."""
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take the recipient, or answer what the test wants."""
        answer = self.answers.get(address, TAKEN)
        if answer == TAKEN:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take the mail, refuse it, or hang up in the middle."""
        content: Any = envelope.content
        assert max(map(len, content.splitlines())) <= LONGEST_LINE
        if self.hangs_up_on_data:
            server.transport.abort()  # type: ignore[union-attr]
        elif self.answer_to_data == TAKEN:
            self.mails.append(message_from_bytes(content, policy=policy.default))
        return self.answer_to_data
