/** Which sign cuts off the decimals: 1,234.50 (point) or 1.234,50 (comma). */
export type DecimalSign = 'point' | 'comma';

const PLAIN = /^-?\d+(\.\d+)?$/;
const SPACES_AND_QUOTES = /(?<=\d)[\s\u00a0\u202f'’](?=\d{3}(?!\d))/g;
const SCIENTIFIC = /^-?\d+([.,]\d+)?[eE][+-]?\d{1,3}$/;
const GROUPED = {
  point: /^(\d{1,3}(,\d{2,3})*,\d{3}|\d*)(\.\d*)?$/,
  comma: /^(\d{1,3}(\.\d{2,3})*\.\d{3}|\d*)(,\d*)?$/,
};

const SYMBOLS: readonly [string, string][] = [
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['¥', 'JPY'],
  ['₹', 'INR'],
  ['zł', 'PLN'],
  ['₩', 'KRW'],
  ['₺', 'TRY'],
];
/** Signs that several currencies share; which one it is, is not said by the sign. */
const SHARED_SYMBOL = /^(US|A|C|NZ|HK|S|R)?\$|kr\.?$/i;

/** What a number with one or more separators says about the decimal sign. */
export function decimalSignOf(text: string): DecimalSign | 'either-point' | 'either-comma' | null {
  const digits = text.replace(/[^\d.,]/g, '');
  const point = digits.lastIndexOf('.');
  const comma = digits.lastIndexOf(',');
  if (point < 0 && comma < 0) return null;
  if (point >= 0 && comma >= 0) return point > comma ? 'point' : 'comma';
  const at = Math.max(point, comma);
  const isPoint = point >= 0;
  if (digits.indexOf(isPoint ? '.' : ',') !== at) return isPoint ? 'comma' : 'point';
  const isThousandsShaped = digits.length - at === 4 && at >= 1 && at <= 3 && digits[0] !== '0';
  if (isThousandsShaped) return isPoint ? 'either-point' : 'either-comma';
  return isPoint ? 'point' : 'comma';
}

/** A decimal number as PostgreSQL reads it (`-1234.50`), or null when the text is not a number. */
export function parseDecimal(text: string, sign: DecimalSign): string | null {
  if (sign === 'point' && PLAIN.test(text)) return text;
  let body = text.replace(SPACES_AND_QUOTES, '').trim();
  let isNegative = false;
  const parenthesised = /^\((.+)\)$/.exec(body);
  if (parenthesised) {
    isNegative = true;
    body = parenthesised[1]?.trim() ?? '';
  }
  if (SCIENTIFIC.test(body)) return (isNegative ? '-' : '') + body.replace(',', '.');
  const signed = /^([-+−]?)\s*(.*?)\s*(-?)$/.exec(body);
  if (!signed) return null;
  if ((signed[1] && signed[1] !== '+') || signed[3]) isNegative = !isNegative;
  body = signed[2] ?? '';
  if (!/\d/.test(body) || !GROUPED[sign].test(body)) return null;
  const plain = sign === 'point' ? body.replaceAll(',', '') : body.replaceAll('.', '').replace(',', '.');
  const [whole = '', fraction = ''] = plain.split('.');
  return `${isNegative ? '-' : ''}${whole || '0'}${fraction ? `.${fraction}` : ''}`;
}

/** An amount with the currency its sign or code names; `currency` is null where none is written. */
export interface ParsedMoney {
  amount: string;
  currency: string | null;
}

/**
 * An amount of money: "$1,234.50", "1.234,50 €", "(12.00)", "USD 99". A sign that several currencies share
 * names none.
 */
export function parseMoney(text: string, sign: DecimalSign): ParsedMoney | null {
  if (sign === 'point' && PLAIN.test(text)) return { amount: text, currency: null };
  let body = text.trim();
  let currency: string | null = null;
  const parenthesised = /^\((.+)\)$/.exec(body);
  if (parenthesised) body = parenthesised[1]?.trim() ?? '';
  const lead = /^[-+−]/.exec(body)?.[0] ?? '';
  if (lead) body = body.slice(1).trim();
  for (const [symbol, code] of SYMBOLS) {
    if (body.startsWith(symbol) || body.endsWith(symbol)) {
      body = body.replace(symbol, '').trim();
      currency = code;
      break;
    }
  }
  if (currency === null) {
    const code = /^([A-Z]{3})(?=[\s\d-])|(?<=[\s\d])([A-Z]{3})$/.exec(body);
    if (code) {
      currency = code[1] ?? code[2] ?? null;
      body = body.replace(code[0], '').trim();
    } else body = body.replace(SHARED_SYMBOL, '').replace(/\$$/, '').trim();
  }
  const amount = parseDecimal(`${lead}${body}`, sign);
  if (amount === null) return null;
  if (!parenthesised) return { amount, currency };
  return { amount: amount.startsWith('-') ? amount : `-${amount}`, currency };
}
