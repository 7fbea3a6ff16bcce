// What every staff page shares: who is logged in, logging out, and the way back when the session is over.

import { maak } from './weergave.js';

/** Starts a staff page: `begin(spreker)` makes the chat. Without an answer that is said, not left blank. */
export function start(begin) {
  wieBenIk().then(
    (spreker) => {
      if (!spreker) return;
      document.getElementById('wie').textContent =
        `Aangemeld als ${spreker.sub} (${[spreker.rol, spreker.team].filter(Boolean).join(', ')})`;
      const chat = begin(spreker);
      chat.bij('toestand', ({ toestand }) => toestand === 'geweigerd' && meldVerlopen());
      maakAfmelden(document.getElementById('afmelden'), chat);
    },
    () => meld(maak('p', 'afgemeld', 'De pagina is niet geladen. Laad de pagina opnieuw.')),
  );
}

/** The session is over: what is on the page stays, and there is a way back. */
export function meldVerlopen() {
  if (document.getElementById('opnieuw-aanmelden')) return;
  const knop = maak('button', 'nl-button nl-button--primary', 'Opnieuw aanmelden');
  knop.id = 'opnieuw-aanmelden';
  knop.type = 'button';
  knop.addEventListener('click', naarAanmelden);
  const regel = maak('p', 'afgemeld', 'Uw aanmelding is verlopen. ');
  regel.append(knop);
  meld(regel);
}

function meld(regel) {
  regel.setAttribute('role', 'alert');
  document.getElementById('afgemeld').replaceChildren(regel);
}

/** The speaker of the session, or null after sending the browser to the login. */
async function wieBenIk() {
  const antwoord = await fetch('/sessie', { headers: { accept: 'application/json' } });
  if (antwoord.status === 401) {
    naarAanmelden();
    return null;
  }
  if (!antwoord.ok) throw new Error(String(antwoord.status));
  return (await antwoord.json()).spreker;
}

function naarAanmelden() {
  location.assign(`/aanmelden?naar=${encodeURIComponent(location.pathname)}`);
}

/** What this tab remembers is emptied: the next one who sits here sees none of it. */
function maakAfmelden(knop, chat) {
  knop.addEventListener('click', async () => {
    knop.disabled = true;
    try {
      const antwoord = await fetch('/afmelden', { method: 'POST' });
      if (!antwoord.ok) throw new Error(String(antwoord.status));
      const { naar } = await antwoord.json();
      chat.vergeet();
      location.assign(naar);
    } catch {
      knop.disabled = false;
      meld(maak('p', 'afgemeld', 'Afmelden is niet gelukt. Probeer het nog een keer.'));
    }
  });
}
