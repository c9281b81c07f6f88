import type { JointPromise } from "./promise.ts";

/** A place that could serve goods instead of another. */
export type Alternative = {
  readonly placeId: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly promise: JointPromise;
};

/** Farther than this nobody is sent to fetch what they ordered elsewhere: about an hour on foot. */
export const MOST_METERS_ELSEWHERE = 5000;

const WAITS: ReadonlySet<string> = new Set(["backorder", "preorder"]);

/** The nearest place that can serve what another cannot, within a walk [PRM-7]; undefined when there is none. One that has to wait itself cannot. */
export function nearestAlternative<T extends Alternative>(
  from: Pick<Alternative, "latitude" | "longitude">,
  candidates: readonly T[],
): T | undefined {
  const near = candidates
    .map((candidate) => ({ candidate, meters: metersBetween(from, candidate) }))
    .filter(
      ({ candidate, meters }) =>
        candidate.promise.promiseAt !== null && !WAITS.has(candidate.promise.because?.kind ?? "") && meters <= MOST_METERS_ELSEWHERE,
    );
  return near.sort((a, b) => a.meters - b.meters)[0]?.candidate;
}

/** Along the sphere, by the haversine formula. */
export function metersBetween(a: Pick<Alternative, "latitude" | "longitude">, b: Pick<Alternative, "latitude" | "longitude">): number {
  const [lat1, lat2] = [toRadians(a.latitude), toRadians(b.latitude)];
  const half = Math.sin((lat2 - lat1) / 2) ** 2 + Math.cos(lat1) * Math.cos(lat2) * Math.sin(toRadians(b.longitude - a.longitude) / 2) ** 2;
  return 2 * 6_371_008 * Math.asin(Math.min(1, Math.sqrt(half)));
}

const toRadians = (degrees: number): number => (degrees * Math.PI) / 180;
