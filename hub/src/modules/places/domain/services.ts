/**
 * What a place may offer, by the codes that every channel has words for [PLA-8]. `collect` and `ship` are what promises are made of: a store
 * without them takes no order that is fetched later, or sends no parcel (a warehouse always does). The others are told to customers.
 */
export const SERVICES = ["collect", "ship", "eat_in", "terrace", "wifi", "accessible", "early_opening", "late_opening"] as const;

export type Service = (typeof SERVICES)[number];
