import type { BodyOf } from "@weft/contracts/client";

export const KINDS = ["store", "warehouse", "both"] as const;

/** A place as it is typed. Coordinates are degrees, with a point or a comma. */
export type PlaceDraft = {
  readonly name: string;
  readonly code: string;
  readonly kind: (typeof KINDS)[number];
  readonly entityId: string;
  readonly groupId: string | null;
  readonly line1: string;
  readonly postcode: string;
  readonly city: string;
  readonly country: string;
  readonly latitude: string;
  readonly longitude: string;
};

/** What is sent of it. */
export function placeBody({ line1, postcode, city, country, latitude, longitude, ...rest }: PlaceDraft): BodyOf<"places.create"> {
  return {
    ...rest,
    address: { line1, postcode, city, country: country.toUpperCase() },
    latitude: degrees(latitude),
    longitude: degrees(longitude),
  };
}

function degrees(typed: string): number {
  return Number(typed.trim().replace(",", "."));
}
