import type { TourSceneName, TourView } from "@weft/contracts/client";
import { currentLocale } from "@weft/ui/i18n/i18n.ts";
import { api } from "./api.ts";
import { PLAYS, type Device, type Level, type Play } from "./scenes.ts";
import { clearDevices } from "./stage.ts";

/** A scene that is being played. `turn` counts the replays, so that each begins with fresh frames. */
export type Run = {
  readonly scene: TourSceneName;
  readonly tour: TourView;
  readonly turn: number;
  /** Seams of before this scene. */
  readonly known: ReadonlySet<string>;
};

/** The names of the framed devices: their sessions and what they keep are apart by them. */
export const DEVICE: Readonly<Record<Device, string>> = { phone: "left", till: "right" };

export const playOf = ({ scene, tour }: Run): Play => PLAYS[scene][tour.level];

/** Sets the stage for a scene on a level: the hub first, then this browser. */
export async function setStage(tour: TourView, scene: TourSceneName, level: Level, turn: number): Promise<Run> {
  const switched = level === tour.level ? tour : await api.ask("tour.changeLevel", { body: { level } });
  const isFresh = scene === "sign_up" && !switched.isSignedUp;
  const staged = isFresh ? switched : await api.ask("tour.setScene", { body: { scene } });
  clearDevices(Object.values(DEVICE));
  // The shop opens at the till's store: this is where it keeps which store was chosen.
  localStorage.setItem(`weft.shop.storeId@${DEVICE.phone}`, JSON.stringify(staged.placeId));
  const seams = await api.ask("customers.seams", { params: { id: "me" }, query: { limit: 100 } });
  return { scene, tour: staged, turn, known: new Set(seams.items.map(({ id }) => id)) };
}

/** Where a framed app begins. The phone calls with the key of its own channel. */
export function addressOf(run: Run, device: Device): string {
  const query = new URLSearchParams({ device: DEVICE[device], lang: currentLocale() });
  if (device === "phone") query.set("key", run.tour.publishableKey);
  return `${playOf(run)[device]}?${query.toString()}`;
}
