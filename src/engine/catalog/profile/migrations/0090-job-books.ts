import type { Migration } from '../migrating.ts';

/** Jobs from before there were windows and conditions run at any time, as they did. */
export const jobBooks: Migration = {
  number: 90,
  sql: `
    CREATE TABLE job_books (id TEXT PRIMARY KEY, body TEXT NOT NULL);
    UPDATE jobs SET body = json_insert(body, '$.timing', json('{
      "windows": null, "windowEnd": "item", "slowBytesPerSecond": 1000000, "batteryAbove": 0, "onMetered": true, "networks": [],
      "missed": "run", "delayMs": 0, "retries": 2, "retryPauseMs": 900000, "enoughMs": 0
    }'));
  `,
};
