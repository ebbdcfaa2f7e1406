import { css } from 'lit';

export const filtersStyles = css`
  :host {
    container-type: inline-size;
  }

  .head {
    display: flex;
    gap: calc(var(--_space) * 2);
    align-items: end;
  }

  .bar {
    flex: 1;
  }

  .bar,
  .menus,
  .days,
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space);
    align-items: end;
  }

  .chips,
  .notice {
    margin-block-start: calc(var(--_space) * 1.5);
  }

  .field {
    display: grid;
    gap: 0.25rem;
    color: var(--_text-muted);
    font-size: var(--_font-size-small);
  }

  select,
  input:not([type='checkbox']) {
    min-block-size: 2.25rem;
    padding: 0.25rem 0.5rem;
    border: 1px solid var(--_border-control);
    border-radius: var(--_radius-small);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    max-inline-size: 100%;
  }

  .problem {
    color: var(--_negative);
    font-size: var(--_font-size-small);
  }

  .on {
    border-color: var(--_accent);
    background: var(--_accent-soft);
  }

  .menu {
    position: fixed;
    inset: auto;
    inline-size: min(20rem, calc(100vw - 1rem));
    max-block-size: min(24rem, 70vh);
    margin: 0;
    padding: var(--_space);
    overflow-y: auto;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface-raised);
    color: var(--_text);
    box-shadow: var(--_shadow-raised);
  }

  .menu input[type='search'] {
    inline-size: 100%;
    margin-block-end: var(--_space);
  }

  .options {
    display: grid;
  }

  .options label {
    display: flex;
    gap: var(--_space);
    align-items: center;
    min-block-size: 2.25rem;
    padding-inline: var(--_space);
    border-radius: var(--_radius-small);
    overflow-wrap: anywhere;
    cursor: pointer;
  }

  .options label:hover {
    background: var(--_surface-hover);
  }

  .options p {
    margin: var(--_space);
    color: var(--_text-muted);
    font-size: var(--_font-size-small);
  }

  .chip {
    min-block-size: 2rem;
    padding-block: 0.125rem;
    border-radius: 1rem;
    background: var(--_accent-soft);
    text-align: start;
  }

  .takeBack {
    border-color: var(--_accent);
    border-style: dashed;
  }

  .link {
    border-color: transparent;
    background: none;
    color: var(--_accent);
  }

  .toggle {
    display: none;
  }

  @container (width < 40rem) {
    .head {
      flex-wrap: wrap;
      gap: var(--_space);
    }

    .bar {
      display: contents;
    }

    .toggle {
      display: inline-block;
    }

    .menus:not(.open) {
      display: none;
    }

    .menus {
      inline-size: 100%;
    }
  }
`;
