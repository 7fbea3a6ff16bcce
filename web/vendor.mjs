// Copies from node_modules to vendor/ exactly what the pages load: the Socket.IO client as it is, and one
// stylesheet `nlds.css` with the NL Design System components and the design tokens these components use.
// The token file alone is 208 kB and holds the tokens of some hundred components, hence the pruning: page weight.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const hier = dirname(fileURLToPath(import.meta.url));
const uit = join(hier, 'vendor');
const lees = (...pad) => readFileSync(join(hier, 'node_modules', ...pad), 'utf8');
const zonderMap = (tekst) => tekst.replace(/\/\*# sourceMappingURL=.*?\*\/|\/\/# sourceMappingURL=.*/g, '').trim();

const ONDERDELEN = [
  ['@nl-design-system-candidate/button-css', 'dist/button.css'],
  ['@nl-design-system-candidate/heading-css', 'dist/heading.css'],
  ['@nl-design-system-candidate/paragraph-css', 'dist/paragraph.css'],
  ['@nl-design-system-candidate/skip-link-css', 'dist/skip-link.css'],
  ['@utrecht/form-field-error-message-css', 'dist/index.min.css'],
  ['@utrecht/form-label-css', 'dist/index.min.css'],
  ['@utrecht/textarea-css', 'dist/index.min.css'],
];
const TOKENS = ['@nl-design-system-unstable/voorbeeld-design-tokens', 'dist/theme.css'];
// Variants that no page uses: rules with these classes, and with them their tokens, stay behind.
const ONGEBRUIKT = /--(positive|negative|pressed|icon-only|busy|checkbox|radio|lead|level-[3-6])\b/;

/** The top-level blocks of a stylesheet: a rule, or an at-rule with all that is in it. */
function blokken(css) {
  const gevonden = [];
  let diepte = 0;
  let begin = 0;
  for (let i = 0; i < css.length; i++) {
    if (css[i] === '{') diepte++;
    else if (css[i] === '}' && --diepte === 0) {
      gevonden.push(css.slice(begin, i + 1).trim());
      begin = i + 1;
    }
  }
  return gevonden;
}

const gebruikt = (blok) =>
  blok.startsWith('@') || !blok.slice(0, blok.indexOf('{')).split(',').every((deel) => ONGEBRUIKT.test(deel));

/** Of the theme only the tokens that `css` refers to, directly or by way of another token. */
function tokensVoor(css, thema) {
  const waarden = new Map([...thema.matchAll(/^\s*(--[\w-]+):\s*(.+?);/gm)].map(([, naam, waarde]) => [naam, waarde]));
  const nodig = new Set();
  const zoek = (tekst) => {
    for (const [, naam] of tekst.matchAll(/var\(\s*(--[\w-]+)/g)) {
      if (!nodig.has(naam) && waarden.has(naam)) {
        nodig.add(naam);
        zoek(waarden.get(naam));
      }
    }
  };
  zoek(css);
  const regels = [...nodig].sort().map((naam) => `${naam}:${waarden.get(naam)}`);
  return `.voorbeeld-theme{\n${regels.join(';\n')}\n}`;
}

rmSync(uit, { recursive: true, force: true });
mkdirSync(uit);

const css = ONDERDELEN.map(([pakket, bestand]) =>
  blokken(zonderMap(lees(pakket, bestand))).filter(gebruikt).join('\n'),
).join('\n');
// Our own stylesheets use tokens too: run this again after one of them starts to use another token.
const eigen = readdirSync(join(hier, 'static'))
  .filter((naam) => naam.endsWith('.css'))
  .map((naam) => readFileSync(join(hier, 'static', naam), 'utf8'))
  .join('\n');
const herkomst = [...ONDERDELEN, TOKENS]
  .map(([pakket]) => `${pakket} ${JSON.parse(lees(pakket, 'package.json')).version}`)
  .join(', ');
writeFileSync(
  join(uit, 'nlds.css'),
  `/* From the NL Design System community, licence EUPL-1.2, selected by vendor.mjs: ${herkomst} */\n` +
    `${tokensVoor(css + eigen, lees(...TOKENS))}\n${css}\n`,
);
writeFileSync(
  join(uit, 'socket.io.esm.min.js'),
  `${zonderMap(lees('socket.io-client', 'dist/socket.io.esm.min.js'))}\n`,
);
