/** Columns that say who somebody is; every kind of file may have them. */
const WHO = ["externalId", "email", "phone", "cardNumber"] as const;

/** What a column of a file may be. `trait` keeps it under its own name, `ignore` leaves it out. */
export const IMPORT_FIELDS = {
  customers: [
    ...WHO,
    "givenName",
    "familyName",
    "fullName",
    "birthDate",
    "street",
    "street2",
    "postcode",
    "city",
    "country",
    "locale",
    "since",
    "optInEmail",
    "optInSms",
    "optInPhone",
    "optInPost",
    "optInTime",
    "optInSource",
    "trait",
    "ignore",
  ],
  events: [...WHO, "event", "time", "messageId", "trait", "ignore"],
  consents: [...WHO, "purpose", "topic", "channelKind", "state", "time", "source", "wordingVersion", "ignore"],
} as const;
