import { eventStreamReader, type ServerEvent } from "./event-stream.ts";
import { retryDelay, stateWithoutStream, type LiveState } from "./state.ts";

/** The hub sends a comment every 15 s; a line this silent is dead although nobody closed it. */
const SILENCE_MS = 40_000;
/** A stream that lasted this long was a good one: the pauses begin anew after it. */
const GOOD_MS = 5000;

export type StreamSettings = {
  /** Opens the stream; the position seen last lets the hub send what was missed. */
  readonly open: (lastEventId: string | undefined, signal: AbortSignal) => Promise<Response>;
  readonly onEvent: (event: ServerEvent) => void;
  readonly onState: (state: LiveState) => void;
};

/**
 * Keeps one event stream open for as long as the page lives, with growing pauses between tries.
 * Read by fetch and not by EventSource: that one can name no session, tells a dead line from a quiet one only by chance,
 * and gives up for good on the first answer that is no stream.
 */
export async function keepStream(settings: StreamSettings, ended: AbortSignal): Promise<void> {
  let lastEventId: string | undefined;
  let lostAt: number | undefined;
  let failures = 0;
  settings.onState({ kind: "connecting" });
  while (!ended.aborted) {
    const openedAt = Date.now();
    let greeted = false;
    await readOnce(settings, lastEventId, ended, (event) => {
      lastEventId = event.id ?? lastEventId;
      if (event.name === "hello") {
        greeted = true;
        lostAt = undefined;
        settings.onState({ kind: "live" });
      }
      settings.onEvent(event);
    });
    if (ended.aborted) return;
    failures = greeted && Date.now() - openedAt > GOOD_MS ? 0 : failures + 1;
    lostAt ??= Date.now();
    // The hub ends streams now and then, to ask for rights again: only a try that fails is worth telling.
    if (!greeted || !navigator.onLine) settings.onState(stateWithoutStream(lostAt, Date.now(), navigator.onLine));
    await pause(retryDelay(failures, Math.random()), ended);
  }
}

/** Reads one stream to its end, whatever ends it. Never throws: the next try says more than an error here would. */
async function readOnce(
  settings: StreamSettings,
  lastEventId: string | undefined,
  ended: AbortSignal,
  onEvent: (event: ServerEvent) => void,
): Promise<void> {
  const line = new AbortController();
  const close = (): void => line.abort();
  ended.addEventListener("abort", close);
  // A dead network leaves the connection standing until it has been silent for long: the reader is told at once.
  addEventListener("offline", close);
  let silence = setTimeout(close, SILENCE_MS);
  try {
    const response = await settings.open(lastEventId, line.signal);
    if (!response.ok || !response.body) return;
    const read = eventStreamReader(onEvent);
    const pieces = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let piece = await pieces.read(); !piece.done; piece = await pieces.read()) {
      clearTimeout(silence);
      silence = setTimeout(close, SILENCE_MS);
      read(piece.value);
    }
  } catch {
    // A lost network is the usual end of a stream; the state says so to the reader.
  } finally {
    clearTimeout(silence);
    ended.removeEventListener("abort", close);
    removeEventListener("offline", close);
    close();
  }
}

/** Waits, but not past the moment when the network comes back. */
function pause(milliseconds: number, ended: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      clearTimeout(timer);
      removeEventListener("online", go);
      ended.removeEventListener("abort", go);
      resolve();
    };
    const timer = setTimeout(go, milliseconds);
    addEventListener("online", go);
    ended.addEventListener("abort", go);
  });
}
