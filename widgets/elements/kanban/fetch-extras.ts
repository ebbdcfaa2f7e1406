import type { Extras, ExtrasHost } from './extras.ts';

/** Fetches what is added to a board that is on screen. */
export async function fetchExtras(host: ExtrasHost): Promise<Extras> {
  const { createExtras } = await import('./tools/create-extras.ts');
  return createExtras(host);
}
