"""Sends the notices of the outbox by e-mail: `python -m protocol.uitbak` (with `--eenmaal`: one round).

A notice goes out at most once. It is held by one sender before the mail server is called; it is marked as sent just
before its text is handed over, and kept for a later try only when the server said no. When a sender dies or loses the
connection between those two, nobody can know whether the notice arrived: it stays marked (`verzonden_op` with
`bezet_tot`), is not sent again, and is reported. Nothing is lost by it: the worklist shows every request.
"""
import argparse
import logging
import signal
import smtplib
import ssl
import sys
import threading
from datetime import date, datetime, timedelta, timezone
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Callable, Dict, Optional

import sqlalchemy as sa
import yaml
from email_validator import EmailNotValidError, validate_email

from protocol import datums, instellingen
from protocol.herinnering import herinner
from protocol.instellingen import InstellingFout, Smtp
from protocol.opslag import Opslag, opslag
from protocol.opslag_tabellen import outbox

logger = logging.getLogger(__name__)

TIJDSLIMIET = 15.0  # seconds for each answer of the mail server
VASTGEHOUDEN = timedelta(minutes=5)  # longer than sending one takes; then another may try
EERSTE_WACHT, LANGSTE_WACHT, MEESTE_POGINGEN = timedelta(minutes=1), timedelta(hours=6), 10
TE_OUD = timedelta(days=3)  # what could not be sent for this long is no news any more
RONDE = 20.0
BERICHTEN: Dict[str, Any] = yaml.safe_load(Path(__file__).with_name("berichten.yml").read_text("utf-8"))


class Onbruikbaar(Exception):
    """A notice that can never be sent: no such kind, or an address that is none."""


def bericht(rij: Any, afzender: str, adres: Optional[str]) -> EmailMessage:
    """The notice in a row of the outbox as a message. Raises `Onbruikbaar`."""
    try:
        woorden, lading = BERICHTEN[rij.soort], rij.lading
        velden = {"referentie": str(lading["referentie"])}
        if "afspraak_datum" in lading:
            velden["datum"] = datums.schrijf_datum(date.fromisoformat(lading["afspraak_datum"]))
        naar = validate_email(rij.ontvanger, check_deliverability=False)
        post = EmailMessage(policy=SMTP)
        post["From"], post["To"] = afzender, Address(username=naar.local_part, domain=naar.ascii_domain)
        post["Subject"] = woorden["onderwerp"].format(**velden)  # a line break in a header is a ValueError
        post["Date"] = format_datetime(datetime.now(timezone.utc))
        # The same for every try, so that a reader can tell a repetition.
        post["Message-ID"] = f"<{sha256(rij.sleutel.encode()).hexdigest()[:32]}@{afzender.rpartition('@')[2]}>"
        post["Auto-Submitted"] = "auto-generated"
        post.set_content(woorden["tekst"].format(**velden) + (BERICHTEN["adres"].format(adres=adres) if adres else ""))
        post.as_bytes()
    except (EmailNotValidError, KeyError, TypeError, ValueError) as fout:
        raise Onbruikbaar(f"{type(fout).__name__} in notice {rij.id}") from fout
    return post


class Afgebroken(Exception):
    """The connection was lost while a notice was handed over: perhaps it arrived."""


