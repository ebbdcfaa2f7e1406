import { fileTypeFromBuffer } from 'file-type';
import { ProblemError } from '../http/index.ts';

/** What a file may be: the type found in its bytes, and the endings that go with it. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'application/pdf': ['pdf'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/gif': ['gif'],
  'image/webp': ['webp'],
  'image/heic': ['heic'],
  'image/tiff': ['tif', 'tiff'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': ['pptx'],
  'application/vnd.oasis.opendocument.text': ['odt'],
  'application/vnd.oasis.opendocument.spreadsheet': ['ods'],
  'application/vnd.oasis.opendocument.presentation': ['odp'],
  'audio/mpeg': ['mp3'],
  'audio/wav': ['wav'],
  'audio/ogg': ['ogg', 'oga'],
  'audio/x-m4a': ['m4a'],
  'video/mp4': ['mp4'],
};

/** Files without a mark of their own: their ending says what they are, and they must be text. */
const TEXTS: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  md: 'text/plain',
  log: 'text/plain',
  csv: 'text/csv',
  ics: 'text/calendar',
  vcf: 'text/vcard',
};

export const allowedEndings: readonly string[] = [...Object.values(ALLOWED).flat(), ...Object.keys(TEXTS)];

const refused = (detail: string): ProblemError => new ProblemError('unsupported_media_type', detail);

/**
 * The media type of a file by what is in it. What the sender's browser says does not count, and a name that
 * promises another type is refused: nobody opens a program that is called a picture.
 * @throws 415
 */
export async function typeOfFile(fileName: string, content: Buffer): Promise<string> {
  const ending = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  const found = await fileTypeFromBuffer(content);
  if (found) {
    const endings = ALLOWED[found.mime];
    if (!endings) throw refused(`Files of this kind (${found.mime}) are not taken.`);
    if (!endings.includes(ending)) throw refused(`The file is ${found.mime}, so its name must end in .${endings[0]}.`);
    return found.mime;
  }
  const text = TEXTS[ending];
  if (!text) throw refused(`Files of this kind are not taken. Taken are: ${allowedEndings.join(', ')}.`);
  if (!isText(content)) throw refused(`The file's name ends in .${ending}, but there is no text in it.`);
  return text;
}

/** Valid UTF-8 (or Latin-1) without control characters other than white space. */
function isText(content: Buffer): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return !/[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(content.toString('latin1'));
}

/** A name that is safe to save under on any system: no folders, no control or direction marks, no leading dots. */
export function safeFileName(name: string): string {
  const base = name.replace(/^.*[/\\]/, '').replace(/[\p{Cc}\p{Cf}<>:"|?*]/gu, '');
  return base.replace(/^[.\s]+|[.\s]+$/g, '');
}
