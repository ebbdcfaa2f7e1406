/** The letters of a document's font: which there are, and how wide they are. */
export interface Letters {
  /** the text with a box for each letter that the font lacks */
  legible(text: string): string;
  hasGaps(): boolean;
  /** how wide a legible text is, in points */
  widthOf(text: string, size: number): number;
  /** Lines no wider than that: broken between words, and within those that are wider. */
  wrapped(text: string, width: number, size: number): string[];
}

/** What of fontkit's font is used. */
interface Font {
  unitsPerEm: number;
  hasGlyphForCodePoint(code: number): boolean;
  glyphForCodePoint(code: number): { advanceWidth: number };
}
type Embedded = { font: Font; layoutCache?: object };
const embeddedOf = (doc: PDFKit.PDFDocument): Embedded => (doc as unknown as { _font: Embedded })._font;

/** pdfkit remembers every word that it ever set, some kilobytes each: a long table would fill the memory. */
export function forgetWords(doc: PDFKit.PDFDocument): void {
  embeddedOf(doc).layoutCache = Object.create(null) as object;
}

/** The letters of the font that is chosen now. */
export function lettersOf(doc: PDFKit.PDFDocument): Letters {
  const { font } = embeddedOf(doc);
  const widths = new Map<string, number | null>();
  let gaps = false;
  /** in ems; null: there is no such letter */
  const advance = (letter: string): number | null => {
    let width = widths.get(letter);
    if (width === undefined) {
      const code = letter.codePointAt(0) ?? 0;
      width = font.hasGlyphForCodePoint(code) ? font.glyphForCodePoint(code).advanceWidth / font.unitsPerEm : null;
      widths.set(letter, width);
    }
    return width;
  };
  const widthOf = (text: string, size: number): number => {
    let sum = 0;
    for (const letter of text) sum += advance(letter) ?? 0;
    return sum * size;
  };
  return {
    hasGaps: () => gaps,
    widthOf,
    legible(text) {
      let kept = '';
      for (const letter of text.replace(/\p{Cc}+/gu, ' ')) {
        if (advance(letter) === null) gaps = true;
        kept += advance(letter) === null ? '\u25a1' : letter;
      }
      return kept;
    },
    wrapped(text, width, size) {
      if (widthOf(text, size) <= width) return [text];
      const lines: string[] = [];
      let line = '';
      const put = (piece: string) => {
        if (line === '' || widthOf(line + piece, size) <= width) line += piece;
        else {
          lines.push(line.trimEnd());
          line = piece.trimStart();
        }
      };
      for (const word of text.split(/(?<=[\s\-/])/u)) {
        if (widthOf(word.trimEnd(), size) <= width) put(word);
        else for (const letter of word) put(letter);
      }
      lines.push(line.trimEnd());
      return lines.filter((one, index) => one !== '' || index === 0);
    },
  };
}
