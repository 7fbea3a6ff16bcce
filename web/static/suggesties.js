// Suggestions under the thumb of who types: a combobox with a list, after the ARIA Authoring Practices. The focus stays
// in the field; the arrows move through the list, Enter takes what is marked, Escape closes.

import { maak } from './weergave.js';

/** Words without accents and capitals, for comparing. */
const woorden = (tekst) =>
  tekst.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** The titles in which each typed word begins a word, in their order. */
export function zoekTitels(titels, tekst) {
  const getypt = woorden(tekst);
  return titels.filter((titel) => {
    const eigen = woorden(titel);
    return getypt.every((woord) => eigen.some((een) => een.startsWith(woord)));
  });
}

export class Suggesties {
  #veld;
  #lijst;
  #melder;
  #zoek;
  #opties = [];
  #actief = -1;

  /** `zoek(tekst, alles)` gives the options {tekst, doe, eerst?}; `eerst` marks one at once. */
  constructor({ formulier, veld, lijst, melder }, zoek) {
    this.#veld = veld;
    this.#lijst = lijst;
    this.#melder = melder;
    this.#zoek = zoek;
    veld.addEventListener('input', () => this.#toon(veld.value.trim() ? zoek(veld.value.trim(), false) : []));
    veld.addEventListener('blur', () => this.#sluit());
    // Before the field itself hears the key: with an option marked, Enter does not send what was typed.
    formulier.addEventListener('keydown', (toets) => this.#toets(toets), true);
    lijst.addEventListener('pointerdown', (klik) => klik.preventDefault()); // the field keeps the focus
    lijst.addEventListener('click', ({ target }) => {
      const nummer = [...lijst.children].indexOf(target.closest('[role=option]'));
      if (nummer >= 0) this.#kies(nummer);
    });
  }

  #toets(toets) {
    if (toets.target !== this.#veld || toets.isComposing || toets.altKey || toets.ctrlKey || toets.metaKey) return;
    const open = this.#opties.length > 0;
    if (toets.key === 'ArrowDown' || toets.key === 'ArrowUp') {
      if (!open) this.#toon(this.#zoek(this.#veld.value.trim(), true));
      const aantal = this.#opties.length;
      if (!aantal) return;
      const stap = toets.key === 'ArrowDown' ? 1 : -1;
      this.#markeer(this.#actief < 0 ? (stap > 0 ? 0 : aantal - 1) : (this.#actief + stap + aantal) % aantal);
    } else if (toets.key === 'Enter' && this.#actief >= 0) {
      toets.stopPropagation();
      this.#kies(this.#actief);
    } else if (toets.key === 'Escape' && open) {
      this.#sluit();
    } else if (toets.key === 'Escape') {
      this.#veld.value = '';
      this.#veld.dispatchEvent(new Event('input'));
    } else {
      if (toets.key === 'Enter') this.#sluit();
      return;
    }
    toets.preventDefault();
  }

  #toon(opties) {
    const eerder = this.#opties.length;
    this.#opties = opties;
    this.#lijst.replaceChildren(...opties.map(({ tekst }, nummer) => {
      const optie = maak('li', 'suggesties__optie', tekst);
      optie.id = `suggestie-${nummer}`;
      optie.setAttribute('role', 'option');
      return optie;
    }));
    this.#lijst.hidden = !opties.length;
    this.#veld.setAttribute('aria-expanded', String(opties.length > 0));
    this.#markeer(opties.findIndex(({ eerst }) => eerst));
    if (opties.length && opties.length !== eerder) {
      this.#melder.zeg(opties.length === 1 ? '1 suggestie' : `${opties.length} suggesties`);
    }
  }

  #markeer(nummer) {
    this.#actief = nummer;
    [...this.#lijst.children].forEach((optie, n) => optie.setAttribute('aria-selected', String(n === nummer)));
    const optie = this.#lijst.children[nummer];
    if (optie) {
      this.#veld.setAttribute('aria-activedescendant', optie.id);
      optie.scrollIntoView({ block: 'nearest' });
    } else {
      this.#veld.removeAttribute('aria-activedescendant');
    }
  }

  #kies(nummer) {
    const { doe } = this.#opties[nummer];
    this.#veld.value = '';
    this.#veld.dispatchEvent(new Event('input')); // closes the list too
    doe();
  }

  #sluit() {
    this.#toon([]);
  }
}
