export const OFFER_KINDS = ["link", "quote", "proposal"] as const;
/** `paying`: a provider is being asked right now. `taken`: its customer has taken all of it over into their own cart. `expired` can be renewed. */
export const OFFER_STATES = ["open", "paying", "ordered", "expired", "declined", "taken", "revoked", "replaced"] as const;
