"""The grammar: five tables, applied in this order. How to read a row is told in `motor.py`.

To teach it a new phrase: put the words in `woorden.py`, add a row here, and if the meaning is new a function in the module of its topic.
"""

from __future__ import annotations

from . import begrippen, dagen, tijden, verwijzingen, weekdagen
from .feestdagen import FEESTDAGEN
from .motor import Niveau

# -- 1. numbers, names, and numbers that are no dates ----------------------------------------------------------------
GETALLEN = (
    ("TWEEDUIZEND en? NUM", verwijzingen.jaartal),
    ("TWEEDUIZEND", verwijzingen.jaartal),
    ("'? n >EENH|UUR", verwijzingen.een),                              # over 'n week
    ("TELW en TELW", verwijzingen.samengesteld_getal),                 # een en twintig
    ("' CIJF", verwijzingen.kort_jaartal),                             # '27
    ("CIJF ste|e", verwijzingen.rangtelwoord),                         # 20 ste
    *((naam, verwijzingen.feestnaam(naam)) for naam in FEESTDAGEN),    # tweede paasdag, oud en nieuw
    # kamer 12, kenmerk 12-3-2026
    ("NRWOORD NRWOORD|is|: :? CIJF|DM|DMJ|PT|NUM|GROOT|ORD|JAAR !MND|MAFK", begrippen.geen),
    ("NRWOORD :? CIJF|DM|DMJ|PT|NUM|GROOT|JAAR !MND|MAFK", begrippen.geen),
    ("NUM|PT|DM|GROOT|ORD GETELD", begrippen.geen),                 # 3 vragen, 12.50 euro, de 2e keer
    ("STRAAT CIJF|GROOT !MND|MAFK|UUR", begrippen.geen),
    ("CIJF|TELW van|op de CIJF|TELW !MND|MAFK|UUR", begrippen.geen),  # 8 van de 10
    ("ben|word|werd de ORD", begrippen.geen),               # ik ben de zesde
    ("ORD NRWOORD", begrippen.geen),                        # de 2e verdieping
    ("RUWWEG NUM GETELD", begrippen.geen),
    ("GETELD NUM|PT|GROOT", begrippen.geen),                        # euro 12
    ("goed|goede|goeden|goeie|prettige|fijne|mooie|hele MORGEN|DEEL|EENH|WEEKEND", begrippen.geen),
    ("dag na|in|aan|tot dag", begrippen.geen),
    ("AANSPREEK AANSPREEK? van? de? WDAG|MND|MAFK|FEEST|DEEL|MORGEN|NUM|ORDW", begrippen.geen),   # mevrouw Zondag
    ("DM deel|part|liter", begrippen.geen),
    ("DM van de|het|een", begrippen.geen),                          # 3/4 van de mensen
)

# -- 2. clock times, lengths of time, weeks and months ----------------------------------------------------------------
#: Words before a clock time that do not change it. Every row of KLOKTIJDEN may start with them.
VOORZETSEL = "om|rond|rondom|tegen|vanaf|omstreeks|klokslag|ongeveer|stipt|circa"
#: What may come after a bare hour ("om 3", "van 10 tot 11"); anything else may be the thing that is counted.
NA_UUR = ("VOLG|DAGDEEL|DEEL|DEELS|REL|MORGEN|WDAG|KOMEND|VOLGEND|DEZE|WEEKREF|KOMENDEWEEK|MAANDREF|MND|MAFK|FEEST|ORD|DM|DMJ|AMPM|een|de|het|"
          "over|,|EINDE|'s|(|-")
