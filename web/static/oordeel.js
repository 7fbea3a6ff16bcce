// One quiet question after an answer about a rule: did it help? Asked once, and gone with the next message.

const VRAAG = 'Hielp dit antwoord?';
const DANK = 'Dank u wel.';

export class Oordeel {
  #element;
  #vraag;
  #knoppen;
  #over = null; // id of the message whose answer is asked about

  /** `bijOordeel(id, hielp, klik)` is called when a person answers. Pages without the element never ask. */
  constructor(element, melder, bijOordeel) {
    this.#element = element;
    this.#vraag = element?.querySelector('span');
    this.#knoppen = [...(element?.querySelectorAll('button') ?? [])];
    for (const knop of this.#knoppen) {
      knop.addEventListener('click', (klik) => {
        bijOordeel(this.#over, knop.value === 'ja', klik);
        this.#over = null;
        this.#toon(DANK, true);
        melder.zeg(DANK);
      });
    }
  }

  /** An answer to the message `id` has come; it is asked about when the turn is over. */
  antwoord(id) {
    this.#over = id;
  }

  vraag(id) {
    if (this.#element && id && id === this.#over) this.#toon(VRAAG, false);
  }

  vergeet() {
    this.#over = null;
    if (this.#element) this.#element.hidden = true;
  }

  #toon(tekst, beantwoord) {
    this.#vraag.textContent = tekst;
    for (const knop of this.#knoppen) knop.hidden = beantwoord;
    this.#element.hidden = false;
  }
}
