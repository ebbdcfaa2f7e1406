import { css } from 'lit';

export const richEditorStyles = css`
  :host {
    display: block;
    position: relative;
  }

  .bar {
    display: flex;
    gap: 0.25rem;
    margin-block-end: 0.25rem;
  }

  .bar button {
    min-inline-size: 2rem;
    min-block-size: 2rem;
    padding: 0 0.5rem;
  }

  .bar .icon {
    display: block;
    inline-size: 1rem;
    block-size: 1rem;
  }

  .address {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem;
    margin-block-end: 0.25rem;
  }

  .address input {
    flex: 1 1 12rem;
    min-inline-size: 0;
    min-block-size: 2.25rem;
    padding: 0.25rem var(--_space);
    border: 1px solid var(--_border-control);
    border-radius: var(--_radius-small);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
  }

  .address input[aria-invalid] {
    border-color: var(--_negative);
  }

  .refused {
    flex: 1 0 100%;
    margin: 0;
    color: var(--_negative);
    font-size: var(--_font-size-small);
  }

  [role='textbox'] a {
    color: var(--_accent);
  }

  [role='textbox'] {
    min-block-size: 5rem;
    max-block-size: 20rem;
    overflow: auto;
    padding: var(--_space);
    border: 1px solid var(--_border-control);
    border-radius: var(--_radius-small);
    background: var(--_surface);
    color: var(--_text);
    overflow-wrap: anywhere;
  }

  [role='textbox'] > :first-child {
    margin-block-start: 0;
  }

  .mention {
    padding-inline: 0.125rem;
    border-radius: 0.25rem;
    background: var(--_accent-soft);
    color: var(--_accent);
    font-weight: 600;
  }

  .people {
    position: absolute;
    z-index: 3;
    inset-inline: 0;
    inset-block-start: 100%;
    max-block-size: 14rem;
    margin: 0.25rem 0 0;
    padding: 0.25rem;
    overflow: auto;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-small);
    background: var(--_surface-raised);
    box-shadow: var(--_shadow-raised);
    list-style: none;
  }

  .people li {
    padding: 0.375rem 0.5rem;
    border-radius: 0.25rem;
    cursor: pointer;
  }

  .people li[aria-selected='true'],
  .people li:hover {
    background: var(--_accent-soft);
    color: var(--_accent);
  }
`;
