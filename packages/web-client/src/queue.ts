import type { WireEvent } from "./event.ts";
import type { Storage } from "./storage.ts";

/** Events that wait to be sent, oldest first. They are there again after a reload, and leave when the hub has answered. */
export type Queue = {
  add(event: WireEvent): void;
  /** The oldest ones, up to so many, and together up to so many characters as JSON. */
  first(most: number, mostCharacters: number): WireEvent[];
  remove(events: readonly WireEvent[]): void;
  clear(): void;
};

const PREFIX = "event:";

/**
 * Each event is an entry of its own, so that two tabs that add at the same time take nothing from each other. Past `most` the oldest is
 * dropped: a site that cannot be reached for days must not fill the visitor's disk.
 */
export function openQueue(storage: Storage, most = 1000): Queue {
  const names = () =>
    storage
      .names()
      .filter((name) => name.startsWith(PREFIX))
      .sort();
  const nameOf = ({ messageId }: WireEvent) => PREFIX + messageId;
  return {
    add(event) {
      for (const name of names().slice(0, -(most - 1))) storage.remove(name);
      storage.set(nameOf(event), JSON.stringify(event));
    },
    first(most, mostCharacters) {
      const events: WireEvent[] = [];
      let characters = 0;
      for (const name of names().slice(0, most)) {
        const text = storage.get(name) ?? "";
        const event = readEvent(text);
        // Somebody else's hand was at it: it would stand before all others for ever.
        if (!event) storage.remove(name);
        else if (events.length > 0 && characters + text.length > mostCharacters) break;
        else events.push(event);
        characters += text.length;
      }
      return events;
    },
    remove: (events) => events.forEach((event) => storage.remove(nameOf(event))),
    clear: () => names().forEach((name) => storage.remove(name)),
  };
}

function readEvent(text: string): WireEvent | undefined {
  try {
    return JSON.parse(text) as WireEvent; // as it was added
  } catch {
    return undefined;
  }
}
