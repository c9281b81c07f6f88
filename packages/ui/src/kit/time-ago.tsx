import { useSyncExternalStore } from "react";
import { formatAgo, formatDateTime } from "../i18n/format.ts";

const MINUTE_MS = 60_000;
const listeners = new Set<() => void>();
let minute = currentMinute();
let timer: ReturnType<typeof setInterval> | undefined;

/** How long ago something was, kept true as time goes on. The exact time in the place's zone is the title. */
export function TimeAgo({ at, timeZone }: { readonly at: string; readonly timeZone?: string | undefined }) {
  const now = useSyncExternalStore(subscribe, currentMinute);
  return (
    <time dateTime={at} title={formatDateTime(at, { timeZone })}>
      {formatAgo(at, new Date(now * MINUTE_MS))}
    </time>
  );
}

// One clock for all of a page: a list of a hundred rows needs no hundred timers.
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, 15_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  if (minute === currentMinute()) return;
  minute = currentMinute();
  for (const listener of listeners) listener();
}

function currentMinute(): number {
  return Math.floor(Date.now() / MINUTE_MS);
}
