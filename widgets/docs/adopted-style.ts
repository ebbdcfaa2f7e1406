/** Stands where a `<style>` would: its `css` holds for the shadow root it is in, under any CSP. */
class AdoptedStyle extends HTMLElement {
  readonly #sheet = new CSSStyleSheet();
  #root: ShadowRoot | undefined;

  set css(css: string) {
    this.#sheet.replaceSync(css);
  }

  connectedCallback(): void {
    this.hidden = true;
    const root = this.getRootNode();
    if (!(root instanceof ShadowRoot)) return;
    this.#root = root;
    root.adoptedStyleSheets.push(this.#sheet);
  }

  disconnectedCallback(): void {
    if (this.#root)
      this.#root.adoptedStyleSheets = this.#root.adoptedStyleSheets.filter((sheet) => sheet !== this.#sheet);
    this.#root = undefined;
  }
}

customElements.define('adopted-style', AdoptedStyle);
