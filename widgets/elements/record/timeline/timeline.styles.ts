import { css } from 'lit';

export const timelineStyles = css`
  :host {
    display: block;
    container-type: inline-size;
    color: var(--_text);
  }

  .bar,
  .outcomes,
  .links {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_space) * 0.75);
    align-items: center;
  }

  .outcomes,
  .writing {
    margin-block-start: var(--_space);
    padding: calc(var(--_space) * 1.5);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-small);
    background: var(--_surface);
  }

  .outcomes span {
    color: var(--_text-muted);
    font-size: var(--_font-size-small);
  }

  .quiet {
    border-color: transparent;
    background: none;
    color: var(--_accent);
  }

  .said {
    display: flex;
    gap: var(--_space);
    align-items: center;
    justify-content: space-between;
    margin-block-start: var(--_space);
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

  .filter {
    display: flex;
    justify-content: end;
    margin-block: var(--_space);
    color: var(--_text-muted);
    font-size: var(--_font-size-small);
  }

  .filter select {
    min-block-size: 2rem;
    border: 1px solid var(--_border-control);
    border-radius: var(--_radius-small);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
  }

  .entries {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .entry {
    position: relative;
    display: grid;
    grid-template-columns: 1.75rem minmax(0, 1fr);
    gap: var(--_space);
    padding-block-end: calc(var(--_space) * 2);
  }

  .entry:not(:last-child)::before {
    position: absolute;
    inset-block: 1.75rem 0;
    inset-inline-start: calc(0.875rem - 0.5px);
    border-inline-start: 1px solid var(--_border);
    content: '';
  }

  .sign {
    display: grid;
    place-items: center;
    inline-size: 1.75rem;
    block-size: 1.75rem;
    border-radius: 50%;
    background: var(--_surface-hover);
    color: var(--_text-muted);
  }

  .entry.activity .sign {
    background: var(--_accent-soft);
    color: var(--_accent);
  }

  .icon {
    inline-size: 1rem;
    block-size: 1rem;
  }

  p {
    margin: 0;
  }

  .title {
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  .entry:not(.activity, .file) .title {
    font-weight: 400;
  }

  .whose {
    justify-self: start;
    inline-size: fit-content;
    margin-block: 0.125rem;
    padding-inline: 0.375rem;
    border-radius: var(--_radius-small);
    background: var(--_accent-soft);
    color: var(--_accent);
    font-size: var(--_font-size-small);
  }

  .meta {
    color: var(--_text-muted);
    font-size: var(--_font-size-small);
  }

  .rich {
    margin-block: 0.25rem;
    overflow-wrap: anywhere;
  }

  .rich :is(p, ul, ol, blockquote, pre) {
    margin: 0 0 0.375rem;
  }

  .rich pre {
    overflow-x: auto;
  }

  .rich blockquote {
    padding-inline-start: var(--_space);
    border-inline-start: 3px solid var(--_border);
  }

  .rich a {
    color: var(--_accent);
  }

  .mention {
    padding-inline: 0.125rem;
    border-radius: 0.25rem;
    background: var(--_accent-soft);
    color: var(--_accent);
    font-weight: 600;
  }

  .changes {
    margin: 0.125rem 0;
    padding-inline-start: 1.125rem;
    font-size: var(--_font-size-small);
    overflow-wrap: anywhere;
  }

  .links button {
    min-block-size: 1.5rem;
    padding: 0 0.25rem;
    border: 0;
    background: none;
    color: var(--_accent);
    font-size: var(--_font-size-small);
    text-decoration: underline;
    text-underline-offset: 2px;
  }

  .revisions {
    margin: 0.375rem 0;
    padding: var(--_space) var(--_space) var(--_space) 2rem;
    border-radius: var(--_radius-small);
    background: var(--_surface-hover);
  }

  .more {
    inline-size: 100%;
  }

  .waiting {
    display: grid;
    gap: var(--_space);
  }

  .waiting .skeleton {
    block-size: 3rem;
  }
`;
