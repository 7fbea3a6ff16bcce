"""The SQL store of requests (SQLite by default, PostgreSQL by setting).

The schema is versioned with Alembic; `Opslag` brings the database to the newest version when it is made.
Every change of a request is one transaction: the request, a line of its history, and the notices it calls for.
"""
import logging
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Dict, Iterable, List, Mapping, Optional

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from protocol import instellingen, medewerkers, werkdagen
from protocol import verzoeken as leven
from protocol.opslag_tabellen import geschiedenis, outbox, pogingen, verzoeken
from protocol.toegang import LEIDINGGEVENDE, Spreker
from protocol.verzoeken import Gebeurtenis, Verzoek, Weigering, nieuwe_referentie

logger = logging.getLogger(__name__)

# How long a step waits for the database or for another writer, in seconds; a step takes milliseconds. A person who
# waits for the answer hears of it in time.
WACHTTIJD = 4
WIJZIGBAAR = {"afspraak_datum", "afspraak_tijd", "gesprekssoort", "plaats", "contact"}
# After this many wrong tries each next one has to wait: a minute, two, four, ... an hour.
VRIJE_POGINGEN = 5
EERSTE_WACHT, LANGSTE_WACHT, VERGETEN_NA = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_MIGRATIESLOT = 20231017  # any number: only one server at a time brings a PostgreSQL database up to date


def utc(moment: datetime) -> datetime:
    """A moment as it is stored."""
    # SQLite forgets the zone; what is written is always UTC.
    return moment.replace(tzinfo=timezone.utc) if moment.tzinfo is None else moment.astimezone(timezone.utc)


def _verzoek(rij: sa.engine.Row) -> Verzoek:
    velden = dict(rij._mapping)
    velden.pop("id")
    return Verzoek(**{**velden, "ontvangen_op": utc(velden["ontvangen_op"])})


def _json(waarden: Mapping[str, Any]) -> Dict[str, Any]:
    return {naam: waarde.isoformat() if isinstance(waarde, (date, time)) else waarde
            for naam, waarde in waarden.items()}


def _motor(url: str) -> sa.engine.Engine:
    if not url.startswith("sqlite"):
        # pool_pre_ping: a database that restarted must cost a reconnect, not a failed request.
        return sa.create_engine(url, future=True, pool_pre_ping=True, connect_args={
            "connect_timeout": WACHTTIJD, "options": f"-c statement_timeout={WACHTTIJD * 1000}"})
    if url.startswith("sqlite:///"):
        Path(url[len("sqlite:///"):]).parent.mkdir(parents=True, exist_ok=True)
    motor = sa.create_engine(url, future=True, connect_args={"timeout": WACHTTIJD})

    @sa.event.listens_for(motor, "connect")
    def _verbonden(verbinding, _):
        verbinding.isolation_level = None  # pysqlite begins late and not before DDL; SQLAlchemy begins itself
        verbinding.execute("PRAGMA foreign_keys=ON")

    @sa.event.listens_for(motor, "begin")
    def _begin(verbinding):
        # A writer that starts as a reader may find, too late, that it cannot become one.
        schrijft = verbinding.get_execution_options().get("schrijft")
        verbinding.exec_driver_sql("BEGIN IMMEDIATE" if schrijft else "BEGIN")

    return motor


