// An answer for the agent: Regel, Zeg and Beloof niet as blocks, and the sentence to read aloud ready to copy.

import { maak } from './weergave.js';

const BLOK = /^(Regel|Zeg|Beloof niet): (.*)$/;
const TERUG_NA_MS = 2_000;

/** The elements of a message of the assistant; a message without blocks is paragraphs. */
export function kaart({ tekst, titel }) {
  const stukken = tekst.split(/\n+/).map((regel) => BLOK.exec(regel) ?? regel);
  const blokken = stukken.filter((stuk) => typeof stuk !== 'string');
  if (!blokken.length) return stukken.map(alinea);
  const vak = maak('div', `kaart${blokken.length === 3 ? ' kaart--onderwerp' : ''}`);
  // A list of terms cannot hold paragraphs, so what stands before, between or after it goes around it.
  const voor = stukken.slice(0, stukken.indexOf(blokken[0]));
  const lijst = maak('dl', 'kaart__blokken');
  lijst.append(...blokken.map(([, soort, inhoud]) => blok(soort, inhoud)));
  const na = stukken.slice(stukken.indexOf(blokken[0])).filter((stuk) => typeof stuk === 'string');
  if (titel) vak.append(maak('h2', 'nl-heading nl-heading--level-2 kaart__titel', titel));
  vak.append(...voor.map(alinea), lijst, ...na.map(alinea));
  return [vak];
}

const alinea = (regel) => maak('p', 'nl-paragraph', regel);

function blok(soort, inhoud) {
  const element = maak('div', `kaart__blok kaart__blok--${soort.split(' ')[0].toLowerCase()}`);
  const uitleg = maak('dd', 'kaart__tekst', inhoud);
  element.append(maak('dt', 'kaart__soort', soort), uitleg);
  if (soort === 'Zeg') {
    const knop = maak('button', 'nl-button nl-button--secondary kaart__kopieer', 'Kopieer (Alt + C)');
    knop.type = 'button';
    knop.setAttribute('aria-keyshortcuts', 'Alt+C');
    knop.dataset.tekst = inhoud;
    const vak = maak('dd', 'kaart__actie');
    vak.append(knop);
    element.append(vak);
  }
  return element;
}

/** Copy on click, and on Alt + C the sentence shown last; `melder` tells whether it worked. */
export function luisterNaarKopieren(log, melder) {
  const kopieer = async (knop) => {
    const gelukt = await naarKlembord(knop.dataset.tekst);
    melder.zeg(gelukt ? 'Zin gekopieerd.' : 'Kopiëren lukt niet. Selecteer de zin en kopieer die zelf.');
    if (!gelukt) return;
    const tekst = 'Kopieer (Alt + C)';
    knop.textContent = 'Gekopieerd';
    setTimeout(() => { knop.textContent = tekst; }, TERUG_NA_MS);
  };
  log.addEventListener('click', ({ target }) => {
    if (target.matches('.kaart__kopieer')) kopieer(target);
  });
  document.addEventListener('keydown', (toets) => {
    // By place on the keyboard: on some systems Alt makes another character of the letter.
    if (!toets.altKey || toets.ctrlKey || toets.metaKey || toets.code !== 'KeyC') return;
    toets.preventDefault();
    const laatste = [...log.querySelectorAll('.kaart__kopieer')].at(-1);
    if (laatste) kopieer(laatste);
    else melder.zeg('Er is nog geen zin om te kopiëren.');
  });
}

async function naarKlembord(tekst) {
  try {
    await navigator.clipboard.writeText(tekst);
    return true;
  } catch {
    return false; // no https, or not allowed
  }
}
