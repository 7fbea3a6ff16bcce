"""Steps in the life of a request, for the tests: making one, looking it up, its row in the store."""
import re

import sqlalchemy as sa

REFERENTIE = re.compile(r"BO-[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}")


def vul_in(gesprek, datum="dinsdag 8 december"):
    """Fill in the request form up to its summary."""
    gesprek.zeg(f"ik wil filmen {datum} half drie in Zwolle")
    gesprek.zeg("bij de arts")
    gesprek.zeg("Fatima el Amrani")
    gesprek.kies("Via Mijn UWV")
    return gesprek.kies("Nee, niets")


def doe_verzoek(gesprek, datum="dinsdag 8 december"):
    """Make a request; its reference."""
    vul_in(gesprek, datum)
    return REFERENTIE.search(gesprek.kies("Ja, geef het door"))[0]


def zoek_op(gesprek, vraag, referentie, controle="8 december"):
    """Ask for a request by its reference and check answer; what is said then."""
    gesprek.zeg(vraag)
    gesprek.zeg(referentie)
    return gesprek.zeg(controle)


def rij(assistent, referentie):
    """The stored request."""
    with sa.create_engine(assistent.database).connect() as verbinding:
        return dict(verbinding.execute(sa.text("select * from verzoeken where referentie = :r"),
                                       {"r": referentie}).one()._mapping)
