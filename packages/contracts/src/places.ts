import { z } from "zod";
import { IdParams, Instant, LocalDate, PageQuery, Uuid, pageOf, type Endpoint } from "./shared.ts";

export const LegalEntity = z
  .object({
    id: Uuid,
    name: z.string(),
    country: z.string().length(2),
    vatId: z.string().nullable(),
    currency: z.string().length(3),
    timeZone: z.string(),
  })
  .meta({ id: "LegalEntity" });

/** Minutes after midnight in the place's zone; `until` may pass 1440 and then belongs to the day it starts on. */
export const OpeningInterval = z
  .object({ from: z.int().min(0).max(1439), until: z.int().min(1).max(2880) })
  .meta({ id: "OpeningInterval" });
export const OpeningHours = z
  .object({
    /** Seven lists, Monday first. */
    weekly: z.array(z.array(OpeningInterval)).length(7),
    exceptions: z.array(z.object({ date: LocalDate, name: z.string(), intervals: z.array(OpeningInterval) })),
  })
  .meta({ id: "OpeningHours" });

export const OpenState = z
  .object({ state: z.enum(["open", "closing_soon", "closed"]), nextChange: Instant.nullable(), because: z.string().nullable() })
  .meta({ id: "OpenState" });

export const Address = z
  .object({
    line1: z.string().max(120),
    line2: z.string().max(120).optional(),
    postcode: z.string().max(16),
    city: z.string().max(80),
    country: z.string().length(2),
  })
  .meta({ id: "Address" });

/** How a store prepares for a while. `waitMinutes` null: it takes nothing ahead for before `until`. */
export const Pace = z
  .object({
    until: Instant,
    waitMinutes: z.int().nullable(),
    /** None of the devices of the store is heard: nothing is taken for earlier than `until`. */
    isAway: z.boolean(),
  })
  .meta({ id: "Pace" });

/** A store as customers see it. `distanceMeters` only when `near` was given. */
export const Store = z
  .object({
    id: Uuid,
    name: z.string(),
    address: Address,
    latitude: z.number(),
    longitude: z.number(),
    timeZone: z.string(),
    phone: z.string().nullable(),
    hours: OpeningHours,
    open: OpenState,
    services: z.array(z.string()),
    /** While it prepares otherwise than always: so many minutes later, or (null) nothing that is ordered ahead before `until`. */
    pace: Pace.nullable(),
    /** Tips that it suggests, in percent; empty: it takes none. */
    tipPercents: z.array(z.int()),
    distanceMeters: z.int().nullable(),
    /**
     * When something that is ordered now is in the hands of whoever goes there on foot from `near`; the way is an estimate from the distance. Null where
     * nobody said where they are, or nobody is served.
     */
    inHand: z.object({ at: Instant, travelMinutes: z.int() }).nullable(),
  })
  .meta({ id: "Store" });

/** A setting with where it comes from: the place itself, or the group it is inherited from. */
export const SettingValue = z
  .object({
    key: z.string(),
    value: z.unknown(),
    from: z.enum(["place", "group", "default"]),
    fromId: Uuid.nullable(),
    fromName: z.string().nullable(),
  })
  .meta({ id: "SettingValue" });

export const Place = z
  .object({
    id: Uuid,
    entityId: Uuid,
    groupId: Uuid.nullable(),
    kind: z.enum(["store", "warehouse", "both"]),
    name: z.string(),
    code: z.string(),
    address: Address,
    latitude: z.number(),
    longitude: z.number(),
    timeZone: z.string(),
    /** Minutes after midnight at which the business day ends. */
    dayEnd: z.int(),
    phone: z.string().nullable(),
    hours: OpeningHours,
    open: OpenState,
    status: z.enum(["active", "closed"]),
    /** What it offers: `collect` and `ship` decide what is promised there, the others are told to customers. */
    services: z.array(z.string()),
    settings: z.array(SettingValue),
  })
  .meta({ id: "Place" });