KLOKTIJDEN = (
    ("half NUM UUR?", tijden.half_uur),
    ("kwart over|na NUM UUR?", tijden.over_uur),
    ("kwart voor NUM UUR?", tijden.voor_uur),
    ("NUM MIN? over|na half NUM UUR?", tijden.over_uur),
    ("NUM MIN? voor half NUM UUR?", tijden.voor_uur),
    ("NUM MIN? over NUM UUR? !EENH|MND|MAFK|MIN|WERKDAG|a|of", tijden.over_uur),
    ("TELW na TELW|CIJF UUR? !EENH|MND|MAFK|GETELD", tijden.over_uur),   # tien na drie
    (f"CIJF na CIJF >{NA_UUR} !EENH|MND|MAFK|GETELD", tijden.over_uur),
    ("NUM MIN na NUM UUR? !EENH|MND|MAFK", tijden.over_uur),
    ("NUM MIN? voor NUM UUR? !EENH|MND|MAFK", tijden.voor_uur),
    ("NUM UUR MINUUT AMPM? !MIN|MND|MAFK|EENH|UUR|of|tot|-|/|GETELD", tijden.uur_minuten),
    (f"NUM UUR TELW AMPM? >{NA_UUR} !MIN|MND|MAFK|EENH|UUR|of|tot", tijden.uur_minuten),
    ("NUM UUR precies|stipt? AMPM? !per|lang|durend", tijden.heel_uur),
    ("een UUR of NUM !EENH", tijden.heel_uur),
    ("NUM AMPM", tijden.heel_uur),
    ("CIJF MINUUT UUR", tijden.uur_en_grote_minuten),
    ("VIER UUR", tijden.vier_cijfers),
    ("CIJF ; MINUUT UUR?", tijden.twee_getallen),
    ("NUM MIN over|na KLOK|PT UUR?", tijden.minuten_over_klok),
    ("NUM MIN voor KLOK|PT UUR?", tijden.minuten_voor_klok),
    ("KLOK UUR? AMPM?", tijden.klok),
    ("PT UUR|AMPM", tijden.punt_tijd),
    ("PT", tijden.punt_tijd),
    ("KOMMA UUR", tijden.komma_tijd),                       # 14,30 uur
    ("DM UUR", tijden.dm_uur),
    ("middernacht", tijden.middernacht),
    ("kwart|half|NUM MIN? voor|over|na middernacht", tijden.rond_middernacht),
    ("het? middaguur", tijden.vaste_tijd(12)),
)
TIJDEN = (
    # "een uur" is a length of time, unless it stands alone or after a preposition
    ("^ een uur >EINDE", tijden.vaste_tijd(13)),
    (VOORZETSEL + " UURVORM", tijden.uurvorm),              # om negenen
    ("na|voor|tot UURVORM", tijden.uurvorm),
    ("EEN UUR !lang|per|en", tijden.vaste_tijd(13)),         # één uur
    (VOORZETSEL + " een UUR !en|per|lang", tijden.vaste_tijd(13)),
    (VOORZETSEL + " NUM UUR en? NUM MIN", tijden.uren_en_minuten),  # om zeven uur en dertig minuten
    ("NUM UUR en NUM MIN >DEEL|DEELS|'s|in", tijden.uren_en_minuten),
    ("een UUR >'s|DEELS", tijden.vaste_tijd(1)),            # een uur 's nachts; the part of the day makes it 1 or 13
    ("een UUR", tijden.een_uur),
    *((f"{VOORZETSEL}? ongeveer|circa? {rij}", actie) for rij, actie in KLOKTIJDEN),
    (f"om ongeveer|circa? !een CIJF|TELW >{NA_UUR} !MND|MAFK", tijden.heel_uur),
    (f"rond|tegen|vanaf|omstreeks|klokslag !een CIJF|TELW >{NA_UUR} !MND|MAFK", tijden.heel_uur),
    ("om|vanaf CIJF MINUUT UUR? !MND|MAFK", tijden.twee_getallen),
    ("om|vanaf VIER", tijden.vier_cijfers),
    ("om|vanaf DM", tijden.dm_uur),
    ("van DM !naar|tot|MND|MAFK|JAAR", tijden.dm_uur),
    ("rond|tegen de klok van CIJF|TELW", tijden.heel_uur),
    ("op PT !UUR", dagen.op_punt),
    ("WDAG ,? PT !UUR", dagen.weekdag_punt),
    ("^ CIJF|TELW in de DEEL", tijden.dagdeel_uur),         # 6 in de ochtend
    ("op? CIJF ,? >VANDEEL", tijden.heel_uur),                   # op 8 vanmorgen
    ("'s DEELS om|rond|tegen? CIJF|TELW >VOLG|EINDE|,", tijden.dagdeel_uur),
    ("rond|tegen|om|omstreeks|op de? middag", tijden.vaste_tijd(12)),
    # lengths of time in hours
    ("een DUREND van ongeveer|circa? NUM UUR", begrippen.geen),     # een gesprek van 2 uur
    ("duurt|duurde|duren|binnen|elke|iedere|per|al RUWWEG|DUURT? NUM UUR|MIN", begrippen.geen),
    ("elke|iedere|alle NUM EENH|UUR|WERKDAG op? WDAG?", begrippen.geen),
    ("om de NUM EENH|UUR|WERKDAG op? WDAG?", begrippen.geen),
    ("NUM UUR GEDUURD", begrippen.geen),                    # twee uur gewacht
    ("DUURT NUM UUR", begrippen.geen),                      # bijna twee uur
    ("NUM UUR lang|per|geleden|later|durend|durende|werk|werken|vrij", begrippen.geen),
    ("NUM UUR en? NUM MIN", begrippen.geen),
    ("NUM MIN", begrippen.geen),
    ("een? half UUR", begrippen.geen),
    ("anderhalf UUR", begrippen.geen),
    ("een kwartier|kwartiertje", begrippen.geen),
    ("in NUM UUR|MIN !MND|MAFK", begrippen.geen),           # in 2 uur: before or after
    ("over een? half UUR", tijden.over_uren),
    ("over een kwartier|kwartiertje", tijden.over_uren),
    ("over NUM UUR|MIN !of", tijden.over_uren),
    ("over anderhalf UUR", tijden.over_uren),
    ("over NUM UUR en NUM MIN", tijden.over_uren),
    ("over NUM UUR en een? half|kwartier UUR?", tijden.over_uren),
    ("over NUM en een? half UUR", tijden.over_uren),
    ("over KOMMA|PT UUR", tijden.over_uren),                # over 2,5 uur
    ("NUM UUR|MIN vanaf|na nu", tijden.over_uren),
    # parts of the day
    ("'s DEELS", tijden.dagdeel),
    ("DEELS", tijden.dagdeel),
    ("in de DEEL|MORGEN", tijden.dagdeel),
    ("na de middag", tijden.als_dagdeel("middag")),
    ("voor de middag", tijden.als_dagdeel("ochtend")),
    ("DEZE DEEL|MORGEN", dagen.dagdeel_vandaag),
    ("DEEL", tijden.dagdeel),
    ("aan? het? BEGIN|begin|eind van? de DEEL|MORGEN", tijden.dagdeel),
    ("aan? het? BEGIN|begin|eind van? de dag", begrippen.geen),
    # lengths of time
    ("NUM EENH", verwijzingen.duur),
    ("NUM EENH ,|en? NUM EENH", verwijzingen.duur),
    ("NUM EENH ,|en? NUM EENH ,|en? NUM EENH", verwijzingen.duur),
    ("een|NUM? KLEIN EENH", verwijzingen.vage_duur),         # over een kleine maand
    ("een EENH of CIJF|TELW", verwijzingen.vage_duur),
    ("een? PAAR EENH|WERKDAG", verwijzingen.vage_duur),
    ("RUWWEG NUM? EENH", verwijzingen.vage_duur),
    ("RUWWEG een EENH", verwijzingen.vage_duur),
    ("NUM of|a|tot|- NUM EENH|WERKDAG", verwijzingen.vage_duur),
    ("DM EENH", verwijzingen.vage_duur),
    ("NUM WERKDAG", verwijzingen.vage_duur),
    ("een? half EENH", verwijzingen.vage_duur),
    ("NUM en een? PAAR|half EENH", verwijzingen.vage_duur),
    # weeks, months, years
    ("de? VOLGEND week", verwijzingen.week(1)),
    ("DEZE week", verwijzingen.week(0)),
    ("VORIG|AFGELOPEN week", verwijzingen.week(-1)),
    ("de? KOMEND week", verwijzingen.komende_week),
    ("week CIJF van|in? JAAR?", verwijzingen.weeknummer),
    ("de? VOLGEND|KOMEND maand", verwijzingen.maand(1)),
    ("DEZE maand", verwijzingen.maand(0)),
    ("VORIG|AFGELOPEN maand", verwijzingen.maand(-1)),
    ("VOLGEND|KOMEND jaar", verwijzingen.jaar(1)),
    ("DEZE jaar", verwijzingen.jaar(0)),
    ("VORIG|AFGELOPEN jaar", verwijzingen.jaar(-1)),
)

