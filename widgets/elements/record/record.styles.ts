import { css } from 'lit';

export const recordStyles = css`
  :host {
    display: block;
    container-type: inline-size;
  }

  .panel {
    display: grid;
    gap: calc(var(--_space) * 2);
    padding: calc(var(--_space) * 2);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: var(--_shadow);
  }

  .panel > .skeleton {
    block-size: 3.5rem;
  }

  h2,
  h3,
  p,
  dl,
  dd {
    margin: 0;
  }

  h2 {
    font-size: 1.25rem;
    line-height: 1.25;
    overflow-wrap: anywhere;
  }

  h3 {
    margin-block-end: var(--_space);
    font-size: var(--_font-size);
  }

  .kind,
  .company,
  .since,
  .muted {
    color: var(--_text-muted);
  }

  .kind,
  .since,
  dt {
    color: var(--_text-muted);
    font-size: var(--_font-size-small);
  }

  .reach {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem calc(var(--_space) * 2);
    margin-block-start: 0.25rem;
  }

  .reach a {
    display: inline-flex;
    gap: 0.25rem;
    align-items: center;
    color: var(--_accent);
    overflow-wrap: anywhere;
  }

  .icon {
    flex: none;
    inline-size: 1rem;
    block-size: 1rem;
  }

  dl {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(7.5rem, 1fr));
    gap: var(--_space) calc(var(--_space) * 2);
    margin-block: var(--_space);
  }

  dd {
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  .path {
    display: flex;
    gap: 3px;
    margin: -3px;
    padding: 3px;
    overflow-x: auto;
    list-style: none;
  }

  .path li {
    flex: 1 0 auto;
  }

  .path button {
    inline-size: 100%;
    padding-inline: 1.25rem;
    border: 0;
    border-radius: 0;
    background: var(--_surface-hover);
    font-size: var(--_font-size-small);
    white-space: nowrap;
    clip-path: polygon(0 0, calc(100% - 0.75rem) 0, 100% 50%, calc(100% - 0.75rem) 100%, 0 100%, 0.75rem 50%);
  }

  .path button:disabled {
    opacity: 1;
  }

  .path button:hover:not(:disabled, [aria-current]) {
    background: var(--_border);
  }

  .path button:focus-visible {
    outline: none;
  }

  .path button:focus-visible span {
    outline: 2px solid currentcolor;
    outline-offset: 3px;
  }

  .path .passed button {
    background: var(--_accent-soft);
    color: var(--_accent);
  }

  .path .current button {
    background: var(--_accent);
    color: var(--_on-accent);
    font-weight: 600;
  }

  .path .current.won button {
    background: var(--_positive);
    color: var(--_surface);
  }

  .path .current.lost button {
    background: var(--_negative);
    color: var(--_surface);
  }

  .said {
    padding: var(--_space) calc(var(--_space) * 1.5);
    border-radius: var(--_radius-small);
    background: var(--_positive-soft);
    color: var(--_positive);
    font-size: var(--_font-size-small);
  }

  .said.problem {
    background: var(--_negative-soft);
    color: var(--_negative);
  }

  .heading {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space);
    align-items: center;
    justify-content: space-between;
    margin-block-end: var(--_space);
  }

  .heading h3 {
    margin: 0;
  }

  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space);
  }

  .writing {
    display: block;
    padding: calc(var(--_space) * 1.5);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-small);
  }

  .task {
    display: flex;
    gap: var(--_space);
    align-items: start;
  }

  .task input {
    flex: none;
    inline-size: 1.25rem;
    block-size: 1.25rem;
    margin: 0;
    accent-color: var(--_accent);
  }

  .overdue {
    color: var(--_negative);
  }

  .deals {
    display: grid;
    gap: var(--_space);
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .deals li {
    display: flex;
    gap: var(--_space);
    justify-content: space-between;
  }
`;