export const PlaceGroup = z
  .object({ id: Uuid, parentId: Uuid.nullable(), name: z.string(), settings: z.record(z.string(), z.unknown()) })
  .meta({ id: "PlaceGroup" });

export const PlaceTree = z
  .object({ entities: z.array(LegalEntity), groups: z.array(PlaceGroup), places: z.array(Place) })
  .meta({ id: "PlaceTree" });

/** A short name that never changes, for files and addresses. */
const PlaceCode = z.string().regex(/^[a-z0-9-]{2,40}$/);
const Latitude = z.number().min(-90).max(90);
const Longitude = z.number().min(-180).max(180);

export const placesEndpoints = {
  "places.tree": { summary: "Legal entities, groups and places with their settings", tag: "places", response: PlaceTree, status: 200 },
  "places.create": {
    summary: "Add a store or warehouse; without hours it is closed until they are set, without a time zone it has that of its legal entity",
    tag: "places",
    body: z.object({
      entityId: Uuid,
      groupId: Uuid.nullable(),
      kind: z.enum(["store", "warehouse", "both"]),
      name: z.string().trim().min(1).max(120),
      code: PlaceCode,
      address: Address,
      latitude: Latitude,
      longitude: Longitude,
      timeZone: z.string().max(60).optional(),
      dayEnd: z.int().min(0).max(720).default(0),
      phone: z.string().max(30).nullable().default(null),
      hours: OpeningHours.optional(),
    }),
    response: Place,
    status: 201,
  },
  "places.createGroup": {
    summary: "Add a group of places to the tree",
    tag: "places",
    body: z.object({ parentId: Uuid.nullable(), name: z.string().trim().min(1).max(120), code: PlaceCode }),
    response: PlaceGroup,
    status: 201,
  },
  "places.update": {
    summary:
      "Change name, phone, hours, status, services, address, position, group or settings of a place; a setting of null is inherited again, and so is what its new group sets",
    tag: "places",
    params: IdParams,
    body: z.object({
      name: z.string().min(1).max(120).optional(),
      phone: z.string().max(30).nullable().optional(),
      hours: OpeningHours.optional(),
      dayEnd: z.int().min(0).max(720).optional(),
      status: z.enum(["active", "closed"]).optional(),
      services: z
        .array(z.string().regex(/^[a-z][a-z_]{1,39}$/))
        .max(30)
        .optional()
        .describe("all of them, not only the new ones"),
      groupId: Uuid.nullable().optional(),
      address: Address.optional(),
      latitude: Latitude.optional(),
      longitude: Longitude.optional(),
      settings: z.record(z.string(), z.unknown()).optional(),
    }),
    response: Place,
    status: 200,
  },
  "places.updateGroup": {
    summary: "Change name, parent or settings of a group; every place below inherits them",
    tag: "places",
    params: IdParams,
    body: z.object({
      name: z.string().min(1).max(120).optional(),
      parentId: Uuid.nullable().optional(),
      settings: z.record(z.string(), z.unknown()).optional(),
    }),
    response: PlaceGroup,
    status: 200,
  },
  "stores.list": {
    summary:
      "Stores, nearest first when `near=lat,lon` is given. `sort=soonest` puts those of a page first at which an order is in hand first: the way, the queue, hours and pauses",
    tag: "places",
    query: z.object({
      ...PageQuery,
      near: z
        .string()
        .regex(/^-?\d{1,2}(\.\d+)?,-?\d{1,3}(\.\d+)?$/)
        .optional(),
      query: z.string().max(100).optional(),
      sort: z.enum(["nearest", "soonest"]).default("nearest"),
    }),
    response: pageOf(Store),
    status: 200,
  },
  "stores.read": { summary: "One store with its hours", tag: "places", params: IdParams, response: Store, status: 200 },
} satisfies Record<string, Endpoint>;
