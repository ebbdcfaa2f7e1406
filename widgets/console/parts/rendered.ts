/** Resolves once everything within has rendered, parts inside parts too. */
export async function rendered(host: Element): Promise<void> {
  const seen = new Set<Element>();
  for (;;) {
    const next = [...host.querySelectorAll('*')].find((element) => !seen.has(element) && 'updateComplete' in element);
    if (!next) return;
    seen.add(next);
    await (next as Element & { updateComplete: Promise<boolean> }).updateComplete;
  }
}
