// The page of employees, at /medewerker: the chat beside the worklist.

import { startChat } from './chat.js';
import { meldVerlopen, start } from './personeel.js';
import { Werklijst } from './werklijst.js';

const vind = (id) => document.getElementById(id);

function begin(spreker) {
  // The name is part of the key: what one employee said is not shown to the next.
  const chat = startChat({ sleutel: `opname-medewerker-${spreker.rol}-${spreker.sub}`, sessie: true });
  const werklijst = new Werklijst(
    { lijst: vind('werklijst'), toestand: vind('werklijst-toestand'), knop: vind('vernieuwen') },
    ({ referentie }) => {
      // A question in words, as anyone may type it: the answer shows its history and offers the next steps.
      chat.zeg(`Wat is er gebeurd met verzoek ${referentie}?`);
      chat.focus();
    },
    meldVerlopen,
  );
  chat.bij('klaar', () => werklijst.ververs()); // what was done in the chat shows in the list
  werklijst.ververs();
  return chat;
}

start(begin);