# -- 3. stretches of time and two times -------------------------------------------------------------------------------
TIJDVAKKEN = (
    ("van? TIJD tot|-|t/m|tm|en TIJD|NUM !MND|MAFK|EENH", tijden.begin_van_vak),
    ("van? NUM tot|-|t/m TIJD", tijden.begin_van_vak),
    (f"van NUM tot NUM >{NA_UUR} !MND|MAFK|EENH", tijden.begin_van_vak),
    ("^ NUM tot NUM >EINDE", tijden.begin_van_vak),
    ("tussen NUM|TIJD en NUM|TIJD !MND|MAFK|EENH|GETELD", tijden.tussen),
    ("na|tot TIJD", tijden.na_tijd),
    ("niet voor|na TIJD", tijden.na_tijd),
    ("werk|werkt|werkte|werken|open|geopend|bereikbaar van? NUM|TIJD tot NUM|TIJD !MND|MAFK", begrippen.geen),
    ("NUM of|a TIJD", tijden.een_van_twee),
    ("TIJD of|a NUM >EINDE|,|VOLG !MND|MAFK|EENH|DATUM", tijden.een_van_twee),
    ("van NUM|TIJD naar TIJD", tijden.nieuwe_tijd),
    ("niet om? NUM maar om? TIJD", tijden.nieuwe_tijd),
)

