/** Registers a tag if it is free, so that loading a chunk twice does no harm. */
export function register(tag: string, element: CustomElementConstructor): void {
  if (!customElements.get(tag)) customElements.define(tag, element);
}
