// The field to type in: Enter sends, the counter warns near the limit, errors are told in text.

import { Melder } from './weergave.js';

export const MEESTE_TEKENS = 1_000;
// The counter shows from 200 characters before the limit and is read out only when one of these is passed.
const DREMPELS = [200, 50, 0];

const getal = new Intl.NumberFormat('nl-NL');
// Counted as the server counts: by code point, after normalisation and trimming.
const lengte = (tekst) => [...tekst.normalize('NFC').trim()].length;
const tekens = (aantal) => `${getal.format(aantal)} ${aantal === 1 ? 'teken' : 'tekens'}`;

export class Invoer {
  #veld;
  #teller;
  #fout;
  #melder;
  #bijVersturen;
  #stand = 0;

  constructor({ formulier, veld, teller, fout, melder }, bijVersturen) {
    this.#veld = veld;
    this.#teller = teller;
    this.#fout = new Melder(fout, 'utrecht-form-field-error-message');
    this.#melder = melder;
    this.#bijVersturen = bijVersturen;
    formulier.addEventListener('submit', (gebeurtenis) => {
      gebeurtenis.preventDefault();
      this.#verstuur();
    });
    veld.addEventListener('keydown', (toets) => {
      // isComposing: the Enter that ends a composed character is not an Enter to send.
      if (toets.key !== 'Enter' || toets.shiftKey || toets.isComposing) return;
      toets.preventDefault();
      this.#verstuur();
    });
    veld.addEventListener('input', () => this.#tel());
  }

  focus() {
    this.#veld.focus({ preventScroll: true });
  }

  meldFout(tekst) {
    this.#veld.setAttribute('aria-invalid', 'true');
    this.#veld.setAttribute('aria-describedby', 'fout uitleg');
    this.#fout.zeg(tekst);
  }

  herstel() {
    if (!this.#veld.hasAttribute('aria-invalid')) return;
    this.#veld.removeAttribute('aria-invalid');
    this.#veld.setAttribute('aria-describedby', 'uitleg');
    this.#fout.zwijg();
  }

  leeg() {
    this.#veld.value = '';
    this.#tel();
  }

  /** Give a text back that did not arrive, unless something else has been typed since. */
  geefTerug(tekst) {
    if (this.#veld.value) return;
    this.#veld.value = tekst;
    this.#tel();
  }

  #verstuur() {
    const tekst = this.#veld.value.trim();
    const teVeel = lengte(tekst) - MEESTE_TEKENS;
    this.focus();
    if (!tekst) return this.meldFout('Typ eerst uw vraag of antwoord.');
    if (teVeel > 0) {
      return this.meldFout(
        `Uw bericht is ${tekens(teVeel)} te lang. U kunt ${getal.format(MEESTE_TEKENS)} tekens gebruiken. Maak het korter of stuur het in delen.`,
      );
    }
    this.leeg();
    this.#bijVersturen(tekst);
  }

  #tel() {
    const over = MEESTE_TEKENS - lengte(this.#veld.value);
    const tekst = over < 0 ? `${tekens(-over)} te veel` : `Nog ${tekens(over)}`;
    const stand = DREMPELS.filter((drempel) => over <= drempel).length + (over < 0 ? 1 : 0);
    this.#teller.hidden = stand === 0;
    this.#teller.textContent = tekst;
    this.#teller.classList.toggle('formulier__teller--vol', over < 0);
    if (stand > this.#stand) this.#melder.zeg(tekst);
    this.#stand = stand;
    if (over >= 0) this.herstel();
  }
}
