import { css } from 'lit';

export const kpisStyles = css`
  :host {
    container-type: inline-size;
  }

  ul {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(10.75rem, 100%), 1fr));
    gap: calc(var(--_space) * 1.5);
    margin: 0;
    padding: 0;
    list-style: none;
  }

  li {
    container-type: inline-size;
    position: relative;
    display: flex;
    flex-direction: column;
    gap: calc(var(--_space) * 0.5);
    min-block-size: 8rem;
    padding: calc(var(--_space) * 2);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: var(--_shadow);
  }

  li:has(.drill:hover) {
    border-color: var(--_accent);
  }

  .head {
    display: flex;
    gap: var(--_space);
    align-items: start;
    justify-content: space-between;
    min-block-size: 1.5rem;
  }

  .drill {
    min-block-size: 0;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_text-muted);
    font-size: var(--_font-size-small);
    font-weight: 600;
    text-align: start;
  }

  .drill:hover:not(:disabled) {
    background: none;
    color: var(--_accent);
  }

  .drill::after {
    position: absolute;
    inset: 0;
    border-radius: var(--_radius);
    content: '';
  }

  .drill:focus-visible {
    outline: none;
  }

  .drill:focus-visible::after {
    outline: 2px solid var(--_focus);
    outline-offset: 2px;
  }

  .hint {
    position: relative;
    z-index: 1;
    flex: none;
    inline-size: 1.5rem;
    min-block-size: 1.5rem;
    margin: -0.125rem -0.25rem 0 0;
    padding: 0;
    border-radius: 50%;
    border-color: var(--_border-control);
    color: var(--_text-muted);
    font-size: var(--_font-size-small);
    line-height: 1;
  }

  .caveat {
    margin: 0;
    color: var(--_text-muted);
    font-size: var(--_font-size-small);
  }

  .value {
    margin: 0;
    overflow-wrap: anywhere;
    /* nine digits with their currency fit the narrowest tile in one line */
    font-size: min(var(--_font-size-large), 13cqi);
    font-weight: 650;
    font-variant-numeric: tabular-nums;
    letter-spacing: -0.01em;
    line-height: 1.2;
  }

  .value small {
    color: var(--_text-muted);
    font-size: var(--_font-size-small);
    font-weight: 400;
    letter-spacing: 0;
  }

  .change {
    display: flex;
    flex-wrap: wrap;
    gap: 0.125rem var(--_space);
    align-items: center;
    margin: auto 0 0;
    color: var(--_text-muted);
    font-size: var(--_font-size-small);
  }

  .change b {
    padding: 0.0625rem 0.375rem;
    border-radius: 0.75rem;
    background: var(--_surface-hover);
    color: var(--_text);
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  .change b.better {
    background: var(--_positive-soft);
    color: var(--_positive);
  }

  .change b.worse {
    background: var(--_negative-soft);
    color: var(--_negative);
  }

  .target {
    display: grid;
    gap: 0.25rem;
    color: var(--_text-muted);
    font-size: var(--_font-size-small);
  }

  .bar {
    overflow: hidden;
    block-size: 0.375rem;
    border-radius: 1rem;
    background: var(--_surface-hover);
  }

  .bar i {
    display: block;
    block-size: 100%;
    border-radius: inherit;
    background: var(--_accent);
  }

  .foot {
    margin: var(--_space) 0 0;
    color: var(--_text-muted);
    font-size: var(--_font-size-small);
  }

  .waiting {
    opacity: 0.6;
  }

  li .skeleton:nth-child(1) {
    inline-size: 55%;
    block-size: 0.875rem;
  }

  li .skeleton:nth-child(2) {
    inline-size: 80%;
    block-size: 1.75rem;
  }

  li .skeleton:nth-child(3) {
    inline-size: 65%;
    block-size: 0.875rem;
    margin-block-start: auto;
  }

  @container (max-width: 26rem) {
    ul {
      grid-template-columns: repeat(2, minmax(0, 1fr));
      gap: var(--_space);
    }

    li {
      padding: calc(var(--_space) * 1.5);
    }
  }

  @container (max-width: 17rem) {
    ul {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