# -- 4. days ------------------------------------------------------------------------------------------------------------
DAGEN = (
    # numbers only
    ("WDAG ,? de? DMJ", dagen.dag_maand_getallen),
    ("DMJ", dagen.dag_maand_getallen),
    ("WDAG ,? de? DM ,? JAAR?", dagen.dag_maand_getallen),
    ("DM JAAR?", dagen.dag_maand_getallen),
    ("WDAG ,? CIJF CIJF JAAR", dagen.dag_maand_getallen),
    ("CIJF CIJF JAAR", dagen.dag_maand_getallen),
    ("CIJF -|/ CIJF -|/ JAAR", dagen.dag_maand_getallen),
    # day and month
    ("op? de? NUM|ORD .? van|in|-? MND|MAFK ,|-? van|in? JAAR?", dagen.dag_maand),
    ("WDAG ,? de? NUM|ORD .? van|in|-? MND|MAFK ,|-? van|in? JAAR?", dagen.dag_maand),
    ("MND|MAFK -|/ CIJF JAAR?", dagen.dag_maand),           # okt-2
    ("MND !een TELW >VOLG|EINDE|,|TIJD", dagen.dag_maand),  # mei eenentwintig
    ("in? MND|MAFK ,? op? de? CIJF|ORD ,? JAAR? >VOLG|EINDE|,|DATUM|WDAG|JAAR|(", dagen.dag_maand),
    ("WDAG ,? MND|MAFK CIJF|ORD ,? JAAR? >VOLG|EINDE|,|(", dagen.dag_maand),
    ("WDAG ,? de? ORD|CIJF van|in? de? MAANDREF", dagen.dag_van_maandref),
    ("op? de? ORD|CIJF van|in? de? MAANDREF", dagen.dag_van_maandref),
    ("op? de? ORD dezer", dagen.dag_dezer),
    ("MAANDREF ,? op? de ORD|CIJF", dagen.dag_van_maandref),
    ("MAANDREF ,? op? WDAG ,? de? ORD|CIJF", dagen.dag_van_maandref),
    ("JAARREF ,? op? de? NUM|ORD van? MND|MAFK", dagen.dag_maand),
    ("op? de? ORD van de ORD", dagen.dag_van_zoveelste_maand),  # de 8e van de 12e
    # a year in two digits
    ("WDAG? ,? op? de? NUM|ORD MND|MAFK KORTJAAR >VOLG|EINDE|,|TIJD|DAGDEEL|(", dagen.dag_maand_kort_jaar),
    # the last time
    ("op? de? NUM|ORD MND|MAFK AFGELOPEN", dagen.laatste_dag_maand),   # 8 december jl.
    ("op? de? DM AFGELOPEN", dagen.laatste_dag_maand),
    ("AFGELOPEN NUM|ORD MND|MAFK", dagen.laatste_dag_maand),
    # two days with one month
    ("op? de? NUM|ORD ,|of|en op? de? NUM|ORD MND|MAFK JAAR?", dagen.twee_dagen),
    ("NUM , NUM of|en NUM MND|MAFK JAAR?", dagen.twee_dagen),
    ("van|tussen? de? NUM|ORD tot|t/m|tm|tem|en|- en? met? de? NUM|ORD MND|MAFK JAAR?", dagen.twee_dagen),
    ("DM MND|MAFK JAAR?", dagen.twee_dagen),
    ("niet op? de? NUM|ORD ,? maar op? de? NUM|ORD van? MND|MAFK JAAR?", dagen.tweede_dag),
    ("van de? NUM|ORD naar de? NUM|ORD van? MND|MAFK JAAR?", dagen.tweede_dag),
    ("van de ORD|CIJF naar de ORD|CIJF", dagen.tweede_dag),
    # the nth weekday, the first or last day of a month
    ("op? de? ORD WDAG van|in? de? MAANDREF", weekdagen.zoveelste_weekdag),
    ("op? de? ORD WDAG van|in MND|MAFK van|in? JAAR?", weekdagen.zoveelste_weekdag),
    ("op? de? laatste WDAG van|in? de? MAANDREF", weekdagen.zoveelste_weekdag),
    ("op? de? laatste WDAG van|in MND|MAFK van|in? JAAR?", weekdagen.zoveelste_weekdag),
    ("op? de? laatste|ORD dag van|in? MND|MAFK van|in? JAAR?", weekdagen.rand_van_maand),
    ("op? de? laatste|ORD dag van|in? de? MAANDREF", weekdagen.rand_van_maand),
    ("op? de? laatste dag van? JAARREF", weekdagen.oudjaar),
    ("op? de? laatste dag van het jaar", weekdagen.oudjaar),
    ("op? de? laatste dag van de maand", weekdagen.rand_van_maand),
    ("op? de? ORD|laatste WDAG van|in de maand", weekdagen.zoveelste_weekdag),
    ("de? ORD|laatste WDAG|WERKDAG !na|voor", dagen.vaag),
    ("de? ORD|laatste WERKDAG van|in MND|MAFK|MAANDREF", dagen.vaag),
    ("ORD|CIJF van elke|iedere EENH", begrippen.geen),
    ("de ORD|CIJF van elke|iedere EENH", begrippen.geen),
    # a day of the month
    ("WDAG ,? de ORD|CIJF !MND|MAFK", dagen.weekdag_dag),
    ("WDAG ,? ORD !MND|MAFK >VOLG|EINDE|,|TIJD|DAGDEEL|(", dagen.weekdag_dag),
    ("WDAG ,? CIJF >VOLG|EINDE|TIJD|DAGDEEL|, !tot|-|UUR|MIN", dagen.weekdag_dag),
    ("de ORDW !WDAG >VOLG|EINDE|,|TIJD|DAGDEEL|(|-|/", dagen.dag_in_woorden),
    ("op de ORDW plaats|rij|rang", begrippen.geen),
    ("^ de ORDW >EINDE|TIJD|om", dagen.eerste_of_tweede),
    ("op de ORD !WDAG >VOLG|EINDE|,|TIJD|DAGDEEL|(|-|/", dagen.dag_alleen),
    ("de ORDC !WDAG >VOLG|EINDE|,|TIJD|DAGDEEL|(|-|/", dagen.dag_alleen),
    ("op ORDC >VOLG|EINDE|,|TIJD|DAGDEEL", dagen.dag_alleen),
    ("^ ORDC >EINDE|TIJD|DAGDEEL|om|,|of|in|bij|is|lukt|kan|past|mag|graag", dagen.dag_alleen),
    ("op? de CIJF >EINDE|TIJD|DAGDEEL|om|,|of", dagen.dag_alleen),
    ("op CIJF >VOLG|EINDE|,|TIJD|DAGDEEL", dagen.misschien_dag),
    # weekdays
    ("LOSSE_AFK", weekdagen.losse_afkorting),
    ("KOMEND WDAG", weekdagen.komende_weekdag),
    ("WDAG KOMEND", weekdagen.komende_weekdag),
    ("VOLGEND WDAG", weekdagen.volgende_weekdag),
    ("DEZE WDAG", weekdagen.deze_weekdag),
    ("VORIG|AFGELOPEN WDAG", weekdagen.vorige_weekdag),
    ("WDAG AFGELOPEN", weekdagen.vorige_weekdag),
    ("WEEKREF ,? op? de? WDAG", weekdagen.weekdag_in_week),
    ("WDAG ,? van|in|uit? de? WEEKREF", weekdagen.weekdag_in_week),
    ("KOMENDEWEEK op? WDAG", weekdagen.weekdag_komende_week),
    ("WDAG van|in? KOMENDEWEEK", weekdagen.weekdag_komende_week),
    ("over? NUM WDAGEN vanaf nu|vandaag", weekdagen.zoveel_weekdagen),
    ("NUM WDAGEN later", weekdagen.zoveel_weekdagen),
    ("over NUM WDAGEN", weekdagen.zoveel_weekdagen),
    ("elke|iedere|alle|elk|ieder WDAG|DAGDEEL", begrippen.geen),
    ("op een WDAG !NUM|ORD|DM|DMJ|MND|MAFK|de|,", dagen.een_weekdag),   # some Tuesday
    ("WDAG", weekdagen.weekdag),
    ("WDAG MORGEN", weekdagen.weekdag),                             # woensdag morgen
    # with respect to today
    ("REL", dagen.relatief),
    ("MORGEN", dagen.relatief),
    ("over MORGEN !over", dagen.over_morgen),
    ("de? VOLGEND|VORIG dag", dagen.relatief),
    ("DEZE dag", dagen.relatief),
    # named days
    ("ORD FEEST", dagen.geen_feest),
    ("WDAG ,? FEEST ,? van|in? JAAR?", dagen.feest),
    ("FEEST ,? van|in? JAAR?", dagen.feest),
    ("JAARREF op|met? FEEST", dagen.feest),
    # vague
    ("begin|BEGIN|eind|half in|van? de|het? MND|MAFK|MAANDREF|WEEKREF|KOMENDEWEEK|WEEKEND JAAR?", dagen.vaag),
    ("begin|BEGIN|eind van|in? de|het? EENH|JAAR", dagen.vaag),
    ("de eerste|tweede|laatste helft van? MND|MAANDREF", dagen.vaag),
    ("in|ergens|tot|vanaf|na|voor|rond|DEZE|KOMEND|VOLGEND MND|MAFK JAAR?", dagen.vaag),
    ("MND JAAR", dagen.vaag),
    ("^ MND >EINDE", dagen.vaag),
    ("de? ORD week van? MND|MAANDREF JAAR?", dagen.vaag),
    ("WDAG daarna|erna|erop|daarop", dagen.vaag),
    ("WDAG die|dezelfde week", dagen.vaag),
    ("WEEKREF", dagen.vaag),
    ("KOMENDEWEEK", dagen.vaag),
    ("MAANDREF", dagen.vaag),
    ("DEZE|KOMEND WEEKEND ,? op? WDAG", weekdagen.weekdag_in_weekend),
    ("WDAG van|in DEZE|KOMEND WEEKEND", weekdagen.weekdag_in_weekend),
    ("DEZE|KOMEND|VOLGEND WEEKEND", dagen.weekend),
    ("in|na|voor|tijdens het WEEKEND", dagen.weekend),
    ("na|voor|in|rond|tijdens de|het? SEIZOEN", dagen.vaag),
    ("DEZE|KOMEND|VOLGEND|van SEIZOEN", dagen.vaag),
)

