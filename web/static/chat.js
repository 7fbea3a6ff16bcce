// Ties connection, log and input together. Every page that has a conversation starts here.

import { Invoer } from './invoer.js';
import { Oordeel } from './oordeel.js';
import { Opslag } from './opslag.js';
import { Verbinding } from './verbinding.js';
import { Gesprekslog, Melder, vraagBevestiging } from './weergave.js';

const VERBROKEN_NA_MS = 800; // a hiccup shorter than this is not worth a sentence
const NOG_BEZIG_NA_MS = 4_000; // only a wait this long is told to a screen reader, once
const GEEN_ANTWOORD_NA_MS = 30_000;
const HERSTELD_WEG_NA_MS = 6_000;

const TEKST = {
  verbroken: 'De verbinding is weg. We proberen het opnieuw. Uw bericht gaat mee zodra de verbinding er weer is.',
  hersteld: 'De verbinding is er weer. U kunt verder.',
  geweigerd: 'De chat kan niet openen. Laad de pagina opnieuw.',
  bezig: 'De assistent is nog bezig.',
  geenAntwoord: 'Er kwam geen antwoord. Stuur uw bericht nog een keer.',
  mislukt: 'Uw bericht is niet aangekomen. Probeer het nog een keer.',
  nietVerstuurd: 'Niet verstuurd',
  ander: 'Uw vorige gesprek kon niet verder gaan. Hieronder begint een nieuw gesprek.',
};

/**
 * `sleutel` names the page in the tab's storage; `sessie`: who is logged in speaks (staff pages);
 * `opmaak` makes the elements of an answer; `bijBericht(bericht, element)` is called for each message that is shown,
 * `bijWis()` when the log is emptied.
 * Returns what the rest of a page needs: say something, listen to the connection, tell, leave, forget everything.
 */
