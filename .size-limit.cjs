// What a page pays for the embed script: everything it loads at once, and what a first chart adds.
const { existsSync, readFileSync } = require('node:fs');
const path = require('node:path');

const FOLDER = 'dist/widgets';
const ENTRY = path.join(FOLDER, 'embed.js');
const STATIC = /(?:\bfrom|\bimport)\s*["'](\.[^"']+\.js)["']/g;
const LAZY = /\bimport\s*\(\s*["'`](\.[^"'`]+\.js)["'`]\s*\)/g;

const targets = (file, pattern) =>
  [...readFileSync(file, 'utf8').matchAll(pattern)].map(([, to]) => path.join(path.dirname(file), to));

/** The files and all they import without being asked. */
function closure(files, seen = new Set()) {
  for (const file of files) {
    if (seen.has(file)) continue;
    seen.add(file);
    closure(targets(file, STATIC), seen);
  }
  return seen;
}

if (!existsSync(ENTRY)) throw new Error(`${ENTRY} is missing. Run: npm run build`);
const atOnce = closure([ENTRY]);
const later = [...closure([...atOnce].flatMap((file) => targets(file, LAZY)))].filter((file) => !atOnce.has(file));

module.exports = [
  { name: 'embed script: Kanban and KPIs', path: [...atOnce], limit: '30 kB' },
  { name: 'added by the first chart', path: later, limit: '70 kB' },
];