class Uitbak:
    """Empties the outbox of one store into one mail server. `klok` is the real time: it measures holding and waiting."""

    def __init__(self, winkel: Opslag, smtp: Smtp, adres: Optional[str] = None, tijdslimiet: float = TIJDSLIMIET,
                 klok: Callable[[], datetime] = lambda: datetime.now(timezone.utc)):
        self._engine, self._schrijver = winkel.engine, winkel.engine.execution_options(schrijft=True)
        self._smtp, self._adres, self._tijdslimiet, self._klok = smtp, adres, tijdslimiet, klok

    def ronde(self, nu: datetime) -> int:
        """Send what can be sent at this moment (`nu` of the house: what is older than `TE_OUD` stays); how many."""
        aantal, server = 0, None
        try:
            while (rij := self._neem(nu)) is not None:
                try:
                    post = bericht(rij, self._smtp.afzender, self._adres)
                except Onbruikbaar as fout:
                    logger.error("A notice cannot be sent: %s", fout)
                    self._zet(rij, pogingen=MEESTE_POGINGEN)
                    continue
                try:
                    server = server or self._verbind()
                    aantal += self._verstuur(server, rij, post)
                except Afgebroken:
                    logger.error("Notice %s was cut off while it was handed over; it is not sent again.", rij.id)
                    break
                except (OSError, smtplib.SMTPException) as fout:
                    logger.warning("Notice %s did not go out, try %s: %s", rij.id, rij.pogingen, type(fout).__name__)
                    self._later(rij)
                    if not isinstance(fout, (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError)):
                        break  # the server itself is the trouble: the others wait for the next round
        finally:
            if server is not None:
                _sluit(server)
        return aantal

    def onzeker(self) -> int:
        """How many notices were cut off while they were handed over: perhaps sent, not sent again."""
        with self._engine.connect() as verbinding:
            return verbinding.execute(sa.select(sa.func.count()).where(
                outbox.c.verzonden_op.isnot(None), outbox.c.bezet_tot.isnot(None))).scalar_one()

    def _neem(self, nu: datetime) -> Any:
        """Hold one notice that may be tried now; None when there is none. Of two senders one gets it."""
        op = self._klok()
        vrij = sa.and_(outbox.c.verzonden_op.is_(None), outbox.c.pogingen < MEESTE_POGINGEN,
                       outbox.c.gemaakt_op >= (nu - TE_OUD).astimezone(timezone.utc),
                       sa.or_(outbox.c.bezet_tot.is_(None), outbox.c.bezet_tot <= op))
        while True:
            with self._engine.connect() as verbinding:
                id_ = verbinding.execute(
                    sa.select(outbox.c.id).where(vrij).order_by(outbox.c.pogingen, outbox.c.id).limit(1)).scalar()
            if id_ is None:
                return None
            with self._schrijver.begin() as verbinding:
                genomen = verbinding.execute(outbox.update().where(outbox.c.id == id_, vrij).values(
                    bezet_tot=op + VASTGEHOUDEN, pogingen=outbox.c.pogingen + 1)).rowcount
                if genomen:
                    return verbinding.execute(sa.select(outbox).where(outbox.c.id == id_)).one()

    def _zet(self, rij: Any, **waarden: Any) -> bool:
        """Write what became of a notice, as long as it is ours: each who takes it counts one try more."""
        with self._schrijver.begin() as verbinding:
            return verbinding.execute(outbox.update().where(
                outbox.c.id == rij.id, outbox.c.pogingen == rij.pogingen).values(waarden)).rowcount == 1

    def _later(self, rij: Any) -> None:
        wacht = min(EERSTE_WACHT * 2 ** (rij.pogingen - 1), LANGSTE_WACHT)
        self._zet(rij, verzonden_op=None, bezet_tot=self._klok() + wacht)

    def _verbind(self) -> smtplib.SMTP:
        smtp, veilig = self._smtp, ssl.create_default_context()
        if smtp.soort == "smtps":
            server = smtplib.SMTP_SSL(smtp.host, smtp.poort, timeout=self._tijdslimiet, context=veilig)
        else:
            server = smtplib.SMTP(smtp.host, smtp.poort, timeout=self._tijdslimiet)
        try:
            if smtp.soort == "smtp+starttls":
                server.starttls(context=veilig)
            if smtp.naam:
                server.login(smtp.naam, smtp.wachtwoord or "")
            server.ehlo_or_helo_if_needed()
        except BaseException:
            server.close()
            raise
        return server

    def _verstuur(self, server: smtplib.SMTP, rij: Any, post: EmailMessage) -> bool:
        """Hand one message over. Raises when the server certainly does not have it; True when it has."""
        naar = post["To"].addresses[0].addr_spec
        code, tekst = server.mail(self._smtp.afzender)
        if code != 250:
            raise smtplib.SMTPSenderRefused(code, tekst, self._smtp.afzender)
        code, tekst = server.rcpt(naar)
        if code not in (250, 251):
            server.rset()  # the next message may go to another
            raise smtplib.SMTPRecipientsRefused({naar: (code, tekst)})
        if not self._zet(rij, verzonden_op=self._klok()):
            server.rset()  # we held it too long, and another took it
            return False
        try:
            code, tekst = server.data(post.as_bytes())
        except smtplib.SMTPDataError:
            raise
        except (OSError, smtplib.SMTPException) as fout:
            raise Afgebroken from fout
        if code != 250:
            raise smtplib.SMTPDataError(code, tekst)
        self._zet(rij, bezet_tot=None)
        return True


def _sluit(server: smtplib.SMTP) -> None:
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()


def main(argumenten: Any = None) -> int:
    """Sends notices and makes reminders, until it is told to stop."""
    lezer = argparse.ArgumentParser(prog="python -m protocol.uitbak", description="Send the notices of the outbox.")
    lezer.add_argument("--eenmaal", action="store_true", help="one round only")
    eenmaal = lezer.parse_args(argumenten).eenmaal
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)-8s %(name)s  %(message)s")
    try:
        smtp, adres = instellingen.smtp(), instellingen.adres()
    except InstellingFout as fout:
        print(f"protocol.uitbak: {fout}", file=sys.stderr)
        return 1
    if smtp is None:
        print("protocol.uitbak: OPNAME_SMTP is not set; the worklist alone serves.", file=sys.stderr)
        return 1
    einde = threading.Event()
    for sein in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sein, lambda *_: einde.set())
    uitbak: Optional[Uitbak] = None
    while True:
        try:
            uitbak = uitbak or Uitbak(opslag(), smtp, adres)
            nu = instellingen.nu()
            herinner(opslag(), nu)
            verzonden, onzeker = uitbak.ronde(nu), uitbak.onzeker()
            if verzonden or (eenmaal and onzeker):
                logger.info("Notices sent: %s; cut off, perhaps sent, in all: %s", verzonden, onzeker)
        except sa.exc.SQLAlchemyError:
            logger.exception("The store does not answer.")
            if eenmaal:
                return 1
        if eenmaal or einde.wait(RONDE):
            return 0


if __name__ == "__main__":
    sys.exit(main())
