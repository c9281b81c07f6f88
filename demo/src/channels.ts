import { demoId } from "./ids.ts";
import { entityIdOf } from "./places/entities.ts";
import type { Country, DemoChannel, DemoChannelKind } from "./types.ts";

type ChannelSketch = readonly [code: string, kind: DemoChannelKind, name: string, country: Country, vouches: boolean, keyTail: string];

/**
 * One shop and one app for the whole chain, the tills of each company, and what staff work with. New channels go to the end: ids count along.
 * The keys are fixed and public; the beginnings `pk_demo_` and `sk_demo_` tell a hub in production to refuse them.
 */
const CHANNELS: readonly ChannelSketch[] = [
  ["online", "web", "Trama online", "FR", true, "online_7hT2mQ9xW4cRb8Lz"],
  ["app", "app", "Trama app", "FR", true, "app_3nK8vD5sJ1yFg6Pa"],
  ["store-fr", "store", "Trama stores France", "FR", false, "store_fr_9cX4tB7wN2mHk5Qe"],
  ["store-de", "store", "Trama stores Deutschland", "DE", false, "store_de_6zL1rG8pV3dSj4Uo"],
  ["store-ca", "store", "Trama stores Catalunya", "ES", false, "store_ca_2yM5fC9qA7bTn8Ri"],
  ["office", "office", "Trama office", "FR", false, "office_8wE3kH6uZ1xJv5Df"],
  ["phone", "phone", "Trama by phone", "FR", false, "phone_5gN9aS2oX7tLc4By"],
  ["email", "email", "Trama by e-mail", "FR", false, "email_1pR6jV4mK8eQw3Hz"],
];

export function demoChannels(seed: number): readonly DemoChannel[] {
  return CHANNELS.map(([code, kind, name, country, vouches, keyTail], n) => ({
    id: demoId("channel", n, seed),
    code,
    kind,
    name,
    entityId: entityIdOf(country, seed),
    linkLevel: "linked",
    vouches,
    publishableKey: `pk_demo_${keyTail}`,
    secretKey: `sk_demo_${keyTail}`,
  }));
}

/** The channel of the tills of a country. */
export function storeChannelCode(country: Country): string {
  return country === "ES" ? "store-ca" : `store-${country.toLowerCase()}`;
}
