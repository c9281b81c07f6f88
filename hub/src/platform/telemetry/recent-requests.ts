/** What a node answered in the last minutes, by operation: for the health page, which knows no Prometheus. */
export type RecentRequests = {
  note(operation: string, status: number, seconds: number, statements: number): void;
  /** The busiest operations first. */
  report(): readonly OperationReport[];
  /** Shares of all requests; null when there were none. */
  errorRatio(): number | null;
  slowRatio(): number | null;
};

export type OperationReport = {
  readonly operation: string;
  readonly perMinute: number;
  /** Answers with 4xx and with 5xx. */
  readonly refused: number;
  readonly failed: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  /** SQL statements per request, on average. */
  readonly statements: number;
};

const MINUTE_MS = 60_000;
const MINUTES = 5;
/** Steps of a fifth: a quantile is told to within 10 %. From 0.2 ms to beyond a minute. */
const STEP = 1.2;
const FIRST_MS = 0.2;
const STEPS = 72;
const SLOW_MS = 1000;
/** Of so few requests all may be slow by chance, or all be the first after a start. */
const LEAST_FOR_SHARES = 100;

type Counts = { count: number; refused: number; failed: number; slow: number; statements: number; readonly steps: Uint32Array };

/** `now` is in milliseconds, of a clock that does not go back. */
export function createRecentRequests(now: () => number): RecentRequests {
  const minutes: { at: number; readonly operations: Map<string, Counts> }[] = [];

  function living(): Map<string, Counts>[] {
    const oldest = Math.floor(now() / MINUTE_MS) - MINUTES;
    while (minutes[0] && minutes[0].at <= oldest) minutes.shift();
    return minutes.map(({ operations }) => operations);
  }

  function present(): Map<string, Counts> {
    const at = Math.floor(now() / MINUTE_MS);
    const last = minutes.at(-1);
    if (last?.at === at) return last.operations;
    const operations = new Map<string, Counts>();
    minutes.push({ at, operations });
    living();
    return operations;
  }

  function share(of: (counts: Counts) => number): number | null {
    const all = living().flatMap((operations) => [...operations.values()]);
    const total = all.reduce((sum, { count }) => sum + count, 0);
    return total < LEAST_FOR_SHARES ? null : all.reduce((sum, counts) => sum + of(counts), 0) / total;
  }

  return {
    note(operation, status, seconds, statements) {
      const operations = present();
      const counts = operations.get(operation) ?? emptyCounts();
      operations.set(operation, counts);
      const milliseconds = seconds * 1000;
      counts.count += 1;
      counts.statements += statements;
      if (status >= 500) counts.failed += 1;
      else if (status >= 400) counts.refused += 1;
      if (milliseconds > SLOW_MS) counts.slow += 1;
      const step = stepOf(milliseconds);
      counts.steps[step] = (counts.steps[step] ?? 0) + 1;
    },
    report() {
      const all = new Map<string, Counts>();
      for (const operations of living())
        for (const [operation, counts] of operations) all.set(operation, added(all.get(operation) ?? emptyCounts(), counts));
      return [...all]
        .map(([operation, counts]) => reportOf(operation, counts, Math.max(1, minutes.length)))
        .toSorted((a, b) => b.perMinute - a.perMinute);
    },
    errorRatio: () => share(({ failed }) => failed),
    slowRatio: () => share(({ slow }) => slow),
  };
}

function emptyCounts(): Counts {
  return { count: 0, refused: 0, failed: 0, slow: 0, statements: 0, steps: new Uint32Array(STEPS) };
}

function added(to: Counts, from: Counts): Counts {
  return {
    count: to.count + from.count,
    refused: to.refused + from.refused,
    failed: to.failed + from.failed,
    slow: to.slow + from.slow,
    statements: to.statements + from.statements,
    steps: to.steps.map((count, step) => count + (from.steps[step] ?? 0)),
  };
}

function reportOf(operation: string, { count, refused, failed, statements, steps }: Counts, minutes: number): OperationReport {
  const at = (share: number): number => Math.round(quantile(steps, count * share) * 10) / 10;
  return {
    operation,
    perMinute: Math.round((count / minutes) * 10) / 10,
    refused,
    failed,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    statements: Math.round((statements / count) * 10) / 10,
  };
}

function stepOf(milliseconds: number): number {
  return Math.min(STEPS - 1, Math.max(0, Math.ceil(Math.log(milliseconds / FIRST_MS) / Math.log(STEP))));
}

/** The upper end of the step in which the `rank`-th request lies, in milliseconds. */
function quantile(steps: Uint32Array, rank: number): number {
  let seen = 0;
  for (const [step, count] of steps.entries()) {
    seen += count;
    if (seen >= rank) return FIRST_MS * STEP ** step;
  }
  return FIRST_MS * STEP ** STEPS;
}
