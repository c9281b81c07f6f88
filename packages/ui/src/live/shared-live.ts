import { newId } from "@weft/kernel";
import { followers, type SubjectChange, type Wanted } from "./followers.ts";
import type { LiveMessage } from "./merge.ts";
import type { LiveState } from "./state.ts";
import { keepStream } from "./stream.ts";

export type LiveSettings = {
  /** Names the lock and the channel: one stream per app and framed device of a browser. */
  readonly name: string;
  readonly open: (lastEventId: string | undefined, signal: AbortSignal) => Promise<Response>;
  /** Tells the hub what a stream shall carry; it then sends each new subject as it is. False: it does not have this stream, open another. */
  readonly follow: (stream: string, change: SubjectChange) => Promise<boolean>;
  readonly onMessage: (message: LiveMessage) => void;
  /** The hub was restored from a backup: versions count anew, so what is held is older or newer than it says. */
  readonly onRestored: () => void;
};

/** The live stream as the screens of one tab see it. */
export type Live = {
  /** Follows a subject until the answered function is called. */
  readonly follow: (wanted: Wanted) => () => void;
  readonly state: () => LiveState;
  readonly onState: (listener: () => void) => () => void;
};

type Said =
  | { readonly kind: "want"; readonly tab: string; readonly wanted: readonly Wanted[] }
  | { readonly kind: "roll-call" }
  | { readonly kind: "state"; readonly state: LiveState }
  | { readonly kind: "restored" }
  | { readonly kind: "message"; readonly message: LiveMessage };

const locks = "locks" in navigator ? navigator.locks : undefined;

/**
 * One stream for all tabs of an app in this browser (browsers allow six HTTP/1.1 connections per host): the tab that gets the
 * Web Lock holds it, the others tell it by BroadcastChannel what they want and hear from it what came. When that tab closes,
 * the lock goes to the next one, which calls the roll.
 */
export function shareLive(settings: LiveSettings): Live {
  const tab = newId<ReturnType<typeof newId>>();
  const channel = new BroadcastChannel(settings.name);
  const wanted = new Map<string, { readonly wanted: Wanted; uses: number }>();
  const listeners = new Set<() => void>();
  let state: LiveState = { kind: "connecting" };
  let hear: (said: Said) => void = () => undefined;

  const say = (said: Said): void => {
    channel.postMessage(said);
    receive(said);
  };
  const sayWants = (): void => say({ kind: "want", tab, wanted: [...wanted.values()].map((entry) => entry.wanted) });

  function receive(said: Said): void {
    hear(said);
    if (said.kind === "message") settings.onMessage(said.message);
    if (said.kind === "restored") settings.onRestored();
    if (said.kind === "state") {
      state = said.state;
      for (const listener of listeners) listener();
    }
    if (said.kind === "roll-call") sayWants();
  }

  // What arrives on this channel was posted by `say` of another tab of the same app.
  channel.addEventListener("message", (event: MessageEvent<Said>) => receive(event.data));
  // Held for as long as this tab lives: whoever gets it knows that the tab is gone.
  void locks?.request(`${settings.name}/${tab}`, () => new Promise<never>(() => undefined));
  void withLock(settings.name, () => {
    const lead = leadStream(settings, say);
    hear = lead.hear;
    say({ kind: "roll-call" });
    return lead.ended;
  });
  sayWants();

  return {
    follow(next) {
      const entry = wanted.get(next.subject) ?? { wanted: next, uses: 0 };
      entry.uses += 1;
      wanted.set(next.subject, entry);
      if (entry.uses === 1) sayWants();
      return () => {
        entry.uses -= 1;
        if (entry.uses > 0) return;
        wanted.delete(next.subject);
        sayWants();
      };
    },
    state: () => state,
    onState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The leading tab: keeps the stream and the book of who wants what, and passes on what comes. */
function leadStream(
  settings: LiveSettings,
  say: (said: Said) => void,
): { readonly hear: (said: Said) => void; readonly ended: Promise<void> } {
  const book = followers();
  const known = new Set<string>();
  let stream: string | undefined;
  let epoch: number | undefined;
  let line = new AbortController();
  let current: LiveState = { kind: "connecting" };

  async function tell(change: SubjectChange): Promise<void> {
    if (stream === undefined || (change.add.length === 0 && change.remove.length === 0)) return;
    const told = stream;
    // A stream that does not carry what is wanted would show old figures as live ones.
    if (!(await settings.follow(told, change)) && stream === told) line.abort();
  }

  function hear(said: Said): void {
    if (said.kind !== "want") return;
    if (!known.has(said.tab)) {
      known.add(said.tab);
      say({ kind: "state", state: current });
      void locks?.request(`${settings.name}/${said.tab}`, () => {
        known.delete(said.tab);
        return tell(book.drop(said.tab));
      });
    }
    void tell(book.want(said.tab, said.wanted));
  }

  const ended = keepStream(
    {
      open(lastEventId, signal) {
        stream = undefined;
        line = new AbortController();
        return settings.open(lastEventId, AbortSignal.any([signal, line.signal]));
      },
      onState(state) {
        current = state;
        say({ kind: "state", state });
      },
      onEvent({ name, data }) {
        const json: unknown = JSON.parse(data);
        if (name === "hello") {
          const hello = json as { stream: string; epoch: number }; // the first event of every stream, by the API
          stream = hello.stream;
          if (epoch !== undefined && epoch !== hello.epoch) say({ kind: "restored" });
          epoch = hello.epoch;
          void tell({ add: book.all(), remove: [] });
        } else say({ kind: "message", message: json as LiveMessage }); // every other event is a message, by the API
      },
    },
    new AbortController().signal,
  );
  return { hear, ended };
}

/** Runs when this tab may lead. Without locks (an insecure address) each tab is alone and leads itself. */
function withLock(name: string, run: () => Promise<void>): Promise<void> {
  return locks ? locks.request(name, run) : run();
}
