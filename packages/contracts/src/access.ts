import { z } from "zod";
import { IdParams, Instant, Locale, PageQuery, Uuid, pageOf, type Endpoint } from "./shared.ts";

export const ROLES = ["owner", "manager", "cashier", "barista", "agent", "marketer", "privacy_officer", "read_only"] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

export const StaffMember = z
  .object({
    id: Uuid,
    name: z.string(),
    email: z.string(),
    roles: z.array(Role),
    /** Places where the roles hold; empty means every place. */
    placeIds: z.array(Uuid),
    hasPin: z.boolean(),
    hasBadge: z.boolean(),
    state: z.enum(["active", "suspended"]),
    locale: Locale,
    lastSeenAt: Instant.nullable(),
  })
  .meta({ id: "StaffMember" });

/** Who is calling, as the apps need it to draw the right screen. */
export const Session = z
  .object({
    kind: z.enum(["anonymous", "customer", "staff", "device"]),
    channelId: Uuid.nullable(),
    customer: z
      .object({
        customerId: Uuid,
        recordId: Uuid,
        givenName: z.string(),
        locale: Locale,
        /** False for who wants no profiling: then nothing is suggested by what they bought before. */
        isProfiled: z.boolean(),
      })
      .nullable(),
    staff: StaffMember.nullable(),
    device: z
      .object({
        id: Uuid,
        name: z.string(),
        kind: z.enum(["till", "board", "kiosk"]),
        placeId: Uuid,
        placeName: z.string(),
        /** Of the place: what the screen there tells the time by. */
        timeZone: z.string(),
        registerId: Uuid.nullable(),
      })
      .nullable(),
    expiresAt: Instant.nullable(),
  })
  .meta({ id: "Session" });

export const AuditEntry = z
  .object({
    id: Uuid,
    at: Instant,
    actorKind: z.string(),
    actorId: z.string().nullable(),
    actorName: z.string().nullable(),
    action: z.string(),
    subject: z.string(),
    channelId: Uuid.nullable(),
    placeId: Uuid.nullable(),
    reason: z.string().nullable(),
    outcome: z.enum(["allowed", "denied"]),
  })
  .meta({ id: "AuditEntry" });

const Password = z.string().min(10).max(200);
const Pin = z.string().regex(/^\d{4,8}$/);
/** What the code on a badge says. */
const Badge = z.string().regex(/^SB[A-Z0-9]{24}$/);

/** What a customer showed, and the one object that it opens to the caller until it runs out. */
export const Grant = z
  .object({
    subject: z.string(),
    orderId: Uuid.nullable(),
    /** It was shown as a present: by a receipt without prices, of these lines or of all. Who bought it may be somebody else. */
    gift: z.object({ lineIds: z.array(Uuid).nullable() }).optional(),
    expiresAt: Instant,
  })
  .meta({ id: "Grant" });

/** A browser that is a till, board or kiosk of a place. */
export const Device = z
  .object({
    id: Uuid,
    kind: z.enum(["till", "board", "kiosk"]),
    name: z.string(),
    placeId: Uuid,
    placeName: z.string(),
    registerId: Uuid.nullable(),
    enrolledAt: Instant,
    enrolledBy: z.string().nullable(),
    /** When it last asked for something, to the minute. */
    lastSeenAt: Instant.nullable(),
  })
  .meta({ id: "Device" });

