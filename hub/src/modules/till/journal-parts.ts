import type { Job, Route, Subscriber } from "../../platform/index.ts";
import { archiveJobs } from "./archive/jobs.ts";
import { tseJobs } from "./country/germany/sign-tickets.ts";
import { journalRoutes, type JournalDeps } from "./journal-routes.ts";
import { fiscalJobs } from "./journal/jobs.ts";

export type JournalParts = {
  readonly routes: readonly Route[];
  readonly jobs: readonly Job[];
  readonly subscribers: readonly Subscriber[];
};

/** The journal in the office, its archives and verifications, and what a German register's device signs; `tse`: null where there is none. */
export function journalParts(deps: JournalDeps): JournalParts {
  const [archives, device] = [archiveJobs(deps), tseJobs(deps)];
  return {
    routes: journalRoutes(deps),
    jobs: [...fiscalJobs(deps.signer), ...archives.jobs, ...device.jobs],
    subscribers: [...archives.subscribers, ...device.subscribers],
  };
}
