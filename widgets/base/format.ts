import type { Money } from '../../backend/contracts/common.ts';

/** How nothing is written: an empty denominator, a missing date. */
export const nothing = '–';

type Decimal = string | number | null | undefined;

export interface NumberStyle {
  /** `1.2M` instead of `1,234,567`. */
  compact?: boolean;
  /** Plus or minus before the number, except zero. */
  signed?: boolean;
  /** Most decimals shown. */
  decimals?: number;
}

/** Writes values as the reader's locale does. Decimal strings are never taken through a float. */
export class Format {
  readonly locale: string;
  readonly timeZone: string;
  readonly #numbers = new Map<string, Intl.NumberFormat>();
  readonly #dates = new Map<string, Intl.DateTimeFormat>();
  #hasShortThousands: boolean | undefined;

  constructor(locale: string, timeZone: string) {
    this.locale = locale;
    this.timeZone = timeZone;
  }

  /** `{ amount, currency }` as money; whole units for nothing and from 1,000 on, unless `decimals` says otherwise. */
  money(value: Money | null | undefined, { compact, signed, decimals }: NumberStyle = {}): string {
    if (!value) return nothing;
    const amount = Math.abs(Number(value.amount));
    const isWhole = amount >= 1000 || amount === 0;
    return this.#number(value.amount, {
      style: 'currency',
      currency: value.currency,
      ...(compact ? this.#compact(value.amount) : {}),
      ...(!compact && isWhole && decimals === undefined ? { maximumFractionDigits: 0 } : {}),
      ...(decimals === undefined ? {} : { minimumFractionDigits: decimals, maximumFractionDigits: decimals }),
      ...(signed ? { signDisplay: 'exceptZero' } : {}),
    });
  }

  number(value: Decimal, { compact, signed, decimals }: NumberStyle = {}): string {
    return this.#number(value, {
      ...(compact ? this.#compact(value) : {}),
      ...(decimals === undefined ? {} : { maximumFractionDigits: decimals }),
      ...(signed ? { signDisplay: 'exceptZero' } : {}),
    });
  }

  /** A ratio, 0..1, as per cent. */
  percent(ratio: Decimal, { signed, decimals = 1 }: NumberStyle = {}): string {
    return this.#number(ratio, {
      style: 'percent',
      maximumFractionDigits: decimals,
      ...(signed ? { signDisplay: 'exceptZero' } : {}),
    });
  }

  /** A count of days, with its word: `12.5 days`. */
  days(value: Decimal, { decimals = 1 }: NumberStyle = {}): string {
    return this.#number(value, { style: 'unit', unit: 'day', unitDisplay: 'long', maximumFractionDigits: decimals });
  }

  /** A business day, `YYYY-MM-DD`; the same day for every reader. */
  day(value: string | null | undefined, options: Intl.DateTimeFormatOptions = { dateStyle: 'medium' }): string {
    if (!value) return nothing;
    return this.#date({ ...options, timeZone: 'UTC' }).format(new Date(`${value.slice(0, 10)}T12:00:00Z`));
  }

  /** A moment, ISO 8601, in the reader's time zone. */
  moment(
    value: string | null | undefined,
    options: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeStyle: 'short' },
  ): string {
    return value ? this.#date({ ...options, timeZone: this.timeZone }).format(new Date(value)) : nothing;
  }

  /** German has no short thousands, `765.931 €`: written out, they need no decimals. */
  #compact(value: Decimal): Intl.NumberFormatOptions {
    const amount = Math.abs(Number(value));
    this.#hasShortThousands ??= new Intl.NumberFormat(this.locale, { notation: 'compact' })
      .formatToParts(1000)
      .some(({ type }) => type === 'compact');
    const isLong = amount >= 1000 && amount < 1e6 && !this.#hasShortThousands;
    return { notation: 'compact', maximumFractionDigits: isLong ? 0 : 1 };
  }

  #number(value: Decimal, options: Intl.NumberFormatOptions): string {
    if (value === null || value === undefined || value === '') return nothing;
    const key = JSON.stringify(options);
    let format = this.#numbers.get(key);
    if (!format) {
      format = new Intl.NumberFormat(this.locale, options);
      this.#numbers.set(key, format);
    }
    return format.format(value as Intl.StringNumericLiteral | number);
  }

  #date(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    const key = JSON.stringify(options);
    let format = this.#dates.get(key);
    if (!format) {
      format = new Intl.DateTimeFormat(this.locale, options);
      this.#dates.set(key, format);
    }
    return format;
  }
}
