import type { BoardQueueView, CategoryView, ProductSummaryView, SessionView, StationQueueView } from "@weft/contracts/client";
import { readStored, writeStored } from "@weft/ui/browser/storage.ts";

/** The menu of a store, and when the hub said so (ISO 8601). */
export type Menu = { readonly categories: readonly CategoryView[]; readonly products: readonly ProductSummaryView[]; readonly at: string };

/** What a board shows after a cut before the hub answers. */
type Kept = {
  readonly session: SessionView;
  readonly queue: BoardQueueView;
  readonly menu: Menu;
  readonly stations: StationQueueView;
};

function keep<Name extends keyof Kept>(name: Name, placeId: string, value: Kept[Name] | null): void {
  writeStored(`weft.board.${name}.${placeId}`, value === null ? null : JSON.stringify(value));
}

function read<Name extends keyof Kept>(name: Name, placeId: string): Kept[Name] | undefined {
  const text = readStored(`weft.board.${name}.${placeId}`);
  if (text === null) return undefined;
  try {
    return JSON.parse(text) as Kept[Name]; // written by `keep` under the same name
  } catch {
    return undefined;
  }
}

/** Keeps who this screen is; a screen that is no board any more is forgotten. */
export function keepBoard(session: SessionView): SessionView {
  keep("session", "", session.device?.kind === "board" ? { ...session, staff: null } : null);
  return session;
}

export const keptBoard = (): SessionView | undefined => read("session", "");

export function keepQueue(placeId: string, queue: BoardQueueView): BoardQueueView {
  keep("queue", placeId, queue);
  return queue;
}

export const keptQueue = (placeId: string): BoardQueueView | undefined => read("queue", placeId);

export function keepMenu(placeId: string, menu: Menu): Menu {
  keep("menu", placeId, menu);
  return menu;
}

export const keptMenu = (placeId: string): Menu | undefined => read("menu", placeId);

export function keepStations(placeId: string, stations: StationQueueView): StationQueueView {
  keep("stations", placeId, stations);
  return stations;
}

export const keptStations = (placeId: string): StationQueueView | undefined => read("stations", placeId);

const STATION = "weft.board.station";

/** The station at which this screen stands; null: all of them. */
export const keptStation = (): string | null => readStored(STATION);

export const keepStation = (station: string | null): void => writeStored(STATION, station);

const SOUND = "weft.board.sound";

/** Whether a new ticket is heard. */
export const isSoundOn = (): boolean => readStored(SOUND) === "on";

export function setSound(isOn: boolean): void {
  writeStored(SOUND, isOn ? "on" : null);
}
