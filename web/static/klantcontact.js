// The page of the agent, at /klantcontact: built to be read in seconds, without a mouse.

import { startChat } from './chat.js';
import { kaart, luisterNaarKopieren } from './kaart.js';
import { start } from './personeel.js';
import { Suggesties, zoekTitels } from './suggesties.js';
import { maak } from './weergave.js';

const MEESTE_SUGGESTIES = 8;
const vind = (id) => document.getElementById(id);
const gesprek = vind('gesprek');

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

let titels = [];

function begin(spreker) {
  // The name is part of the key: what one agent said is not shown to the next.
  const chat = startChat({ sleutel: `opname-klantcontact-${spreker.sub}`, sessie: true, opmaak: kaart, bijBericht, bijWis });
  luisterNaarKopieren(gesprek, chat.melder);
  chat.bij('onderwerpen', (onderwerpen) => {
    titels = onderwerpen.titels;
  });
  const delen = { formulier: vind('formulier'), veld: vind('invoer'), lijst: vind('suggesties'), melder: chat.melder };
  new Suggesties(delen, (tekst, alles) => zoek(chat, tekst, alles));
  chat.focus();
  return chat;
}

start(begin);

// --- searching, and choosing a button by its number ---

const knoppen = () => [...gesprek.querySelectorAll('.keuzes:not([hidden]) .keuzes__knop')];

function zoek(chat, tekst, alles) {
  // A digit alone marks a button, and Enter takes it: '10 december' begins with a digit too.
  const knop = /^[1-9]$/.test(tekst) && knoppen()[Number(tekst) - 1];
  if (knop) return [{ tekst: `${tekst}. ${knop.textContent}`, doe: () => knop.click(), eerst: true }];
  const gevonden = zoekTitels(titels, tekst).map((titel) => ({ tekst: titel, doe: () => chat.zeg(titel) }));
  return alles ? gevonden : gevonden.slice(0, MEESTE_SUGGESTIES);
}
