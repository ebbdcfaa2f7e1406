import { css } from 'lit';

/*
 * The look of all elements. A page sets `--salespulse-NAME` anywhere above an element (`:root` will do);
 * inside, styles read `--_NAME`, which is the page's value or else ours for the theme that is on.
 * `light-dark()` follows `color-scheme`: the element's `theme`, else the page's own.
 * Text on its surface has a contrast of 4.5:1 or more and controls 3:1 in both themes (WCAG AA). The series
 * colours were searched for: the eight stay apart under each kind of colour blindness (tests measure it).
 */
export const tokens = css`
  :host,
  :root {
    --_font: var(--salespulse-font, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif);
    --_font-size: var(--salespulse-font-size, 0.9375rem);
    --_font-size-small: var(--salespulse-font-size-small, 0.8125rem);
    --_font-size-large: var(--salespulse-font-size-large, 1.625rem);
    --_space: var(--salespulse-space, 0.5rem);
    --_radius: var(--salespulse-radius, 0.625rem);
    --_radius-small: var(--salespulse-radius-small, 0.375rem);
    --_background: var(--salespulse-background, light-dark(#f4f6f9, #10151d));
    --_surface: var(--salespulse-surface, light-dark(#ffffff, #18202b));
    --_surface-raised: var(--salespulse-surface-raised, light-dark(#ffffff, #212b38));
    --_surface-hover: var(--salespulse-surface-hover, light-dark(#eef2f7, #263242));
    --_text: var(--salespulse-text, light-dark(#16202c, #eef2f7));
    --_text-muted: var(--salespulse-text-muted, light-dark(#526070, #a9b6c6));
    --_border: var(--salespulse-border, light-dark(#dbe1e9, #313d4d));
    --_border-control: var(--salespulse-border-control, light-dark(#7c8998, #748397));
    --_accent: var(--salespulse-accent, light-dark(#1f5fbf, #7fb2ff));
    --_accent-strong: var(--salespulse-accent-strong, light-dark(#174a96, #a6caff));
    --_on-accent: var(--salespulse-on-accent, light-dark(#ffffff, #0b1626));
    --_accent-soft: var(--salespulse-accent-soft, light-dark(#e6effb, #1d3252));
    --_positive: var(--salespulse-positive, light-dark(#0f6b4a, #5fd0a0));
    --_positive-soft: var(--salespulse-positive-soft, light-dark(#e2f4ec, #14382b));
    --_negative: var(--salespulse-negative, light-dark(#a8321f, #ff9b86));
    --_negative-soft: var(--salespulse-negative-soft, light-dark(#fcebe7, #432019));
    --_warning: var(--salespulse-warning, light-dark(#7a5200, #f0c463));
    --_warning-soft: var(--salespulse-warning-soft, light-dark(#fdf3d8, #3b2e0e));
    --_focus: var(--salespulse-focus, light-dark(#1f5fbf, #9cc4ff));
    --_shadow: var(--salespulse-shadow, 0 1px 2px light-dark(rgb(16 32 48 / 8%), rgb(0 0 0 / 40%)));
    --_shadow-raised: var(--salespulse-shadow-raised, 0 8px 24px light-dark(rgb(16 32 48 / 18%), rgb(0 0 0 / 55%)));
    --_series-1: var(--salespulse-series-1, light-dark(#1a5c9c, #6da0fd));
    --_series-2: var(--salespulse-series-2, light-dark(#b45027, #ffbe83));
    --_series-3: var(--salespulse-series-3, light-dark(#46a284, #3f936e));
    --_series-4: var(--salespulse-series-4, light-dark(#833d49, #b84eb7));
    --_series-5: var(--salespulse-series-5, light-dark(#49247d, #aebffd));
    --_series-6: var(--salespulse-series-6, light-dark(#be8618, #c4af27));
    --_series-7: var(--salespulse-series-7, light-dark(#6a7379, #93a3ad));
    --_series-8: var(--salespulse-series-8, light-dark(#6e1d00, #dc5132));
  }

  :host {
    display: block;
    box-sizing: border-box;
    color: var(--_text);
    font-family: var(--_font);
    font-size: var(--_font-size);
    line-height: 1.45;
    text-align: start;
  }

  :host([hidden]) {
    display: none;
  }
`;
