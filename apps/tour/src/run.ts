import type { TourSceneName, TourView } from "@weft/contracts/client";
import type { Locale } from "@weft/ui/i18n/locales.ts";
import { currentLocale } from "@weft/ui/i18n/i18n.ts";
import { ProblemError } from "@weft/ui/api/problem-error.ts";
import { api } from "./api.ts";
import { isScene, PLAYS, type Device, type Play, type Stop } from "./scenes.ts";
import { clearDevices } from "./stage.ts";

/** A scene that is being played. `turn` counts the replays, so that each begins with fresh frames. */
export type Run = {
  readonly scene: TourSceneName;
  readonly tour: TourView;
  readonly turn: number;
  /** In which language both apps opened. */
  readonly locale: Locale;
};

/** The names of the framed devices: their sessions and what they keep are apart by them. */
export const DEVICE: Readonly<Record<Device, string>> = { phone: "left", till: "right" };

export const playOf = ({ scene, tour }: Run): Play => PLAYS[scene][tour.level];
export const stopOf = ({ scene, tour }: Run): Stop => ({ scene, level: tour.level });

/** Sets the stage for a stop: the hub first, then this browser. A visit that has ended meanwhile begins anew there. */
export async function setStage(tour: TourView, stop: Stop, turn: number): Promise<Run> {
  try {
    return await stagedFor(tour, stop, turn);
  } catch (error) {
    if (!hasEnded(error)) throw error;
    return stagedFor(await api.ask("tour.begin", { body: {} }), stop, turn);
  }
}

async function stagedFor(tour: TourView, { scene, level }: Stop, turn: number): Promise<Run> {
  const switched = level === tour.level ? tour : await api.ask("tour.changeLevel", { body: { level } });
  const isFresh = scene === "sign_up" && turn === 1 && !switched.isSignedUp;
  const staged = isFresh ? switched : await api.ask("tour.setScene", { body: { scene } });
  clearDevices(Object.values(DEVICE));
  // The shop opens at the till's store: this is where it keeps which store was chosen.
  localStorage.setItem(`weft.shop.storeId@${DEVICE.phone}`, JSON.stringify(staged.placeId));
  rememberScene(scene);
  return { scene, tour: staged, turn, locale: currentLocale() };
}

/** After a day, or when another tab has begun anew, nobody is signed in here any more. */
const hasEnded = (error: unknown): boolean =>
  error instanceof ProblemError && (error.problem.status === 401 || error.problem.code === "tour.unknown");

/** The scene stands in the address, so that a reload plays it again. */
function rememberScene(scene: TourSceneName): void {
  const address = new URL(location.href);
  address.searchParams.set("scene", scene);
  history.replaceState(null, "", address);
}

/** The scene that the address asks for; the first when it names none. */
export function sceneAsked(): TourSceneName {
  const asked = new URLSearchParams(location.search).get("scene");
  return isScene(asked) ? asked : "sign_up";
}

/** Where a framed app begins. The phone calls with the key of its own channel. */
export function addressOf(run: Run, device: Device): string {
  const query = new URLSearchParams({ device: DEVICE[device], lang: run.locale });
  if (device === "phone") query.set("key", run.tour.publishableKey);
  return `${playOf(run)[device]}?${query.toString()}`;
}
