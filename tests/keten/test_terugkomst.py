"""Someone who comes back after an hour, or after an update of the model, finds the form where it was."""
import shutil
import sqlite3

from assistent import MODEL, Assistent, Gesprek
from levens import REFERENTIE


def test_an_hour_later_and_with_another_model(tmp_path):
    assistent = Assistent(tmp_path)
    assistent.start_acties()
    assistent.start_rasa()
    try:
        gesprek = Gesprek(assistent.basis_url)
        gesprek.zeg("ik wil filmen dinsdag 8 december half drie in Zwolle")
        gesprek.zeg("bij de arts")
        assistent.stop("rasa")
        # An hour passes: everything that was said is an hour older. (Rasa counts by its own clock.)
        with sqlite3.connect(tmp_path / "gesprekken.db") as db:
            for id_, data in db.execute("select id, data from events").fetchall():
                ouder = db.execute("select json_set(?, '$.timestamp', json_extract(?, '$.timestamp') - 4000)",
                                   (data, data)).fetchone()[0]
                db.execute("update events set data = ?, timestamp = timestamp - 4000 where id = ?", (ouder, id_))
        nieuw = shutil.copy(MODEL, tmp_path / "nieuw.tar.gz")
        assistent._start("rasa", "components.zonder_tensorflow", "run", "--model", str(nieuw), "-i", "127.0.0.1", "-p", str(assistent.poort))
        assistent._wacht(f"{assistent.basis_url}/gereed", "rasa")
        assert "Hoe kan de medewerker u bereiken" in gesprek.zeg("Fatima el Amrani")
        gesprek.kies("Via Mijn UWV")
        gesprek.kies("Nee, niets")
        assert REFERENTIE.search(gesprek.kies("Ja, geef het door"))
    finally:
        assistent.stop("rasa")
        assistent.stop("acties")
