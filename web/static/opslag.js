// What must survive a reload or a server restart, in this tab only: sessionStorage ends with the tab.

const MEESTE_BERICHTEN = 200;

export class Opslag {
  #sleutel;

  constructor(sleutel) {
    this.#sleutel = sleutel;
    this.staat = { ...leeg(), ...this.#lees() };
  }

  bewaar() {
    this.staat.berichten = this.staat.berichten.slice(-MEESTE_BERICHTEN);
    try {
      sessionStorage.setItem(this.#sleutel, JSON.stringify(this.staat));
    } catch {
      // Storage full or switched off: the conversation goes on, it only does not survive a reload.
    }
  }

  wis() {
    this.staat = leeg();
    this.bewaar();
  }

  #lees() {
    try {
      const staat = JSON.parse(sessionStorage.getItem(this.#sleutel));
      return Array.isArray(staat?.berichten) && Array.isArray(staat?.wachtrij) ? staat : {};
    } catch {
      return {};
    }
  }
}

// gesprek: the token the server gave; berichten: what is on the page; wachtrij: said, but not yet acknowledged.
const leeg = () => ({ gesprek: null, berichten: [], wachtrij: [] });