class Opslag:
    """The store behind one database URL. All methods raise sqlalchemy.exc.SQLAlchemyError when it does not answer.

    A moment `nu` is the clock of the house (Europe/Amsterdam); what is stored is UTC.
    """

    def __init__(self, url: str):
        self.engine = _motor(url)
        self._schrijver = self.engine.execution_options(schrijft=True)
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).with_name("migraties")))
        with self._schrijver.begin() as verbinding:
            if verbinding.dialect.name == "postgresql":
                verbinding.execute(sa.text("SET LOCAL statement_timeout = 0"))  # a migration may take its time
                verbinding.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATIESLOT)))
            config.attributes["connection"] = verbinding
            command.upgrade(config, "head")

    # --- a new request ---

    def bewaar(self, verzoek: Verzoek, spreker: Spreker = Spreker()) -> Verzoek:
        """Store a request, give it its reference and its employee or inbox, and announce it.

        The same `sleutel` again returns the stored one unchanged.
        """
        lijst = medewerkers.medewerkers()
        doel = medewerkers.bestemming(verzoek.met_wie, lijst)
        nieuw = replace(verzoek, referentie=nieuwe_referentie(), ontvangen_op=utc(verzoek.ontvangen_op),
                        medewerker=doel.medewerker, team=doel.team, versie=1)
        try:
            with self._schrijver.begin() as verbinding:
                id_ = verbinding.execute(verzoeken.insert().values(nieuw.__dict__)).inserted_primary_key[0]
                self._schrijf(verbinding, id_, nieuw.ontvangen_op, spreker, leven.DOEN, None, nieuw.toestand)
                self._verwittig(verbinding, nieuw, leven.DOEN, nieuw.ontvangen_op)
        except sa.exc.IntegrityError:
            if bestaand := self.bij_sleutel(verzoek.sleutel):
                return bestaand
            raise
        return nieuw

    # --- reading ---

    def bij_sleutel(self, sleutel: str) -> Optional[Verzoek]:
        """The request stored for a filled-in form, or None."""
        return self._een(verzoeken.c.sleutel == sleutel)

    def bij_referentie(self, referentie: str) -> Optional[Verzoek]:
        """The request with this reference, or None."""
        return self._een(verzoeken.c.referentie == referentie)

    def _een(self, voorwaarde) -> Optional[Verzoek]:
        with self.engine.connect() as verbinding:
            rij = verbinding.execute(sa.select(verzoeken).where(voorwaarde)).first()
        return _verzoek(rij) if rij else None

    def open_verzoeken(self, spreker: Spreker, nu: datetime) -> List[Verzoek]:
        """The unanswered requests of this employee and of the inbox, the nearest appointment first.

        A leidinggevende gets those of the whole team; another role gets none.
        """
        self.verloop(nu)
        binnen = (verzoeken.c.team == spreker.team) if spreker.team else sa.false()
        zichtbaar = sa.or_(verzoeken.c.medewerker == spreker.sub,
                           sa.and_(verzoeken.c.medewerker.is_(None), sa.or_(verzoeken.c.team.is_(None), binnen)))
        if spreker.rol == LEIDINGGEVENDE:
            zichtbaar = sa.or_(zichtbaar, binnen)
        with self.engine.connect() as verbinding:
            rijen = verbinding.execute(
                sa.select(verzoeken).where(verzoeken.c.toestand.in_(leven.OPEN), zichtbaar)
                .order_by(verzoeken.c.afspraak_datum, verzoeken.c.afspraak_tijd, verzoeken.c.id)).all()
        return [v for v in map(_verzoek, rijen) if leven.mag_zien(v, spreker)]

    def alle_open(self, nu: datetime) -> List[Verzoek]:
        """Every unanswered request, the nearest appointment first: for the assistant itself, not for a speaker."""
        self.verloop(nu)
        with self.engine.connect() as verbinding:
            return [_verzoek(rij) for rij in verbinding.execute(sa.select(verzoeken).where(
                verzoeken.c.toestand.in_(leven.OPEN)).order_by(verzoeken.c.afspraak_datum, verzoeken.c.id))]

    def geschiedenis(self, referentie: str) -> List[Gebeurtenis]:
        """Everything that happened to a request, oldest first; [] for an unknown reference."""
        vraag = (sa.select(geschiedenis).join(verzoeken, verzoeken.c.id == geschiedenis.c.verzoek_id)
                 .where(verzoeken.c.referentie == referentie).order_by(geschiedenis.c.id))
        with self.engine.connect() as verbinding:
            return [Gebeurtenis(utc(r.op), r.rol, r.sub, r.stap, r.van, r.naar, r.oud, r.nieuw, r.toelichting)
                    for r in verbinding.execute(vraag)]

    # --- steps ---

    def stap(self, referentie: str, stap: str, spreker: Spreker, nu: datetime, toelichting: Optional[str] = None,
             waarden: Optional[Mapping[str, Any]] = None, versie: Optional[int] = None) -> Verzoek:
        """Take one step and return the request after it. Raises `Weigering` when the step is not allowed.

        `waarden` are new values of its fields, `toelichting` what is told with it. With `versie` (of the request as
        the speaker saw it) the step is refused when another came first; without it the step is judged again on
        what the other wrote. Either way no step is lost.
        """
        with self._schrijver.begin() as verbinding:
            # The row is locked until the step is stored: writers wait for each other (SQLite locks as a whole).
            rij = verbinding.execute(
                sa.select(verzoeken).where(verzoeken.c.referentie == referentie).with_for_update()).first()
            if rij is None:
                raise Weigering("onbekend")
            oud = _verzoek(rij)
            naar = leven.keur_stap(oud, stap, spreker, nu)
            if versie is not None and versie != oud.versie:
                raise Weigering("gewijzigd")
            nieuw = replace(oud, **(waarden or {}), toestand=naar, versie=oud.versie + 1)
            anders = {k: v for k, v in nieuw.__dict__.items() if v != getattr(oud, k)}
            verbinding.execute(verzoeken.update().where(verzoeken.c.id == rij.id).values(anders))
            velden = [k for k in anders if k not in ("toestand", "versie")]
            self._schrijf(verbinding, rij.id, utc(nu), spreker, stap, oud.toestand, naar,
                          {k: getattr(oud, k) for k in velden}, {k: anders[k] for k in velden}, toelichting)
            self._verwittig(verbinding, nieuw, stap, utc(nu))
            return nieuw

    def neem(self, referentie: str, spreker: Spreker, nu: datetime) -> Verzoek:
        """Take a request from the inbox, or one's own. Of two at once one gets it; the other hears `van_ander`."""
        return self.stap(referentie, leven.NEMEN, spreker, nu, waarden=self._van(spreker))

    def neem_over(self, referentie: str, spreker: Spreker, nu: datetime, versie: Optional[int] = None) -> Verzoek:
        """A leidinggevende takes over a request of the own team."""
        return self.stap(referentie, leven.OVERNEMEN, spreker, nu, waarden=self._van(spreker), versie=versie)

    @staticmethod
    def _van(spreker: Spreker) -> Dict[str, Optional[str]]:
        return {"medewerker": spreker.sub, **({"team": spreker.team} if spreker.team else {})}

    def beantwoord(self, referentie: str, stap: str, spreker: Spreker, nu: datetime, oplossing: Optional[str] = None,
                   toelichting: Optional[str] = None, versie: Optional[int] = None) -> Verzoek:
        """Give an answer (a step of `verzoeken.ANTWOORDEN`), with what is offered and words for the client."""
        return self.stap(referentie, stap, spreker, nu, versie=versie,
                         waarden={"oplossing": oplossing, "toelichting": toelichting})

    def wijzig(self, referentie: str, spreker: Spreker, nu: datetime, waarden: Mapping[str, Any],
               versie: Optional[int] = None) -> Verzoek:
        """Change date, time, place or contact, with a new verdict on a new date; the old values stay in the history.

        Only a new contact leaves an answer standing: any other was given for the appointment as it was.
        """
        if vreemd := set(waarden) - WIJZIGBAAR:
            raise ValueError(f"not to be changed: {sorted(vreemd)}")
        nieuw = dict(waarden)
        if "afspraak_datum" in nieuw:
            telling = werkdagen.tel(nieuw["afspraak_datum"], nu.date(), instellingen.sluitingsdagen())
            nieuw.update(laatste_dag=telling.laatste_dag, oordeel=telling.oordeel)
        if set(waarden) == {"contact"}:
            return self.stap(referentie, leven.CONTACT_WIJZIGEN, spreker, nu, waarden=nieuw, versie=versie)
        return self.stap(referentie, leven.WIJZIGEN, spreker, nu, versie=versie,
                         waarden={**nieuw, "oplossing": None, "toelichting": None})

    def trek_in(self, referentie: str, spreker: Spreker, nu: datetime, versie: Optional[int] = None) -> Verzoek:
        """Withdraw a request."""
        return self.stap(referentie, leven.INTREKKEN, spreker, nu, versie=versie)

    def verloop(self, nu: datetime) -> int:
        """Close the requests whose day has passed unanswered; returns how many."""
        with self.engine.connect() as verbinding:
            voorbij = verbinding.execute(sa.select(verzoeken.c.referentie).where(
                verzoeken.c.toestand.in_(leven.OPEN), verzoeken.c.afspraak_datum < nu.date())).scalars().all()
        gesloten = 0
        for referentie in voorbij:
            try:
                self.stap(referentie, leven.VERLOPEN_LATEN, Spreker(leven.SYSTEEM), nu)
                gesloten += 1
            except Weigering:  # answered or closed by another in the meantime
                pass
        return gesloten

    @staticmethod
    def _schrijf(verbinding, id_: int, op: datetime, spreker: Spreker, stap: str, van: Optional[str], naar: str,
                 oud: Mapping[str, Any] = {}, nieuw: Mapping[str, Any] = {}, toelichting: Optional[str] = None) -> None:
        logger.info("Request %s: %s", id_, stap)
        verbinding.execute(geschiedenis.insert().values(
            verzoek_id=id_, op=op, rol=spreker.rol, sub=spreker.sub, stap=stap, van=van, naar=naar, oud=_json(oud),
            nieuw=_json(nieuw), toelichting=toelichting))

    # --- notices ---

    def zet_in_outbox(self, sleutel: str, ontvanger: str, soort: str, lading: Mapping[str, Any], nu: datetime) -> bool:
        """Put a notice in the outbox; False when one with this key was there already."""
        with self._schrijver.begin() as verbinding:
            return self.zet_klaar(verbinding, sleutel, ontvanger, soort, lading, utc(nu))

    @staticmethod
    def zet_klaar(verbinding, sleutel, ontvanger, soort, lading, op) -> bool:
        """The same within a transaction of the caller; `op` is UTC."""
        try:
            with verbinding.begin_nested():
                verbinding.execute(outbox.insert().values(
                    sleutel=sleutel, ontvanger=ontvanger, soort=soort, lading=_json(lading), gemaakt_op=op, pogingen=0))
        except sa.exc.IntegrityError:
            return False
        return True

    def _verwittig(self, verbinding, verzoek: Verzoek, stap: str, op: datetime) -> None:
        """Tell the employees what a client did. A notice holds no personal data: the worklist shows the request."""
        if stap not in (leven.DOEN, leven.WIJZIGEN, leven.CONTACT_WIJZIGEN, leven.INTREKKEN):
            return
        doel = medewerkers.Bestemming(verzoek.medewerker, verzoek.team)
        for wie in medewerkers.te_verwittigen(doel, medewerkers.medewerkers()):
            self.zet_klaar(verbinding, f"{verzoek.referentie}/{verzoek.versie}/{wie.sub}", wie.email, stap, {
                "referentie": verzoek.referentie, "toestand": verzoek.toestand, "oordeel": verzoek.oordeel,
                "afspraak_datum": verzoek.afspraak_datum}, op)

    # --- guessing ---

    def wacht_voor_poging(self, sleutels: Iterable[str], nu: datetime) -> Optional[timedelta]:
        """Count one try under each key (a conversation, a reference); how long it must wait, None when it may.

        A try that must wait is not counted. Counting comes first, so that tries at the same moment cannot slip
        through together; `poging_geslaagd` takes a right one back.
        """
        namen, op = sorted(sha256(s.encode()).hexdigest() for s in sleutels), utc(nu)
        with self._schrijver.begin() as verbinding:
            for naam in namen:
                if not verbinding.execute(sa.select(pogingen.c.aantal).where(pogingen.c.sleutel == naam)).first():
                    try:
                        with verbinding.begin_nested():
                            verbinding.execute(pogingen.insert().values(sleutel=naam, aantal=0, laatste_op=op))
                    except sa.exc.IntegrityError:
                        pass  # another made it at the same moment
            rijen = verbinding.execute(sa.select(pogingen).where(pogingen.c.sleutel.in_(namen))
                                       .order_by(pogingen.c.sleutel).with_for_update()).all()
            wacht = timedelta(0)
            aantallen = {}
            for rij in rijen:
                verstreken = op - utc(rij.laatste_op)
                aantallen[rij.sleutel] = 0 if verstreken > VERGETEN_NA else rij.aantal
                te_veel = aantallen[rij.sleutel] - VRIJE_POGINGEN
                if te_veel >= 0:
                    wacht = max(wacht, min(EERSTE_WACHT * 2 ** min(te_veel, 10), LANGSTE_WACHT) - verstreken)
            if wacht > timedelta(0):
                return wacht
            for naam, aantal in aantallen.items():
                verbinding.execute(pogingen.update().where(pogingen.c.sleutel == naam)
                                   .values(aantal=aantal + 1, laatste_op=op))
        return None

    def poging_geslaagd(self, gesprek: str, referentie: str) -> None:
        """A right answer clears the reference, and takes back its own try of the conversation but no earlier one."""
        met_een_minder = sa.case((pogingen.c.aantal > 0, pogingen.c.aantal - 1), else_=0)
        for sleutel, aantal in ((gesprek, met_een_minder), (referentie, 0)):
            with self._schrijver.begin() as verbinding:
                verbinding.execute(pogingen.update().where(
                    pogingen.c.sleutel == sha256(sleutel.encode()).hexdigest()).values(aantal=aantal))


@lru_cache(maxsize=4)
def _opslag(url: str) -> Opslag:
    return Opslag(url)


def opslag() -> Opslag:
    """The store of the setting OPNAME_DATABASE, opened on first use."""
    return _opslag(instellingen.database())


def nu_utc() -> datetime:
    """The moment of now in UTC, from the one clock."""
    return instellingen.nu().astimezone(timezone.utc)


if __name__ == "__main__":
    opslag()  # brings the schema up to date before the servers start
