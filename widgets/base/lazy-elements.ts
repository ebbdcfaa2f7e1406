/** Fetches the code of an element, which registers its tag. */
type Fetch = () => Promise<unknown>;

/**
 * Fetches the code of elements once a page first uses their tags: now, or whenever they are added to the document. A tag
 * inside a shadow root isn't seen; whoever renders it there calls what this returns, also to try again.
 */
export function loadWhenUsed(elements: Readonly<Record<string, Fetch>>): (tag: string) => Promise<void> {
  const unseen = new Set(Object.keys(elements));
  const load = async (tag: string): Promise<void> => {
    unseen.delete(tag);
    await elements[tag]?.();
  };
  const look = (): void => {
    for (const tag of unseen) {
      if (document.querySelector(tag)) load(tag).catch(reportError);
    }
    if (unseen.size === 0) observer.disconnect();
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true });
  look();
  return load;
}
