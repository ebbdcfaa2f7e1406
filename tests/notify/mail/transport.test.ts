import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mailTransport, verifyMail } from '../../../backend/notify/mail/index.ts';
import { testCertificate } from '../../support/certificate.ts';
import { testConfig } from '../../support/config.ts';
import { type Mailbox, startMailbox } from '../../support/mailbox.ts';
import { freePort } from '../../support/ports.ts';

const ours = testCertificate('localhost');
const theirs = testCertificate('mail.elsewhere.example');
const login = { username: 'crm', password: 'secret of the mail server' };
let plain: Mailbox;
let startTls: Mailbox;
let tls: Mailbox;
let elsewhere: Mailbox;

beforeAll(async () => {
  plain = await startMailbox({ refuses: (address) => address.startsWith('gone') });
  startTls = await startMailbox({ certificate: ours, login });
  tls = await startMailbox({ certificate: ours, isSecure: true });
  elsewhere = await startMailbox({ certificate: theirs, isSecure: true });
});
afterAll(() => Promise.all([plain, startTls, tls, elsewhere].map((mailbox) => mailbox.close())));

const configFor = (port: number, more: NodeJS.ProcessEnv = {}) =>
  testConfig({
    MAIL_SERVER: 'localhost',
    MAIL_PORT: String(port),
    MAIL_DEFAULT_SENDER: 'SalesPulse <crm@example.com>',
    ...more,
  });
const withLogin = { MAIL_USERNAME: login.username, MAIL_PASSWORD: login.password };
const mail = (address = 'ada@example.com') => ({
  to: { name: 'Ada, the "first"', address },
  subject: 'Grüße',
  text: 'plain words',
  html: '<p>marked words</p>',
});
const send = (port: number, more: NodeJS.ProcessEnv = {}, ca?: string, address?: string) =>
  mailTransport(configFor(port, more), ca === undefined ? {} : { ca })?.send(mail(address));

describe('sending', () => {
  it('hands over both parts, sender and recipient', async () => {
    await send(plain.port);
    const got = await plain.mailTo('ada@example.com');
    expect(got.subject).toBe('Grüße');
    expect(got.text?.trim()).toBe('plain words');
    expect(got.html).toContain('<p>marked words</p>');
    expect(got.from?.value).toEqual([{ name: 'SalesPulse', address: 'crm@example.com' }]);
    expect([got.to].flat()[0]?.value).toEqual([{ name: 'Ada, the "first"', address: 'ada@example.com' }]);
  });

  it('uses STARTTLS and the login where asked for', async () => {
    await send(startTls.port, { MAIL_USE_TLS: 'true', ...withLogin }, ours.cert);
    expect(startTls.wasEncrypted).toEqual([true]);
  });

  it('uses TLS from the start where asked for', async () => {
    await send(tls.port, { MAIL_USE_SSL: 'true' }, ours.cert);
    expect(tls.wasEncrypted).toEqual([true]);
  });
});

describe('refusing', () => {
  it('a certificate that nobody vouches for', async () => {
    await expect(send(tls.port, { MAIL_USE_SSL: 'true' })).rejects.toThrow(
      /certificate that this server does not trust/,
    );
    await expect(send(startTls.port, { MAIL_USE_TLS: 'true', ...withLogin })).rejects.toThrow(/certificate/);
  });

  it('a certificate of another host', async () => {
    await expect(send(elsewhere.port, { MAIL_USE_SSL: 'true' }, theirs.cert)).rejects.toThrow(/certificate.*localhost/);
    expect(elsewhere.mails).toEqual([]);
  });

  it('to go on in plain text when STARTTLS is asked for and not offered', async () => {
    const before = plain.mails.length;
    await expect(send(plain.port, { MAIL_USE_TLS: 'true' })).rejects.toThrow(/does not offer STARTTLS/);
    expect(plain.mails.length).toBe(before);
  });
});

describe('what went wrong, in one sentence', () => {
  it('nobody listens', async () => {
    const port = await freePort();
    await expect(send(port)).rejects.toThrow(new RegExp(`^The mail server localhost:${port} can't be reached \\(`));
  });

  it('the login is wrong', async () => {
    const wrong = { MAIL_USE_TLS: 'true', MAIL_USERNAME: 'crm', MAIL_PASSWORD: 'wrong' };
    await expect(send(startTls.port, wrong, ours.cert)).rejects.toThrow(/refuses MAIL_USERNAME and MAIL_PASSWORD\.$/);
  });

  it('the recipient is unknown: final, with the words of the server', async () => {
    await expect(send(plain.port, {}, undefined, 'gone@example.com')).rejects.toMatchObject({
      isFinal: true,
      message: expect.stringContaining('no such mailbox here'),
    });
  });

  it('a password never stands in it', async () => {
    const wrong = { MAIL_USE_TLS: 'true', MAIL_USERNAME: 'crm', MAIL_PASSWORD: 'unmistakable' };
    const error = await send(startTls.port, wrong, ours.cert)?.catch((reason: Error) => reason);
    expect(String(error)).not.toContain('unmistakable');
  });
});

describe('trying out', () => {
  it('is content with a server that answers', async () => {
    await expect(verifyMail(configFor(plain.port))).resolves.toBeUndefined();
  });

  it('says when there is no server', async () => {
    await expect(verifyMail(testConfig())).rejects.toThrow('No mail server is configured: set MAIL_SERVER.');
    await expect(verifyMail(configFor(await freePort()))).rejects.toThrow(/can't be reached/);
  });
});
