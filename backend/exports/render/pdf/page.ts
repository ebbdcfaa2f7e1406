import type { Texts } from '../../texts.ts';
import type { Display } from '../display.ts';
import type { Inks } from '../scene/inks.ts';
import type { Letters } from './letters.ts';

export const PLAIN = 'plain';
export const BOLD = 'bold';

/** What painting takes, and how a page is filled: `doc.y` is where the next thing goes. */
export interface Page {
  doc: PDFKit.PDFDocument;
  left: number;
  width: number;
  /** where pages begin, and below which nothing is painted */
  top: number;
  bottom: number;
  inks: Inks;
  texts: Texts;
  display: Display;
  letters: Letters;
  /** the text with a box for each letter that the font lacks */
  legible(text: string): string;
  /** Turns the page unless there is so much room on it. */
  need(height: number): void;
  turn(): void;
  text(text: string, look: { size: number; fill: string; isBold?: boolean }): void;
}
