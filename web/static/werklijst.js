// The open requests, most urgent first. All that a client typed goes in as text, never as markup.

import { maak } from './weergave.js';

const TEKST = {
  dringend: 'Dringend: er is nog geen antwoord.',
  leeg: 'Er staan geen verzoeken open.',
  mislukt: 'De verzoeken zijn niet opgehaald. Probeer het met Vernieuwen.',
};
const OORDEEL = { 'op tijd': 'Op tijd aangevraagd', 'op de grens': 'Op de grens van de termijn', 'te laat': 'Na de termijn aangevraagd' };
const VERVERS_MS = 60_000;

const dagNaam = new Intl.DateTimeFormat('nl-NL', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' });

export class Werklijst {
  #lijst;
  #toestand;
  #bijKeuze;
  #bijAfgemeld;
  #gezien = '';
  #bezig = false;

  /** `bijKeuze(rij)` is called when someone opens a request; `bijAfgemeld()` when the session is over. */
  constructor({ lijst, toestand, knop }, bijKeuze, bijAfgemeld) {
    this.#lijst = lijst;
    this.#toestand = toestand;
    this.#bijKeuze = bijKeuze;
    this.#bijAfgemeld = bijAfgemeld;
    knop.addEventListener('click', () => this.ververs());
    setInterval(() => document.hidden || this.ververs(), VERVERS_MS);
  }

  async ververs() {
    if (this.#bezig) return;
    this.#bezig = true;
    try {
      const antwoord = await fetch('/werklijst', { headers: { accept: 'application/json' } });
      if (antwoord.status === 401) return this.#bijAfgemeld();
      if (!antwoord.ok) throw new Error(String(antwoord.status));
      this.#toon((await antwoord.json()).rijen);
    } catch {
      this.#zeg(TEKST.mislukt);
    } finally {
      this.#bezig = false;
    }
  }

  #toon(rijen) {
    const gezien = JSON.stringify(rijen);
    this.#zeg(rijen.length ? `${rijen.length} ${rijen.length === 1 ? 'open verzoek' : 'open verzoeken'}` : TEKST.leeg);
    if (gezien === this.#gezien) return; // nothing moves under someone's hands without need
    this.#gezien = gezien;
    const focus = document.activeElement?.dataset?.referentie;
    this.#lijst.replaceChildren(...rijen.map((rij) => this.#rij(rij)));
    if (focus) [...this.#lijst.querySelectorAll('button')].find((knop) => knop.dataset.referentie === focus)?.focus();
  }

  #rij(rij) {
    const { referentie, dringend } = rij;
    const regel = maak('li', `rij${dringend ? ' rij--dringend' : ''}`);
    regel.append(maak('h3', 'nl-heading rij__titel', `${overDagen(rij.dagen_tot_afspraak)}: ${wanneer(rij)}`));
    if (dringend) regel.append(maak('p', 'rij__haast', TEKST.dringend));
    const feiten = maak('dl', 'rij__feiten');
    const feit = (naam, waarde) => waarde && feiten.append(maak('dt', '', naam), maak('dd', '', waarde));
    feit('Verzoek', referentie);
    feit('Klant', rij.naam);
    feit('Bereikbaar', rij.contact);
    feit('Gesprek', rij.plaats ? `${rij.gesprekssoort}, ${rij.plaats}` : rij.gesprekssoort);
    feit('Met', rij.met_wie);
    feit('Termijn', OORDEEL[rij.oordeel] ?? rij.oordeel);
    feit('Stand', rij.medewerker ? `${rij.toestand}, bij ${rij.medewerker}` : rij.toestand);
    regel.append(feiten);
    const knop = maak('button', 'nl-button nl-button--secondary', 'Openen in de chat');
    knop.type = 'button';
    knop.dataset.referentie = referentie;
    knop.setAttribute('aria-label', `Openen in de chat: verzoek ${referentie}`);
    knop.addEventListener('click', () => this.#bijKeuze(rij));
    regel.append(knop);
    return regel;
  }

  #zeg(tekst) {
    if (this.#toestand.textContent !== tekst) this.#toestand.textContent = tekst;
  }
}

const wanneer = ({ afspraak_datum: datum, afspraak_tijd: tijd }) =>
  `${dagNaam.format(new Date(`${datum}T00:00:00Z`))}${tijd ? `, ${tijd}` : ''}`;

const overDagen = (dagen) => (dagen <= 0 ? 'Vandaag' : dagen === 1 ? 'Morgen' : `Over ${dagen} dagen`);
