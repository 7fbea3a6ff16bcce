// What every staff page shares: who is logged in, and logging out.

/** The speaker of the session, or null after sending the browser to the login. */
export async function wieBenIk() {
  const antwoord = await fetch('/sessie', { headers: { accept: 'application/json' } });
  if (antwoord.status === 401) {
    naarAanmelden();
    return null;
  }
  if (!antwoord.ok) throw new Error(String(antwoord.status));
  return (await antwoord.json()).spreker;
}

export function naarAanmelden() {
  location.assign(`/aanmelden?naar=${encodeURIComponent(location.pathname)}`);
}

/** `vergeet` empties what this tab remembers: the next one who sits here sees none of it. */
export function maakAfmelden(knop, vergeet, meld) {
  knop.addEventListener('click', async () => {
    knop.disabled = true;
    try {
      const antwoord = await fetch('/afmelden', { method: 'POST' });
      if (!antwoord.ok) throw new Error(String(antwoord.status));
      const { naar } = await antwoord.json();
      vergeet();
      location.assign(naar);
    } catch {
      knop.disabled = false;
      meld('Afmelden is niet gelukt. Probeer het nog een keer.');
    }
  });
}
