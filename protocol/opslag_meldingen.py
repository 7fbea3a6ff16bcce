"""The SQL store of reports and of the steps of their cases; steps are only ever added.

Every change is checked here once more, in its transaction: who may, whether the step is allowed, and whether the case
is still the one that was looked at.
"""
import logging
from datetime import datetime
from typing import Iterable, List, NamedTuple, Optional

import sqlalchemy as sa

from protocol import medewerkers
from protocol import meldingen as regels
from protocol.meldingen import Gedaan, Melding
from protocol.opslag import Opslag, opslag, utc
from protocol.opslag_tabellen import metadata
from protocol.toegang import Spreker
from protocol.versleutelen import Versleuteld

logger = logging.getLogger(__name__)

meldingen = sa.Table(
    "meldingen", metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("referentie", sa.String(20), nullable=False, unique=True),
    sa.Column("sleutel", sa.String(64), nullable=False, unique=True),
    sa.Column("gemeld_op", sa.DateTime(timezone=True), nullable=False),
    sa.Column("melder", sa.String(128), nullable=False),
    sa.Column("wie", sa.String(20), nullable=False),
    sa.Column("soort", sa.String(20), nullable=False),
    sa.Column("opname", sa.String(20), nullable=False),
    sa.Column("waar", Versleuteld),
    sa.Column("gezien", Versleuteld),
    sa.Column("bewerkt", sa.String(20), nullable=False),
    sa.Column("plaatser", sa.String(20), nullable=False),
    sa.Column("betrokkene", sa.String(128), index=True),
    sa.Column("team", sa.String(128), index=True),
    sa.Column("leidinggevende", sa.String(128), index=True),
    sa.Column("verteld", sa.String(20), nullable=False),
    sa.Column("veiligheid", Versleuteld),
    sa.Column("veiligheid_cijfer", sa.Integer),
    sa.Column("bewaard", sa.String(20), nullable=False),
    sa.Column("toestand", sa.String(30), nullable=False),
    sa.Column("versie", sa.Integer, nullable=False),
)
stappen = sa.Table(
    "melding_stappen", metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("melding_id", sa.Integer, sa.ForeignKey("meldingen.id"), nullable=False, index=True),
    sa.Column("sleutel", sa.String(64), nullable=False, unique=True),
    sa.Column("stap", sa.String(30), nullable=False),
    sa.Column("toestand", sa.String(30), nullable=False),
    sa.Column("door", sa.String(128), nullable=False),
    sa.Column("op", sa.DateTime(timezone=True), nullable=False),
    sa.Column("afgestemd", sa.Boolean, nullable=False),
    sa.Column("reden", Versleuteld),
    sa.Column("notitie", Versleuteld),
)


class Geweigerd(Exception):
    """A change that is not allowed; `reden` names why, for the words of the answer."""

    def __init__(self, reden: str):
        super().__init__(reden)
        self.reden = reden


class NieuweStap(NamedTuple):
    """A step as it was filled in. `versie` is that of the case that was looked at; `sleutel` that of the form."""

    sleutel: str
    stap: str
    versie: int
    afgestemd: bool
    reden: Optional[str] = None
    notitie: Optional[str] = None


def _melding(rij: sa.engine.Row) -> Melding:
    velden = dict(rij._mapping)
    velden.pop("id")
    return Melding(**{**velden, "gemeld_op": utc(velden["gemeld_op"])})