# -- 5. distances, and vagueness around a day ---------------------------------------------------------------------------
AFSTANDEN = (
    ("over DUUR op? WEEKDAG", weekdagen.over_op_weekdag),
    ("DATUM ,? over DUUR", weekdagen.weekdag_over),
    ("over? DUUR gerekend? na|vanaf|sedert|sinds DATUM", dagen.duur_na),
    ("DUUR voor DATUM", dagen.duur_voor),
    ("de week|maand na|voor DATUM", dagen.vaag_bij),
    ("de dag na DATUM", dagen.duur_na),
    ("de dag voor DATUM", dagen.duur_voor),
    ("dag na DATUM", dagen.duur_na),
    ("dag voor DATUM", dagen.duur_voor),
    ("de? ORD? WEEKDAG na DATUM", dagen.weekdag_na),
    ("de? WEEKDAG voor DATUM", dagen.weekdag_voor),
    ("in? de? week van|met|waarin DATUM", dagen.week_van),
    ("DATUM of|en NUM|ORD >EINDE|,|VOLG !TIJD|UUR", dagen.datum_of_dag),    # 8 december of 9, de 8e of 9e
    ("over|in|na PRECIES? DUUR", dagen.over_duur),
    ("over|in|na DUUR of CIJF|TELW", dagen.vaag),
    ("over? DUUR later|verder !dan", dagen.over_duur),
    ("DUUR later|eerder|vroeger dan", dagen.vaag),
    ("DUUR vanaf|na|van nu|heden", dagen.over_duur),
    ("DUUR geleden|terug", dagen.duur_geleden),
    ("binnen DUUR", dagen.vaag),
    ("over|in|na|binnen VAGEDUUR", dagen.vaag),
    ("VAGEDUUR later", dagen.vaag),
    ("na|rond|omstreeks|BEGIN|ongeveer|RUWWEG de? DATUM", dagen.vaag_bij),
    ("voor|tot|met de FEESTDATUM", dagen.vaag_bij),
    ("^ nog? voor FEESTDATUM", dagen.vaag_bij),
    ("nog|uiterlijk|ruim|liefst voor DATUM", dagen.vaag_bij),
    ("uiterlijk op? DATUM", dagen.vaag_bij),
    # what is over
    ("al? sinds|sedert DATUM|MND|MAFK|JAAR|JAARREF|WEEKREF|MAANDREF|SEIZOEN", begrippen.geen),
    ("geboren|geb|geboortedatum|geboortedag|verjaardag|jarig is|:|op? op? DATUM", begrippen.geen),
    # a time in bare digits
    ("DATUM ,? CIJF MINUUT UUR? >VOLG|EINDE|,", tijden.bij_dag),       # 14 dec 10 30
    ("DATUM ,? om? VIER >VOLG|EINDE|,", tijden.bij_dag),               # 14 december 1030
)

NIVEAUS = tuple(Niveau(naam, rijen) for naam, rijen in (
    ("getallen", GETALLEN), ("tijden", TIJDEN), ("tijdvakken", TIJDVAKKEN), ("dagen", DAGEN), ("afstanden", AFSTANDEN)))
