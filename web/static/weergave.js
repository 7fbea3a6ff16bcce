// What the pages show: the log of messages, and the places where something is told in text.
// All text goes in as text, never as markup.

export const maak = (soort, klasse, tekst) => {
  const element = document.createElement(soort);
  if (klasse) element.className = klasse;
  if (tekst !== undefined) element.textContent = tekst;
  return element;
};

// Documents and figures have a signed address of this site on a line of its own; nothing else becomes a link.
const ADRES = /^\/medewerker\/(concept|cijfers)\/[\w.-]+$/;
const LINKTEKST = { concept: 'Download het concept', cijfers: 'Bekijk de cijfers' };

function regelAls(regel) {
  const soort = regel.match(ADRES)?.[1];
  if (!soort) return maak('p', 'nl-paragraph', regel);
  const alinea = maak('p', 'nl-paragraph');
  const link = maak('a', 'nl-link', LINKTEKST[soort]);
  link.href = regel;
  link.target = '_blank';
  alinea.append(link);
  return alinea;
}

const SPREKER = { gebruiker: 'U', assistent: 'Assistent' };

const alineas = ({ tekst }) => tekst.split(/\n+/).map(regelAls);
const getypt = ({ tekst }) => tekst.split(/\n+/).map((regel) => maak('p', 'nl-paragraph', regel));

export class Gesprekslog {
  #element;
  #bijKeuze;
  #opmaak;

  /**
   * `bijKeuze(knop, klik)` is called when a person chooses one of the buttons the assistant offered;
   * `opmaak(bericht)` makes the elements of a message of the assistant.
   */
  constructor(element, bijKeuze, opmaak = alineas) {
    this.#element = element;
    this.#bijKeuze = bijKeuze;
    this.#opmaak = opmaak;
  }

  /**
   * Add one message: {van, tekst, id?, op?, titel?, bronregel?, knoppen?, bestand?, fout?}.
   * It is built first and added in one go, so that a screen reader hears it once and whole.
   */
  toon(bericht) {
    const { van, tekst, id, op, bronregel, knoppen = [], bestand, fout, weg } = bericht;
    const vervolg = this.#element.lastElementChild?.dataset.van === van;
    const blok = maak('div', `bericht bericht--${van}${vervolg ? ' bericht--vervolg' : ''}`);
    blok.dataset.van = van;
    if (id) blok.dataset.id = id;
    blok.dataset.op = op;
    if (van === 'melding') {
      blok.append(maak('p', 'bericht__melding', tekst));
    } else {
      // Who speaks is in every message; the eye sees it once per turn.
      blok.append(maak('p', vervolg ? 'visueel-verborgen' : 'bericht__wie', SPREKER[van]));
      if (tekst) {
        const ballon = maak('div', 'bericht__ballon');
        ballon.append(...(van === 'assistent' ? this.#opmaak : getypt)(bericht));
        if (bestand) ballon.append(download(bestand));
        if (bronregel) ballon.append(maak('p', 'bericht__bron', bronregel));
        blok.append(ballon);
      }
      if (knoppen.length) blok.append(this.#keuzes(knoppen, weg));
    }
    this.#element.append(blok);
    if (fout) this.toonFout(id, fout);
    return blok;
  }

  /** Say under the message of the user that it did not arrive. */
  toonFout(id, fout) {
    const blok = [...this.#element.children].find((kind) => kind.dataset.id === id);
    blok?.append(maak('p', 'utrecht-form-field-error-message bericht__fout', fout));
  }

  // Buttons count for one answer. They disappear at once, and come back when that answer did not arrive.
  verbergKeuzes(id) {
    for (const groep of this.#element.querySelectorAll('.keuzes:not([hidden])')) {
      groep.hidden = true;
      groep.dataset.weg = id;
    }
  }

  toonKeuzes(id) {
    for (const groep of this.#keuzesVan(id)) groep.hidden = false;
  }

  verwijderKeuzes(id) {
    for (const groep of this.#keuzesVan(id)) groep.remove();
  }

  /** What was offered in another turn than the one that `op` answers no longer counts. */
  verwijderOudeKeuzes(op) {
    for (const groep of this.#element.querySelectorAll('.keuzes')) {
      if (groep.closest('.bericht').dataset.op === String(op)) continue;
      if (groep.contains(document.activeElement)) this.focus();
      groep.remove();
    }
  }

  wis() {
    this.#element.replaceChildren();
  }

  /** From now on a screen reader tells what is added. */
  zetVoorlezenAan() {
    this.#element.removeAttribute('aria-live'); // role="log" is polite by itself
  }

  focus() {
    this.#element.focus({ preventScroll: true });
  }

  /** To the end of the page, but never past the beginning of the last turn: people read from the top. */
  scrollNaarBeurt() {
    const begin = [...this.#element.children].findLast((blok) => blok.dataset.van === 'gebruiker');
    if (!begin) return; // the opening is read from the top of the page
    const einde = document.documentElement.scrollHeight - window.innerHeight;
    const top = Math.min(einde, begin.getBoundingClientRect().top + window.scrollY - 16);
    const rustig = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    window.scrollTo({ top, behavior: rustig ? 'auto' : 'smooth' });
  }

  #keuzesVan(id) {
    return [...this.#element.querySelectorAll('.keuzes[hidden]')].filter((groep) => groep.dataset.weg === id);
  }

  #keuzes(knoppen, weg) {
    const groep = maak('div', 'keuzes');
    groep.setAttribute('role', 'group');
    groep.setAttribute('aria-label', 'Kies een antwoord');
    if (weg) {
      groep.hidden = true;
      groep.dataset.weg = weg;
    }
    for (const gegevens of knoppen) {
      const knop = maak('button', 'nl-button nl-button--secondary keuzes__knop', gegevens.title);
      knop.type = 'button';
      knop.addEventListener('click', (klik) => this.#bijKeuze(gegevens, klik));
      groep.append(knop);
    }
    return groep;
  }
}

/** A link to a file that came with a message; the browser makes the address, so nothing of it is in a URL of ours. */
function download({ naam, titel, inhoud }) {
  const regel = maak('p', 'nl-paragraph');
  const link = maak('a', 'nl-link', titel ?? naam);
  link.href = URL.createObjectURL(new Blob([inhoud], { type: 'text/calendar' }));
  link.download = naam;
  regel.append(link);
  return regel;
}

/** A live region. The same text twice must be heard twice, so the region is emptied first. */
export class Melder {
  #element;
  #klasse;
  #beurt = 0;

  constructor(element, klasse = '') {
    this.#element = element;
    this.#klasse = klasse;
  }

  zeg(tekst, klasse = this.#klasse) {
    this.zwijg();
    const beurt = this.#beurt;
    requestAnimationFrame(() => {
      if (beurt === this.#beurt) this.#element.replaceChildren(maak('p', klasse, tekst));
    });
  }

  zwijg() {
    this.#beurt += 1;
    this.#element.replaceChildren();
  }
}

/** A question with yes and no, in the browser's own modal dialog: it keeps the focus in and gives it back. */
export function vraagBevestiging(dialoog) {
  return new Promise((antwoord) => {
    const ja = dialoog.querySelector('.nl-button--primary');
    const nee = dialoog.querySelector('.nl-button--secondary');
    dialoog.returnValue = '';
    ja.onclick = () => dialoog.close('ja');
    nee.onclick = () => dialoog.close('nee');
    dialoog.addEventListener('close', () => antwoord(dialoog.returnValue === 'ja'), { once: true });
    dialoog.showModal();
  });
}
