/** What is compared when a name in a file is looked for: letters and digits only, lower case. "GTXPro" equals "GTX Pro". */
export function nameKey(name: string): string {
  const folded = name.normalize('NFKC').toLowerCase();
  // A name of signs only ("???") is at least itself.
  return folded.replace(/[^\p{L}\p{N}]+/gu, '') || folded.trim();
}

/** The plain half of `nameKey` that SQL can compute in any locale: a candidate filter, never the decision. */
export const asciiKey = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '');

/** How `account.name_key` is stored: lower case, single spaces. */
export const accountNameKey = (name: string): string => name.trim().toLowerCase().replace(/\s+/g, ' ');
