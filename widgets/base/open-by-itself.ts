import { ApiError } from './api.ts';
import type { SalesPulseElement } from './element.ts';
import { fire } from './events.ts';

/** The code that shows what an event asks for, in the name of whoever looks at the element. */
export type Opener = () => Promise<{ openFor(element: SalesPulseElement, detail: never): unknown }>;

/**
 * What an element asks the page for is shown, unless the page prevents that: at the document, whoever listens nearer comes
 * first.
 * @param tags of elements that show nothing themselves
 */
export function openByItself(name: `salespulse-${string}`, tags: readonly string[], load: Opener): void {
  document.addEventListener(name, (event) => {
    const element = event.composedPath()[0] as SalesPulseElement;
    if (event.defaultPrevented || !tags.includes(element.localName)) return;
    load()
      .then(({ openFor }) => openFor(element, (event as CustomEvent).detail as never))
      .catch((cause: unknown) => {
        const error = new ApiError({ status: 0, code: 'network', detail: String(cause) }, { cause });
        fire(element, 'salespulse-error', { error });
      });
  });
}
