import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { Config } from './config.ts';

export const YEAR_SECONDS = 31_536_000;

/**
 * Who may make HTML out of text (Trusted Types): Lit, from the constant strings of its templates, and nobody else.
 * The browser refuses everything else that would put text into `innerHTML` or load a script by a made-up address.
 */
const TRUSTED_TYPES = ['lit-html'];

/** What our pages need of the browser: passkeys, the clipboard, the whole screen. All else is off, for frames too. */
const FEATURES = [
  'accelerometer=()',
  'autoplay=()',
  'camera=()',
  'clipboard-read=()',
  'clipboard-write=(self)',
  'display-capture=()',
  'encrypted-media=()',
  'fullscreen=(self)',
  'geolocation=()',
  'gyroscope=()',
  'hid=()',
  'idle-detection=()',
  'magnetometer=()',
  'microphone=()',
  'midi=()',
  'payment=()',
  'publickey-credentials-create=(self)',
  'publickey-credentials-get=(self)',
  'screen-wake-lock=()',
  'serial=()',
  'usb=()',
  'xr-spatial-tracking=()',
].join(', ');

/** Headers of every page of ours: nothing inline, nothing from elsewhere, never inside another site's frame. */
export function pageHeaders(config: Pick<Config, 'publicUrl'>): RequestHandler {
  const isSecure = config.publicUrl.startsWith('https:');
  const protect = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: TRUSTED_TYPES,
        ...(isSecure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: isSecure ? { maxAge: YEAR_SECONDS, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'same-origin' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    frameguard: { action: 'deny' },
  });
  return (req, res, next) => {
    res.setHeader('Permissions-Policy', FEATURES);
    protect(req, res, next);
  };
}

/** Headers of answers that are no pages: opened in a browser all the same, they do nothing. */
export const dataHeaders: RequestHandler = (_req, res, next) => {
  res.setHeader('Cache-Control', 'no-store');
  res.setHeader('X-Content-Type-Options', 'nosniff');
  res.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  res.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  next();
};
