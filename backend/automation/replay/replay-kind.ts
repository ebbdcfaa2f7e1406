/** The job that finds out what a rule would have done. */
export const REPLAY_KIND = 'automation.replay';
