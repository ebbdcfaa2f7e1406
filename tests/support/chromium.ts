import { type Browser, chromium } from 'playwright-core';
import { findChromium } from './programs.ts';

/** Headless, quiet, and working as root; nothing of it goes to the network by itself. */
const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The Chromium of this machine. @throws where it is not installed; tests ask `findChromium` first */
export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('Chromium is not installed.');
  return chromium.launch({ executablePath, args });
}
