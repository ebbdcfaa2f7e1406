import { beforeEach, describe, expect, it, vi } from 'vitest';
import { configFor, init, onConfigChange, setDefaultServer } from '../../../widgets/base/config.ts';

beforeEach(() => init({}));

describe('configuration', () => {
  it('puts an element over init over the origin of the script', () => {
    setDefaultServer('https://script.example.com/');
    expect(configFor({}).server).toBe('https://script.example.com');
    init({ server: 'https://page.example.com/', locale: 'de-DE', timeZone: 'Europe/Berlin', theme: 'dark' });
    expect(configFor({})).toMatchObject({
      server: 'https://page.example.com',
      locale: 'de-DE',
      timeZone: 'Europe/Berlin',
      theme: 'dark',
    });
    expect(configFor({ server: 'https://own.example.com', locale: 'fr', theme: 'light' })).toMatchObject({
      server: 'https://own.example.com',
      locale: 'fr',
      theme: 'light',
    });
  });

  it('falls back, with a warning, from a locale or time zone that does not exist', () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue(undefined);
    init({ locale: 'de', timeZone: 'UTC' });
    expect(configFor({ locale: 'not_a_locale' }).locale).toBe('de');
    expect(() => new Intl.DateTimeFormat('en', configFor({ timeZone: 'Mars/Base' }))).not.toThrow();
    expect(warn).toHaveBeenCalledTimes(2);
    warn.mockRestore();
  });

  it('tells elements of every init until they leave', () => {
    let heard = 0;
    const stop = onConfigChange(() => {
      heard += 1;
    });
    init({ theme: 'dark' });
    stop();
    init({ theme: 'light' });
    expect(heard).toBe(1);
  });

  it('uses one function for one session-url, so that elements share a session', () => {
    const first = configFor({ sessionUrl: '/sales/session' }).fetchClientSecret;
    expect(first).toBeTypeOf('function');
    expect(configFor({ sessionUrl: '/sales/session' }).fetchClientSecret).toBe(first);
  });

  it('gives the session of init only to elements that ask for no other', () => {
    const session = { kind: 'cookie', server: '', fetch: fetch, onEnded: () => () => {}, end: () => {} } as const;
    init({ session });
    expect(configFor({}).session).toBe(session);
    expect(configFor({ server: 'https://own.example.com' }).session).toBeUndefined();
  });

  it('shares its settings with another copy of the script', async () => {
    vi.resetModules();
    const other = await import('../../../widgets/base/config.ts');
    expect(other.init).not.toBe(init);
    other.init({ locale: 'pt-BR' });
    expect(configFor({}).locale).toBe('pt-BR');
  });
});
