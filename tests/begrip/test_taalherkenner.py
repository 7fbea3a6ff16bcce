"""A language that is not Dutch is recognised only when it is sure: never for names, data, dialect or a word or two."""
import pytest
from lingua import LanguageDetectorBuilder

from components.taalherkenner import TALEN, is_andere_taal


@pytest.fixture(scope="module")
def detector():
    return LanguageDetectorBuilder.from_languages(*TALEN).with_low_accuracy_mode().build()


@pytest.mark.parametrize("tekst", [
    "I would like to know whether this conversation is private", "Darf ich dieses Treffen mit dem Handy aufnehmen?",
    "Est-ce que je peux apporter une caméra demain ?", "Czy mogę przynieść kamerę na spotkanie?",
    "Görüşmeye telefonumu getirebilir miyim?", "¿Puedo traer mi teléfono para grabar la reunión?", "هل يمكنني إحضار هاتفي لتصوير اللقاء",
])
def test_another_language_is_recognised(detector, tekst):
    assert is_andere_taal(detector, tekst, 0.01, 3)


@pytest.mark.parametrize("tekst", [
    "mag ik da gesprek filmen met mijnen gsm zulle", "ik wil film maken van de gesprek is mogen", "mag ik et op facebok zette",
    "Fatma Yıldız Öztürk", "Jan de Vries", "8 december om half drie in Den Haag", "hello", "oké top merci",
    "kunu da herhale", "'k heb goesting om da op te nemen", "mei ik it petear filme", "wa bedoelde gij daarmee",
])
def test_dutch_of_every_kind_names_and_data_are_not(detector, tekst):
    assert not is_andere_taal(detector, tekst, 0.01, 3)
