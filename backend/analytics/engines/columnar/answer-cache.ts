/** The last answers. Equal questions that come while one is being answered wait for that answer. */
export interface AnswerCache<Answer> {
  /** The answer to `key` at this version of the facts. What fails is not kept. */
  get(version: number, key: string, answer: () => Promise<Answer>): Promise<Answer>;
}

export function createAnswerCache<Answer>(most: number): AnswerCache<Answer> {
  const answers = new Map<string, Promise<Answer>>();
  let versionHeld = -1;
  return {
    get(version, key, answer) {
      if (version !== versionHeld) answers.clear();
      versionHeld = version;
      const known = answers.get(key);
      if (known) {
        // The order of a map is that of its insertions: the first one was asked for longest ago.
        answers.delete(key);
        answers.set(key, known);
        return known;
      }
      const found = answer();
      answers.set(key, found);
      found.catch(() => {
        if (answers.get(key) === found) answers.delete(key);
      });
      const [oldest] = answers.keys();
      if (answers.size > most && oldest !== undefined) answers.delete(oldest);
      return found;
    },
  };
}
