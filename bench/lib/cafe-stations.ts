/** Something that stations make. Times are milliseconds, work is seconds by station. */
export type Job = {
  readonly placedAt: number;
  readonly work: Readonly<Record<string, number>>;
  /** What the stations really need. */
  readonly takes: Readonly<Record<string, number>>;
  /** When it should be there. */
  dueAt: number;
  /** What its customer was told last; null: nothing was. */
  promise: number | null;
  /** When each station is done with its part, once it has begun. */
  readonly made: Record<string, number>;
  begunAt?: number;
  /** When all of it is there, once every station has begun. */
  doneAt?: number;
};

type Station = { readonly name: string; readonly freeAt: number[]; readonly begun: Set<Job> };

/** Nobody begins earlier than so long before something is due. */
const EARLIEST_MS = 15 * 60_000;

/**
 * Has stations with so many hands make what comes, in the order of their screens: what is due first. `arrive` is called at each of the times and adds to
 * `jobs`; then everything that can be begun before the next arrival is.
 */
export function makeAll<T extends Job>(
  hands: Readonly<Record<string, number>>,
  jobs: readonly T[],
  times: readonly number[],
  arrive: (index: number, now: number) => void,
): void {
  const stations = Object.entries(hands).map(([name, count]): Station => ({
    name,
    freeAt: Array.from({ length: count }, () => 0),
    begun: new Set(),
  }));
  times.forEach((now, index) => {
    for (const station of stations) work(station, jobs, now);
    arrive(index, now);
  });
  for (const station of stations) work(station, jobs, Infinity);
}

/** What a station begins before an instant, one after the other. */
function work(station: Station, jobs: readonly Job[], until: number): void {
  for (;;) {
    const hand = station.freeAt.indexOf(Math.min(...station.freeAt));
    const free = station.freeAt[hand] ?? 0;
    const waiting = jobs.filter((job) => (job.takes[station.name] ?? 0) > 0 && !station.begun.has(job));
    const next = nextOf(waiting, free);
    if (!next || next.from >= until) return;
    const { job, from } = next;
    const done = from + (job.takes[station.name] ?? 0) * 1000;
    station.begun.add(job);
    station.freeAt[hand] = done;
    job.begunAt = Math.min(job.begunAt ?? Infinity, from);
    job.made[station.name] = done;
    if (Object.keys(job.takes).every((name) => job.made[name] !== undefined)) job.doneAt = Math.max(...Object.values(job.made));
  }
}

/** What is begun next by somebody who is free from an instant on: of what may be begun by then what is due first, else what may be begun first. */
function nextOf(waiting: readonly Job[], free: number): { readonly job: Job; readonly from: number } | undefined {
  const mayBegin = (job: Job): number => Math.max(job.placedAt, job.dueAt - EARLIEST_MS);
  const ready = waiting.filter((job) => mayBegin(job) <= free).sort((a, b) => a.dueAt - b.dueAt)[0];
  if (ready) return { job: ready, from: free };
  const first = waiting.toSorted((a, b) => mayBegin(a) - mayBegin(b))[0];
  return first && { job: first, from: Math.max(free, mayBegin(first)) };
}