export function startChat({ sleutel, sessie = false, opmaak, bijBericht = () => {}, bijWis = () => {} }) {
  const vind = (id) => document.getElementById(id);
  const opslag = new Opslag(sleutel);
  const verbinding = new Verbinding(opslag, { sessie });
  const melder = new Melder(vind('melding'));
  const toestand = new Melder(vind('toestand'));
  const log = new Gesprekslog(vind('gesprek'), kies, opmaak);
  const invoer = new Invoer(
    { formulier: vind('formulier'), veld: vind('invoer'), teller: vind('teller'), fout: vind('fout'), melder },
    (tekst) => zeg(tekst),
  );
  const oordeel = new Oordeel(vind('oordeel'), melder, (id, hielp, klik) => {
    verbinding.oordeel(id, hielp);
    geefFocus(klik);
  });
  const bezig = vind('bezig');
  const klokken = {};
  const zet = (naam, ms, doe) => {
    clearTimeout(klokken[naam]);
    klokken[naam] = setTimeout(doe, ms);
  };
  const stop = (...namen) => {
    for (const naam of namen) {
      clearTimeout(klokken[naam]);
      delete klokken[naam];
    }
  };

  // --- what the person does ---

  function zeg(bericht, keuze) {
    invoer.herstel();
    oordeel.vergeet();
    const id = verbinding.stuur(bericht);
    log.verbergKeuzes(id);
    for (const eerder of opslag.staat.berichten) if (eerder.knoppen && !eerder.weg) eerder.weg = id;
    voegToe({ van: 'gebruiker', tekst: keuze ?? bericht, keuze: keuze !== undefined, id });
  }

  function kies(knop, klik) {
    zeg(knop.payload, knop.title);
    geefFocus(klik);
  }

  // The button is gone, so the focus needs a place. On a touch screen the field would bring up
  // the keyboard, over the answer; there the log takes it.
  function geefFocus(klik) {
    if (klik.pointerType === 'touch') log.focus();
    else invoer.focus();
  }

  vind('nieuw').addEventListener('click', async () => {
    if (!(await vraagBevestiging(vind('dialoog')))) return;
    wachtNietMeer();
    opslag.wis();
    log.wis();
    bijWis();
    oordeel.vergeet();
    invoer.leeg();
    invoer.herstel();
    invoer.focus();
    verbinding.opnieuw();
  });

  // --- what the assistant does ---

  const bij = (naam, doe) => verbinding.addEventListener(naam, ({ detail }) => doe(detail));

  bij('gesprek', ({ nieuw }) => {
    const { berichten } = opslag.staat;
    if (!nieuw || !berichten.length) return;
    // The server no longer knows the conversation. What was waiting is asked in the new one.
    vergeetKeuzes();
    voegToe({ van: 'melding', tekst: TEKST.ander });
  });

  bij('aangekomen', ({ id }) => {
    log.verwijderKeuzes(id);
    for (const bericht of opslag.staat.berichten) if (bericht.weg === id) delete bericht.knoppen;
    opslag.bewaar();
  });

  bij('mislukt', ({ id, fout = TEKST.mislukt }) => {
    const bericht = opslag.staat.berichten.find((een) => een.id === id);
    for (const ander of opslag.staat.berichten) if (ander.weg === id) delete ander.weg;
    log.toonKeuzes(id);
    if (bericht) {
      bericht.fout = TEKST.nietVerstuurd;
      log.toonFout(id, bericht.fout);
      if (!bericht.keuze) invoer.geefTerug(bericht.tekst);
    }
    opslag.bewaar();
    wachtNietMeer();
    invoer.meldFout(fout);
  });

  bij('bezig', wachtOpAntwoord);

  bij('bot', ({ text, buttons, metadata, custom, id = null, nr }) => {
    // After a reconnection the answers to a message that is sent again all come again.
    if (id && opslag.staat.berichten.some((bericht) => bericht.op === id && bericht.nr === nr)) return;
    const knoppen = (Array.isArray(buttons) ? buttons : []).filter((knop) => knop?.title && knop?.payload);
    // Of `custom` only a file is for this page; anything else is for pages that know what to do with it.
    const bestand = typeof custom?.bestand?.inhoud === 'string' ? custom.bestand : undefined;
    if (!text && !knoppen.length) return;
    vergeetKeuzes(id);
    if (metadata?.titel) oordeel.antwoord(id);
    voegToe({
      van: 'assistent', tekst: text ?? '', titel: metadata?.titel, bronregel: metadata?.bronregel, knoppen, bestand, op: id, nr,
    });
  });

  bij('klaar', ({ id }) => {
    wachtNietMeer();
    oordeel.vraag(id);
  });

  // --- the connection ---

  let gemeld = false; // the person has been told that the connection is gone
  bij('toestand', ({ toestand: stand, fout = TEKST.geweigerd }) => {
    if (stand === 'verbonden') {
      stop('verbroken');
      if (gemeld) {
        toestand.zeg(TEKST.hersteld, 'toestand__melding toestand__melding--goed');
        zet('hersteld', HERSTELD_WEG_NA_MS, () => toestand.zwijg());
      }
      gemeld = false;
      return;
    }
    wachtNietMeer();
    // Every failed attempt reports again; the clock is set by the first and told once.
    if (stand === 'geweigerd') meldVerbroken(fout);
    else if (!klokken.verbroken) zet('verbroken', VERBROKEN_NA_MS, () => meldVerbroken(TEKST.verbroken));
  });

  function meldVerbroken(tekst) {
    gemeld = true;
    stop('hersteld');
    toestand.zeg(tekst, 'toestand__melding');
  }

  // --- helpers ---

  function voegToe(bericht) {
    opslag.staat.berichten.push(bericht);
    opslag.bewaar();
    toon(bericht);
    log.scrollNaarBeurt();
  }

  function toon(bericht) {
    bijBericht(bericht, log.toon(bericht));
  }

  /** Only the buttons of the turn that answers `op` still count. */
  function vergeetKeuzes(op) {
    for (const bericht of opslag.staat.berichten) if (bericht.op !== op) delete bericht.knoppen;
    log.verwijderOudeKeuzes(op);
  }

  function wachtOpAntwoord() {
    bezig.hidden = false;
    log.scrollNaarBeurt();
    zet('nogBezig', NOG_BEZIG_NA_MS, () => melder.zeg(TEKST.bezig));
    zet('geenAntwoord', GEEN_ANTWOORD_NA_MS, () => {
      wachtNietMeer();
      invoer.meldFout(TEKST.geenAntwoord);
    });
  }

  function wachtNietMeer() {
    stop('nogBezig', 'geenAntwoord');
    bezig.hidden = true;
  }

  // What gets the focus must not end up behind the input that sticks to the bottom.
  const onderkant = vind('formulier').parentElement;
  new ResizeObserver(() => {
    const hoogte = getComputedStyle(onderkant).position === 'sticky' ? onderkant.offsetHeight : 0;
    document.documentElement.style.scrollPaddingBlockEnd = `${hoogte + 16}px`;
  }).observe(onderkant);

  // --- begin ---

  opslag.staat.berichten.forEach(toon);
  if (opslag.staat.berichten.length) log.scrollNaarBeurt();
  // Two frames: the earlier conversation is in the page before the log becomes a live region.
  requestAnimationFrame(() => requestAnimationFrame(() => {
    log.zetVoorlezenAan();
    verbinding.start();
  }));
  performance.mark('chat-bruikbaar'); // from here on what is typed is sent; measured in tests/browser
  return {
    zeg, bij, melder, focus: () => invoer.focus(), sluit: () => verbinding.sluit(), vergeet: () => opslag.wis(),
  };
}
