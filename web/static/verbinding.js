// The connection with the assistant (Socket.IO). Knows nothing of the page; tells what happens with events:
// toestand {toestand: 'verbonden' | 'verbroken' | 'geweigerd', fout?}, gesprek {nieuw}, bezig, bot {...}, klaar {id},
// aangekomen {id}, mislukt {id, fout}, onderwerpen {titels} (agents only, before gesprek).

import { io } from './socket.io.esm.min.js';

const ACK_MS = 20_000; // the acknowledgement comes when the turn is over
const OPNIEUW_MS = 2_000; // a server that is full or starting is not helped by haste

export class Verbinding extends EventTarget {
  #opslag;
  #socket;
  #gereed = false; // the server has told which conversation this is
  #onderweg = null; // id of the message that waits for its acknowledgement

  constructor(opslag, { sessie = false } = {}) {
    super();
    this.#opslag = opslag;
    this.#socket = io({
      autoConnect: false,
      // WebSocket first: one round trip less, and polling stays as the way round a strict proxy.
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      reconnectionDelay: 500,
      reconnectionDelayMax: 3_000,
      // A function, so that each reconnection goes on with the conversation of now.
      auth: (geef) => geef({ gesprek: this.#opslag.staat.gesprek, sessie }),
    });
    this.#socket.on('gesprek', (gegevens) => this.#begonnen(gegevens));
    this.#socket.on('disconnect', (reden) => this.#verbroken(reden));
    this.#socket.on('connect_error', (fout) => this.#nietVerbonden(fout));
    for (const naam of ['onderwerpen', 'bezig', 'bot', 'klaar']) this.#socket.on(naam, (gegevens) => this.#meld(naam, gegevens));
  }

  start() {
    this.#socket.connect();
  }

  /** Send, or keep until the connection is there; returns the id. */
  stuur(tekst) {
    const id = uuid();
    this.#opslag.staat.wachtrij.push({ id, message: tekst });
    this.#opslag.bewaar();
    this.#verstuurVolgende();
    return id;
  }

  /** Tell whether the answer to message `id` helped. Not worth keeping for a connection that is gone. */
  oordeel(id, hielp) {
    this.#socket.volatile.emit('oordeel', { id, hielp });
  }

  /** Leave, and stay away. */
  sluit() {
    this.#socket.disconnect();
  }

  /** Leave this conversation and begin a new one. The caller has emptied the store. */
  opnieuw() {
    this.#gereed = false;
    this.#onderweg = null;
    this.#socket.disconnect().connect();
  }

  #begonnen({ gesprek, nieuw }) {
    this.#opslag.staat.gesprek = gesprek;
    this.#opslag.bewaar();
    this.#gereed = true;
    this.#meld('toestand', { toestand: 'verbonden' });
    this.#meld('gesprek', { nieuw });
    this.#verstuurVolgende();
  }

  #verbroken(reden) {
    this.#gereed = false;
    if (reden === 'io client disconnect') return; // our own doing
    this.#meld('toestand', { toestand: 'verbroken' });
    this.#houVol();
  }

  #nietVerbonden({ data }) {
    // Refused for who we are: trying again does not help. Refused because the server is starting or full: it does.
    if (data?.status < 500) {
      this.#meld('toestand', { toestand: 'geweigerd', fout: data.fout });
      return;
    }
    this.#meld('toestand', { toestand: 'verbroken' });
    this.#houVol();
  }

  // Socket.IO comes back by itself after a lost connection, not when the server hung up or refused.
  #houVol() {
    if (!this.#socket.active) setTimeout(() => this.#socket.connect(), OPNIEUW_MS);
  }

  // One at a time and in order. What is not acknowledged stays in the queue and goes again with the same id,
  // so that the server can tell a repetition from a second question.
  #verstuurVolgende() {
    const [bericht] = this.#opslag.staat.wachtrij;
    if (!bericht || this.#onderweg || !this.#gereed) return;
    const { id, message } = bericht;
    this.#onderweg = id;
    this.#socket.timeout(ACK_MS).emit('bericht', { id, message }, (geenAck, antwoord) => {
      if (this.#onderweg !== id) return; // of a conversation that was left
      this.#onderweg = null;
      if (!geenAck) {
        const staat = this.#opslag.staat;
        staat.wachtrij = staat.wachtrij.filter((wachtend) => wachtend.id !== id);
        this.#opslag.bewaar();
        if (antwoord?.ok) this.#meld('aangekomen', { id });
        else this.#meld('mislukt', { id, fout: antwoord?.fout });
      }
      this.#verstuurVolgende();
    });
  }

  #meld(naam, gegevens) {
    this.dispatchEvent(new CustomEvent(naam, { detail: gegevens ?? {} }));
  }
}

// crypto.randomUUID only exists on https and localhost; a test network may be neither.
const uuid = () =>
  crypto.randomUUID?.() ??
  [...crypto.getRandomValues(new Uint8Array(16))].map((deel) => deel.toString(16).padStart(2, '0')).join('');
