"""Debian's aiosmtpd as a server that delivers into a Maildir: server.py PORT FOLDER none|starttls|implicit CERT KEY"""

import signal
import ssl
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Mailbox
from aiosmtpd.smtp import AuthResult, LoginPassword

port, folder, mode, cert, key = sys.argv[1:6]


class House(Mailbox):
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 5.1.1 No such user here"
        if address.startswith("later@"):
            return "451 4.7.1 Greylisted"
        envelope.rcpt_tos.append(address)
        return "250 OK"


def judge(server, session, envelope, mechanism, data):
    is_right = isinstance(data, LoginPassword) and data.login == b"anna" and data.password == "grün".encode()
    return AuthResult(success=is_right, handled=is_right)


def encryption():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context


options = {"authenticator": judge, "auth_required": mode != "none", "auth_require_tls": False}
if mode == "starttls":
    options.update(tls_context=encryption(), require_starttls=True)
if mode == "implicit":
    options.update(ssl_context=encryption())
controller = Controller(House(folder), hostname="127.0.0.1", port=int(port), **options)
controller.start()
print("ready", flush=True)
signal.sigwait([signal.SIGTERM, signal.SIGINT])
controller.stop()