export const accessEndpoints = {
  "grants.create": {
    summary: "A customer shows an order's number: the order can be opened here for half an hour, where channels only hand over",
    tag: "access",
    body: z.object({ shown: z.string().min(1).max(300) }),
    response: Grant,
    status: 201,
  },
  "access.session": { summary: "Who is calling", tag: "access", response: Session, status: 200 },
  "access.signOut": { summary: "End the session of this app", tag: "access", response: null, status: 204 },
  "access.staffSignIn": {
    summary: "Sign staff in by e-mail and password",
    tag: "access",
    body: z.object({ email: z.string().max(254), password: z.string().max(200) }),
    response: Session,
    status: 201,
  },
  "access.pinSignIn": {
    summary: "Sign staff in at an enrolled till by PIN",
    tag: "access",
    body: z.object({ pin: Pin }),
    response: Session,
    status: 201,
  },
  "access.badgeSignIn": {
    summary: "Sign staff in at an enrolled till by the code on their badge",
    tag: "access",
    body: z.object({ badge: Badge }),
    response: Session,
    status: 201,
  },
  "access.openEnrollment": {
    summary: "A screen asks for a code to show; once staff have confirmed it, the session of this browser is that of a board or kiosk",
    tag: "access",
    body: z.object({ kind: z.enum(["board", "kiosk"]).default("board") }).optional(),
    response: z.object({ code: z.string(), expiresAt: Instant }).meta({ id: "Enrollment" }),
    status: 201,
  },
  "access.confirmEnrollment": {
    summary: "Make the screen that shows a code a board or kiosk of a place; a code works once",
    tag: "access",
    params: z.object({ code: z.string().min(4).max(20) }),
    body: z.object({
      placeId: Uuid,
      name: z.string().trim().min(1).max(80),
      registerId: Uuid.optional().describe("of a kiosk that takes cards: the register that it sells through, which no other device has"),
    }),
    response: Device,
    status: 201,
  },
  "access.devices": {
    summary: "Tills, boards and kiosks of the caller's places",
    tag: "access",
    response: z.object({ items: z.array(Device) }).meta({ id: "Devices" }),
    status: 200,
  },
  "access.renameDevice": {
    summary: "Give a device another name",
    tag: "access",
    params: IdParams,
    body: z.object({ name: z.string().trim().min(1).max(80) }),
    response: Device,
    status: 200,
  },
  "access.removeDevice": { summary: "Take a device out of use, at once", tag: "access", params: IdParams, response: null, status: 204 },
  "access.enrollDevice": {
    summary: "Enroll this browser as a till, board or kiosk of a place; sets the device cookie",
    tag: "access",
    body: z.object({
      kind: z.enum(["till", "board", "kiosk"]),
      placeId: Uuid,
      name: z.string().min(1).max(80),
      registerId: Uuid.optional(),
    }),
    response: Session,
    status: 201,
  },
  "access.listStaff": {
    summary: "All staff",
    tag: "access",
    query: z.object({ ...PageQuery, query: z.string().max(100).optional() }),
    response: pageOf(StaffMember),
    status: 200,
  },
  "access.createStaff": {
    summary: "Add a member of staff",
    tag: "access",
    body: z.object({
      name: z.string().min(1).max(120),
      email: z.email().max(254),
      roles: z.array(Role).min(1),
      placeIds: z.array(Uuid).default([]),
      password: Password,
      pin: Pin.optional(),
      locale: Locale.default("en"),
    }),
    response: StaffMember,
    status: 201,
  },
  "access.updateStaff": {
    summary: "Change roles, places, state, PIN or password of a member of staff",
    tag: "access",
    params: IdParams,
    body: z.object({
      name: z.string().min(1).max(120).optional(),
      roles: z.array(Role).min(1).optional(),
      placeIds: z.array(Uuid).optional(),
      state: z.enum(["active", "suspended"]).optional(),
      password: Password.optional(),
      pin: Pin.nullable().optional(),
      locale: Locale.optional(),
    }),
    response: StaffMember,
    status: 200,
  },
  "access.makeBadge": {
    summary: "Make the badge of a member of staff, shown this once; the one before opens nothing any more",
    tag: "access",
    params: IdParams,
    response: z.object({ badge: z.string() }).meta({ id: "StaffBadge" }),
    status: 201,
  },
  "access.takeBadge": {
    summary: "Take the badge of a member of staff away: it opens nothing any more",
    tag: "access",
    params: IdParams,
    response: StaffMember,
    status: 200,
  },
  "access.listAudit": {
    summary: "Who read or changed what",
    tag: "access",
    query: z.object({ ...PageQuery, subject: z.string().max(120).optional(), actorId: z.string().max(60).optional() }),
    response: pageOf(AuditEntry),
    status: 200,
  },
  "access.requestSignInCode": {
    summary: "Send a one-time sign-in code to an e-mail address or phone",
    tag: "access",
    body: z.object({
      contact: z.string().min(3).max(254),
      givenName: z.string().max(80).optional(),
      familyName: z.string().max(80).optional(),
      locale: Locale.optional(),
    }),
    response: z.object({ challengeId: Uuid, kind: z.enum(["email", "phone"]), expiresAt: Instant }).meta({ id: "SignInChallenge" }),
    status: 202,
  },
  "access.customerSignIn": {
    summary: "Sign a customer in with the code; the anonymous cart of this browser becomes the current one",
    tag: "access",
    body: z.object({
      challengeId: Uuid,
      code: z.string().regex(/^\d{6}$/),
      cartId: Uuid.optional(),
      cartToken: z.string().max(80).optional(),
    }),
    response: Session,
    status: 201,
  },
  "access.demoSignIn": {
    summary:
      "Demo only: sign in as one of the people of the front door; the anonymous cart of this browser becomes the customer's current one",
    tag: "access",
    body: z.object({
      persona: z.enum(["lea", "jordi", "anna", "visitor"]),
      cartId: Uuid.optional(),
      cartToken: z.string().max(80).optional(),
    }),
    response: Session,
    status: 201,
  },
  "access.claimOwner": {
    summary: "First owner of a new installation, by the one-time link printed at start",
    tag: "access",
    body: z.object({ token: z.string().max(80), name: z.string().min(1).max(120), email: z.email().max(254), password: Password }),
    response: Session,
    status: 201,
  },
} satisfies Record<string, Endpoint>;
