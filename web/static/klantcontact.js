// The page of the agent, at /klantcontact: built to be read in seconds, without a mouse.

import { startChat } from './chat.js';
import { kaart, luisterNaarKopieren } from './kaart.js';
import { Suggesties, zoekTitels } from './suggesties.js';
import { maak } from './weergave.js';

const SLEUTEL = 'opname-klantcontact';
const MEESTE_SUGGESTIES = 8;
const NIET_AANGEMELD =
  'U bent niet aangemeld als medewerker van klantcontact. Meld u aan en laad deze pagina opnieuw.';

const vind = (id) => document.getElementById(id);
const gesprek = vind('gesprek');

/** The development token of the address (#jwt=...), kept for this tab; none when a cookie tells who speaks. */
function token() {
  const uitAdres = new URLSearchParams(location.hash.slice(1)).get('jwt');
  if (uitAdres) {
    sessionStorage.setItem(`${SLEUTEL}-jwt`, uitAdres);
    history.replaceState(null, '', location.pathname); // not in a screenshot, not in the history
  }
  return uitAdres ?? sessionStorage.getItem(`${SLEUTEL}-jwt`);
}

// --- history of this call ---

const verloop = vind('verloop');
const regels = vind('verloop-lijst');

function telVerloop() {
  verloop.hidden = !regels.childElementCount;
  vind('verloop-aantal').textContent = regels.childElementCount;
}

function bijBericht({ van, tekst }, blok) {
  if (van !== 'gebruiker') return;
  const knop = maak('button', 'verloop__knop', tekst);
  knop.type = 'button';
  knop.addEventListener('click', () => {
    blok.tabIndex = -1;
    blok.scrollIntoView({ block: 'start' });
    blok.focus({ preventScroll: true });
  });
  const regel = maak('li');
  regel.append(knop);
  regels.append(regel);
  telVerloop();
}

function bijWis() {
  regels.replaceChildren();
  telVerloop();
}

verloop.open = matchMedia('(min-width: 64rem)').matches;

// --- the conversation ---

const jwt = token();
const chat = startChat({ sleutel: SLEUTEL, sessie: !jwt, jwt, opmaak: kaart, bijBericht, bijWis });
luisterNaarKopieren(gesprek, chat.melder);
chat.focus();

let titels = [];
chat.bij('onderwerpen', (onderwerpen) => {
  titels = onderwerpen.titels;
});
chat.bij('gesprek', () => {
  // Only an agent is sent the topics, and before this. A client's answers have no place on this page.
  if (titels.length) return;
  chat.sluit();
  meldNietAangemeld();
});

chat.bij('toestand', ({ toestand }) => {
  // A token that is refused is not tried again: after a reload the cookie may do.
  if (toestand !== 'geweigerd') return;
  if (jwt) sessionStorage.removeItem(`${SLEUTEL}-jwt`);
  else meldNietAangemeld();
});

function meldNietAangemeld() {
  vind('aanmelding').replaceChildren(maak('p', 'utrecht-form-field-error-message', NIET_AANGEMELD));
}

// --- searching, and choosing a button by its number ---

const knoppen = () => [...gesprek.querySelectorAll('.keuzes:not([hidden]) .keuzes__knop')];

function zoek(tekst, alles) {
  // A digit alone marks a button, and Enter takes it: '10 december' begins with a digit too.
  const knop = /^[1-9]$/.test(tekst) && knoppen()[Number(tekst) - 1];
  if (knop) return [{ tekst: `${tekst}. ${knop.textContent}`, doe: () => knop.click(), eerst: true }];
  const gevonden = zoekTitels(titels, tekst).map((titel) => ({ tekst: titel, doe: () => chat.zeg(titel) }));
  return alles ? gevonden : gevonden.slice(0, MEESTE_SUGGESTIES);
}

new Suggesties({ formulier: vind('formulier'), veld: vind('invoer'), lijst: vind('suggesties'), melder: chat.melder }, zoek);