class OpslagMeldingen:
    """Reports and cases behind one engine. All methods raise sqlalchemy.exc.SQLAlchemyError when it does not answer."""

    def __init__(self, engine: sa.engine.Engine):
        self.engine = engine
        self._schrijver = engine.execution_options(schrijft=True)

    def bewaar(self, melding: Melding) -> Melding:
        """Store a report, give it its reference and announce it to its manager.

        The same `sleutel` again returns the stored one unchanged. A notice holds nothing personal.
        """
        melding = regels.met_logins(melding, medewerkers.medewerkers())
        rij = {**melding.__dict__, "referentie": regels.nieuwe_referentie(), "toestand": regels.NIEUW, "versie": 0,
               "gemeld_op": utc(melding.gemeld_op)}
        try:
            with self._schrijver.begin() as verbinding:
                verbinding.execute(meldingen.insert().values(rij))
                logger.info("Report %s: stored", rij["referentie"])
                self._verwittig(verbinding, melding, rij["referentie"], rij["gemeld_op"])
        except sa.exc.IntegrityError:
            if bestaand := self.bij_sleutel(melding.sleutel):
                return bestaand
            raise
        return self.bij_sleutel(melding.sleutel)

    @staticmethod
    def _verwittig(verbinding, melding: Melding, referentie: str, op: datetime) -> None:
        for wie in regels.te_verwittigen(melding, medewerkers.medewerkers()):
            Opslag.zet_klaar(verbinding, f"{referentie}/{regels.SOORT}/{wie.sub}", wie.email, regels.SOORT,
                             {"referentie": referentie}, op)

    def bij_sleutel(self, sleutel: str) -> Optional[Melding]:
        """The report stored for a filled-in form, or None."""
        return self._een(meldingen.c.sleutel == sleutel)

    def bij_referentie(self, referentie: str) -> Optional[Melding]:
        """The case with this reference, or None. Whether someone may see it is asked of `protocol.meldingen`."""
        return self._een(meldingen.c.referentie == referentie)

    def zichtbaar(self, spreker: Spreker) -> List[Melding]:
        """All cases that a speaker may see, the open ones first and the oldest of them on top."""
        if not spreker.sub:
            return []
        kolommen = [sa.func.lower(k) == spreker.sub.lower()
                    for k in (meldingen.c.betrokkene, meldingen.c.leidinggevende)]
        if spreker.team:
            kolommen.append(sa.func.lower(meldingen.c.team) == spreker.team.lower())
        vraag = sa.select(meldingen).where(sa.or_(*kolommen)).order_by(meldingen.c.gemeld_op, meldingen.c.id)
        with self.engine.connect() as verbinding:
            alle = [_melding(rij) for rij in verbinding.execute(vraag)]
        return sorted((m for m in alle if regels.mag_inzien(m, spreker)), key=lambda m: m.toestand == regels.GESLOTEN)

    def geschiedenis(self, referentie: str) -> List[Gedaan]:
        """The steps taken in a case, oldest first."""
        vraag = (sa.select(stappen.c.stap, stappen.c.toestand, stappen.c.door, stappen.c.op, stappen.c.reden,
                           stappen.c.notitie)
                 .join(meldingen, meldingen.c.id == stappen.c.melding_id)
                 .where(meldingen.c.referentie == referentie).order_by(stappen.c.id))
        with self.engine.connect() as verbinding:
            rijen = [Gedaan(*rij) for rij in verbinding.execute(vraag)]
        return [g._replace(op=utc(g.op)) for g in rijen]

    def zet_stap(self, referentie: str, nieuw: NieuweStap, spreker: Spreker, nu: datetime) -> Melding:
        """Add a step to a case. The same `sleutel` again changes nothing.

        Raises Geweigerd: 'geen_toegang', 'niet_afgestemd', 'zonder_reden', 'verouderd', or why the step is refused.
        """
        with self._schrijver.begin() as verbinding:
            rij = verbinding.execute(sa.select(meldingen).where(meldingen.c.referentie == referentie)).first()
            if rij is None or not regels.mag_bijwerken(_melding(rij), spreker):
                raise Geweigerd("geen_toegang")
            if verbinding.execute(sa.select(stappen.c.id).where(stappen.c.sleutel == nieuw.sleutel)).first():
                return _melding(rij)
            if not nieuw.afgestemd:
                raise Geweigerd("niet_afgestemd")
            if rij.versie != nieuw.versie:
                raise Geweigerd("verouderd")
            keuring = regels.keur(_melding(rij), nieuw.stap)
            if keuring.oordeel == regels.GEWEIGERD:
                raise Geweigerd(keuring.reden)
            if keuring.oordeel == regels.MET_REDEN and not nieuw.reden:
                raise Geweigerd("zonder_reden")
            toestand = regels.STAPPEN[nieuw.stap].naar or rij.toestand
            self._wijzig(verbinding, rij, nieuw.stap, toestand, nieuw, spreker, nu)
        return self.bij_referentie(referentie)

    def neem_over(self, referentie: str, sleutel: str, spreker: Spreker, nu: datetime) -> Melding:
        """Give a case without a known manager to the manager who says to be it; on record, and only once.

        Raises Geweigerd('geen_toegang') when the case has one.
        """
        with self._schrijver.begin() as verbinding:
            rij = verbinding.execute(sa.select(meldingen).where(meldingen.c.referentie == referentie)).first()
            if rij is None or not regels.mag_overnemen(_melding(rij), spreker, medewerkers.medewerkers()):
                raise Geweigerd("geen_toegang")
            nieuw = NieuweStap(sleutel, regels.OVERGENOMEN, rij.versie, False)
            self._wijzig(verbinding, rij, regels.OVERGENOMEN, rij.toestand, nieuw, spreker, nu,
                         leidinggevende=spreker.sub)
        return self.bij_referentie(referentie)

    @staticmethod
    def _wijzig(verbinding, rij, stap: str, toestand: str, nieuw: NieuweStap, spreker: Spreker, nu: datetime,
                **velden) -> None:
        """The change itself; only one of two who saw the same version gets through."""
        gewijzigd = verbinding.execute(
            meldingen.update().where(meldingen.c.id == rij.id, meldingen.c.versie == rij.versie)
            .values(toestand=toestand, versie=rij.versie + 1, **velden))
        if gewijzigd.rowcount != 1:
            raise Geweigerd("verouderd")
        logger.info("Report %s: %s", rij.referentie, stap)
        verbinding.execute(stappen.insert().values(
            melding_id=rij.id, sleutel=nieuw.sleutel, stap=stap, toestand=toestand, door=spreker.sub,
            op=utc(nu), afgestemd=nieuw.afgestemd, reden=nieuw.reden, notitie=nieuw.notitie))

    def alle(self) -> Iterable[Melding]:
        """All reports, for the figures."""
        with self.engine.connect() as verbinding:
            return [_melding(rij) for rij in verbinding.execute(sa.select(meldingen))]

    def _een(self, voorwaarde) -> Optional[Melding]:
        with self.engine.connect() as verbinding:
            rij = verbinding.execute(sa.select(meldingen).where(voorwaarde)).first()
        return _melding(rij) if rij else None


def opslag_meldingen() -> OpslagMeldingen:
    """The store of the setting OPNAME_DATABASE."""
    return OpslagMeldingen(opslag().engine)
