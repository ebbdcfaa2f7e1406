/** The job that calls another system. */
export const WEBHOOK_KIND = 'automation.webhook';
