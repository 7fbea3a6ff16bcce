// The page of employees, at /medewerker: the chat beside the worklist.

import { startChat } from './chat.js';
import { maakAfmelden, naarAanmelden, wieBenIk } from './personeel.js';
import { maak } from './weergave.js';
import { Werklijst } from './werklijst.js';

const vind = (id) => document.getElementById(id);

function begin(spreker) {
  vind('wie').textContent = `Aangemeld als ${spreker.sub} (${[spreker.rol, spreker.team].filter(Boolean).join(', ')})`;
  // The name is part of the key: what one employee said is not shown to the next.
  const chat = startChat({ sleutel: `opname-medewerker-${spreker.rol}-${spreker.sub}`, sessie: true });
  const werklijst = new Werklijst(
    { lijst: vind('werklijst'), toestand: vind('werklijst-toestand'), knop: vind('vernieuwen') },
    ({ referentie }) => {
      // A question in words, as anyone may type it: the answer shows its history and offers the next steps.
      chat.zeg(`Wat is er gebeurd met verzoek ${referentie}?`);
      chat.focus();
    },
    afgemeld,
  );
  chat.bij('klaar', () => werklijst.ververs()); // what was done in the chat shows in the list
  chat.bij('toestand', ({ toestand }) => toestand === 'geweigerd' && afgemeld());
  maakAfmelden(vind('afmelden'), chat.vergeet, (tekst) => { vind('werklijst-toestand').textContent = tekst; });
  werklijst.ververs();
}

// The session is over: what is on the page stays, and there is a way back.
function afgemeld() {
  if (vind('opnieuw-aanmelden')) return;
  const knop = maak('button', 'nl-button nl-button--primary', 'Opnieuw aanmelden');
  knop.id = 'opnieuw-aanmelden';
  knop.type = 'button';
  knop.addEventListener('click', naarAanmelden);
  const regel = maak('p', 'afgemeld', 'Uw aanmelding is verlopen. ');
  regel.append(knop);
  regel.setAttribute('role', 'alert');
  vind('afgemeld').replaceChildren(regel);
}

wieBenIk().then(
  (spreker) => spreker && begin(spreker),
  () => { vind('werklijst-toestand').textContent = 'De pagina is niet geladen. Laad de pagina opnieuw.'; },
);
