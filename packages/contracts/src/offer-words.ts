export const OFFER_KINDS = ["link", "quote"] as const;
/** `paying`: a provider is being asked right now. `expired` can be renewed. */
export const OFFER_STATES = ["open", "paying", "ordered", "expired", "declined", "revoked", "replaced"] as const;
