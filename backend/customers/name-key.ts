/** How a company is recognised by name: lower case, single spaces, Unicode-composed. */
export function accountNameKey(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}
