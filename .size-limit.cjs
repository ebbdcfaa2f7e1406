// What a page pays for the embed script: everything it loads at once, and what each further element adds.
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

/** All that the code of an element brings beyond what is there at once, also what it fetches later itself. */
function broughtBy(tag) {
  const registers = new RegExp(`define\\(\\s*["'\`]${tag}["'\`]`);
  const fetched = [...atOnce].flatMap((file) => targets(file, LAZY));
  const more = (files) => [...closure(files)].filter((file) => !atOnce.has(file));
  const root = fetched
    .map((file) => more([file]))
    .find((files) => files.some((file) => registers.test(readFileSync(file, 'utf8'))));
  if (!root) throw new Error(`No chunk that the embed script fetches registers ${tag}.`);
  const found = new Set(root);
  for (const file of found) for (const next of more(targets(file, LAZY))) found.add(next);
  return [...found];
}

/** What a board fetches once it is on screen: filters, lanes, rewind, live. */
const boardTools = [...atOnce].flatMap((file) => targets(file, LAZY)).filter((file) => /create-extras/.test(file));

const element = (tag, limit) => ({ name: `added by the first <${tag}>`, path: broughtBy(tag), limit });

module.exports = [
  { name: 'embed script: Kanban and KPIs', path: [...atOnce], limit: '30 kB' },
  { name: 'fetched once a board is on screen', path: boardTools, limit: '8 kB' },
  element('salespulse-chart', '70 kB'),
  element('salespulse-record', '20 kB'),
  element('salespulse-tasks', '8 kB'),
  element('salespulse-pipeline', '12 kB'),
];
