/** Which of the first two numbers of 03/04/2024 is the day. */
export type DateOrder = 'dmy' | 'mdy';

const ISO = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:$|[T ,]+)/;
const NUMERIC = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?:$|[T ,]+)/;
const DAY_FIRST = /^(\d{1,2})[- .]+(\p{L}{3,10})\.?[- ,]+(\d{4}|\d{2})(?:$|[T ,]+)/u;
const MONTH_FIRST = /^(\p{L}{3,10})\.?[- ]+(\d{1,2})(?:st|nd|rd|th)?,?[- ]+(\d{4})(?:$|[T ,]+)/u;
const TIME = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(am|pm)?\s*(z|[+-]\d{2}:?\d{2})?$/i;

/** English and German month names by their first letters. */
const MONTHS: readonly RegExp[] = [
  /^jan/i,
  /^feb/i,
  /^m(ar|är|ae?r|rz)/i,
  /^apr/i,
  /^ma[yi]/i,
  /^jun/i,
  /^jul/i,
  /^aug/i,
  /^sep/i,
  /^o[ck]t/i,
  /^nov/i,
  /^de[cz]/i,
];

const two = (value: number): string => String(value).padStart(2, '0');

/** `YYYY-MM-DD` when the day exists, else null. */
function calendarDay(year: number, month: number, day: number): string | null {
  if (year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1) return null;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return day <= days ? `${year}-${two(month)}-${two(day)}` : null;
}

const fullYear = (text: string): number => {
  const year = Number(text);
  return text.length === 4 ? year : year + (year < 70 ? 2000 : 1900);
};

const monthOf = (name: string): number => MONTHS.findIndex((pattern) => pattern.test(name)) + 1;

/** What a numeric date says about its order: decided by a number above 12, `either` when both fit. */
export function dateOrderOf(text: string): DateOrder | 'either' | null {
  const match = NUMERIC.exec(text);
  if (!match || match[2] === '.') return null;
  const [first, second] = [Number(match[1]), Number(match[3])];
  if (first > 31 || second > 31 || (first > 12 && second > 12)) return null;
  if (first > 12) return 'dmy';
  if (second > 12) return 'mdy';
  return first === second ? null : 'either';
}

interface DateParts {
  day: string;
  rest: string;
}

function readDay(text: string, order: DateOrder): DateParts | null {
  const cut = (day: string | null, length: number): DateParts | null =>
    day === null ? null : { day, rest: text.slice(length).trim() };
  let match = ISO.exec(text);
  if (match) return cut(calendarDay(Number(match[1]), Number(match[2]), Number(match[3])), match[0].length);
  match = NUMERIC.exec(text);
  if (match) {
    const [first, second, year] = [Number(match[1]), Number(match[3]), fullYear(match[4] ?? '')];
    const isDayFirst = match[2] === '.' || order === 'dmy';
    return cut(isDayFirst ? calendarDay(year, second, first) : calendarDay(year, first, second), match[0].length);
  }
  match = DAY_FIRST.exec(text);
  if (match)
    return cut(calendarDay(fullYear(match[3] ?? ''), monthOf(match[2] ?? ''), Number(match[1])), match[0].length);
  match = MONTH_FIRST.exec(text);
  if (match)
    return cut(calendarDay(fullYear(match[3] ?? ''), monthOf(match[1] ?? ''), Number(match[2])), match[0].length);
  return null;
}

/** `HH:MM:SS` with the zone as written, or null when it is not a time. */
function readTime(text: string): string | null {
  const match = TIME.exec(text);
  if (!match) return null;
  const [, hourText = '', minute = '', second = '00', half, zone] = match;
  let hour = Number(hourText);
  if (half) hour = (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  if (hour > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  return `${two(hour)}:${minute}:${second}${zone?.toUpperCase() ?? ''}`;
}

/** A calendar day as `YYYY-MM-DD`; a time of day behind it is dropped. Null when it is not a date. */
export function parseDay(text: string, order: DateOrder): string | null {
  const parts = readDay(text, order);
  return parts && (parts.rest === '' || readTime(parts.rest)) ? parts.day : null;
}

/** `YYYY-MM-DD`, or `YYYY-MM-DDTHH:MM:SS` with the offset where one is written. Null when it is neither. */
export function parseMoment(text: string, order: DateOrder): string | null {
  const parts = readDay(text, order);
  if (!parts) return null;
  if (parts.rest === '') return parts.day;
  const time = readTime(parts.rest);
  return time === null ? null : `${parts.day}T${time}`;
}
