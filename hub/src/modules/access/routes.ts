import type { Locale, SessionView } from "@weft/contracts";
import {
  err,
  ok,
  type CartId,
  type ChannelId,
  type DeviceId,
  type PlaceId,
  type RecordId,
  type RegisterId,
  type Result,
  type StaffId,
} from "@weft/kernel";
import { committed, read, write, type Ctx, type Input, type Route, type Vault } from "../../platform/index.ts";
import { makeBadge, takeBadge } from "./commands/badges.ts";
import { enrollDevice } from "./commands/devices.ts";
import { claimOwnership } from "./commands/owner.ts";
import {
  COOKIE_SECONDS,
  createCustomerSession,
  createStaffSession,
  deviceCookie,
  endSession,
  type NewSession,
} from "./commands/sessions.ts";
import { signInByBadge, signInByPassword, signInByPin, type SignIn } from "./commands/sign-in.ts";
import { addStaff, changeStaff } from "./commands/staff.ts";
import { mayActAt } from "./domain/index.ts";
import { deviceRoutes } from "./device-routes.ts";
import { ACCESS_PROBLEMS, type AccessError } from "./errors.ts";
import { listAudit, listStaff, readStaff } from "./queries.ts";
import { presentSession, whoCalls, type SessionPorts } from "./session-view.ts";

/** The till that the demo's cashier stands at. */
export type DemoTill = { readonly placeId: PlaceId; readonly registerId: RegisterId; readonly name: string };

/** One of the people of the demo's front door. */
export type DemoPersona =
  | { readonly kind: "customer"; readonly recordId: RecordId }
  | {
      readonly kind: "staff";
      readonly staffId: StaffId;
      /** Makes the browser this till when it is none yet. */
      readonly till: DemoTill | null;
    };

export type AccessDeps = SessionPorts & {
  readonly vault: Vault;
  /** The channel that an app is, by the name of its session; a till's follows from its place. */
  channelFor(ctx: Ctx, sessionName: string, placeId: PlaceId | null): Promise<ChannelId | null>;
  /** Makes the cart that this browser filled before its customer's current one; `carts` stands above this module, so it is handed in. */
  adoptCart(ctx: Ctx, anonymous: { readonly cartId: CartId; readonly token: string }, recordId: RecordId): Promise<unknown>;
  /** Whether a register practices; `till` stands above this module. */
  isTraining(ctx: Ctx, registerId: RegisterId): Promise<boolean>;
  /** Where a register sells really; undefined for one that is unknown or practices. */
  registerPlace(ctx: Ctx, registerId: RegisterId): Promise<PlaceId | undefined>;
  /** Null outside the demo: the sign-in does not exist there. */
  readonly demoPersonas: Readonly<Record<"lea" | "jordi" | "anna", DemoPersona>> | null;
  /** Signs up the visitor of the tour whose phone calls; undefined for any other phone. Absent outside the demo. */
  readonly signUpVisitor?: (ctx: Ctx, language: Locale) => Promise<RecordId | undefined>;
};

export const accessRoutes = (deps: AccessDeps): readonly Route[] => [
  ...sessionRoutes(deps),
  ...signInRoutes(deps),
  ...deviceRoutes(deps),
  ...staffRoutes(deps),
];

const sessionRoutes = (deps: AccessDeps): readonly Route[] => [
  read("access.session", async (ctx) => ok(await presentSession(ctx, deps, await whoCalls(ctx))), { problems: {} }),
  write(
    "access.signOut",
    async (ctx, { sessionName, clearCookie }) => {
      const sessionId = ctx.actor.staff?.sessionId ?? ctx.actor.customer?.sessionId;
      if (sessionId !== undefined) await endSession(ctx, sessionId);
      if (sessionName !== null) clearCookie(sessionName);
      return ok(null);
    },
    { problems: {} },
  ),
  write(
    "access.enrollDevice",
    async (ctx, { body, sessionName, setCookie }) => {
      if (sessionName === null) return err(UNNAMED);
      const placeId = body.placeId as PlaceId; // the brands exist only in types
      const registerId = (body.registerId ?? null) as RegisterId | null; // see above
      if (!mayActAt(ctx.actor, placeId)) return err({ code: "access.out_of_reach", placeId });
      if ((await deps.place(ctx, placeId)) === undefined) return err({ code: "access.place_unknown", placeId });
      const isTraining = registerId !== null && (await deps.isTraining(ctx, registerId));
      const device = await enrollDevice(ctx, { kind: body.kind, placeId, registerId, name: body.name, isTraining });
      setCookie(deviceCookie(sessionName), device.token, { maxAgeSeconds: COOKIE_SECONDS });
      return ok(await presentSession(ctx, deps, { ...(await whoCalls(ctx)), deviceId: device.id }));
    },
    { problems: ACCESS_PROBLEMS },
  ),
];

const UNNAMED = { code: "access.session_unnamed" } as const;

const signInRoutes = (deps: AccessDeps): readonly Route[] => [
  write(
    "access.staffSignIn",
    async (ctx, input) => {
      if (input.sessionName === null) return err(UNNAMED);
      const channelId = await deps.channelFor(ctx, input.sessionName, ctx.actor.device?.placeId ?? null);
      const result = await signInByPassword(ctx, deps.vault, { ...input.body, app: input.sessionName, channelId });
      return result.ok ? answerSignIn(ctx, deps, input, result.value, channelId) : result;
    },
    { problems: ACCESS_PROBLEMS },
  ),
  write(
    "access.pinSignIn",
    async (ctx, input) => {
      const device = ctx.actor.device;
      if (input.sessionName === null) return err(UNNAMED);
      if (device?.kind !== "till") return err({ code: "access.device_needed" });
      const channelId = await deps.channelFor(ctx, input.sessionName, device.placeId);
      const result = await signInByPin(ctx, deps.vault, { device, pin: input.body.pin, app: input.sessionName, channelId });
      return result.ok ? answerSignIn(ctx, deps, input, result.value, channelId) : result;
    },
    { problems: ACCESS_PROBLEMS },
  ),
  write(
    "access.badgeSignIn",
    async (ctx, input) => {
      const device = ctx.actor.device;
      if (input.sessionName === null) return err(UNNAMED);
      if (device?.kind !== "till") return err({ code: "access.device_needed" });
      const channelId = await deps.channelFor(ctx, input.sessionName, device.placeId);
      const result = await signInByBadge(ctx, { device, badge: input.body.badge, app: input.sessionName, channelId });
      return result.ok ? answerSignIn(ctx, deps, input, result.value, channelId) : result;
    },
    { problems: ACCESS_PROBLEMS },
  ),
  write(
    "access.claimOwner",
    async (ctx, input) => {
      if (input.sessionName === null) return err(UNNAMED);
      const claimed = await claimOwnership(ctx, deps.vault, { ...input.body, app: input.sessionName });
      return claimed.ok ? ok(await greetStaff(ctx, deps, input, { ...claimed.value, deviceId: null, channelId: null })) : claimed;
    },
    { problems: ACCESS_PROBLEMS },
  ),
  write("access.demoSignIn", (ctx, input) => signInAsPersona(ctx, deps, input), { problems: ACCESS_PROBLEMS }),
];

type SignInInput = Pick<Input<"access.session">, "sessionName" | "setCookie">;

async function answerSignIn(ctx: Ctx, deps: AccessDeps, input: SignInInput, signIn: SignIn, channelId: ChannelId | null) {
  if (signIn.kind === "refused") return ok(committed({ code: "access.sign_in_refused" as const }));
  return ok(await greetStaff(ctx, deps, input, { ...signIn, deviceId: ctx.actor.device?.id ?? null, channelId }));
}

type Arrival = {
  readonly staffId: StaffId;
  readonly session: NewSession;
  readonly deviceId: DeviceId | null;
  readonly channelId: ChannelId | null;
};

/** Sets the cookie of a new session and says who came. */
async function greetStaff(ctx: Ctx, deps: AccessDeps, input: SignInInput, { session, ...who }: Arrival): Promise<SessionView> {
  setSessionCookie(input, session);
  return presentSession(ctx, deps, { ...who, recordId: null, expiresAt: session.expiresAt });
}

/** Puts the token of a new session where the app's next requests find it. */
export function setSessionCookie({ sessionName, setCookie }: SignInInput, session: NewSession): void {
  if (sessionName !== null) setCookie(sessionName, session.token, { maxAgeSeconds: COOKIE_SECONDS });
}

async function signInAsPersona(ctx: Ctx, deps: AccessDeps, input: Input<"access.demoSignIn">): Promise<Result<SessionView, AccessError>> {
  if (!deps.demoPersonas) return err({ code: "access.not_demo" });
  if (input.sessionName === null) return err(UNNAMED);
  const { persona: name } = input.body;
  if (name === "visitor") {
    const recordId = await deps.signUpVisitor?.(ctx, input.request.locale as Locale); // one of the hub's languages, see localeOf
    return recordId ? ok(await arriveAsCustomer(ctx, deps, input, input.sessionName, recordId)) : err({ code: "access.not_demo" });
  }
  const persona = deps.demoPersonas[name];
  return ok(
    persona.kind === "customer"
      ? await arriveAsCustomer(ctx, deps, input, input.sessionName, persona.recordId)
      : await arriveAsStaff(ctx, deps, input, input.sessionName, persona),
  );
}

async function arriveAsCustomer(
  ctx: Ctx,
  deps: AccessDeps,
  input: Input<"access.demoSignIn">,
  app: string,
  recordId: RecordId,
): Promise<SessionView> {
  const { cartId, cartToken } = input.body;
  if (cartId && cartToken) await deps.adoptCart(ctx, { cartId: cartId as CartId, token: cartToken }, recordId); // an id by the contract
  const channelId = ctx.actor.channelId ?? (await deps.channelFor(ctx, app, null));
  const session = await createCustomerSession(ctx, { recordId, app, channelId });
  setSessionCookie(input, session);
  return presentSession(ctx, deps, { recordId, staffId: null, deviceId: null, channelId, expiresAt: session.expiresAt });
}

async function arriveAsStaff(
  ctx: Ctx,
  deps: AccessDeps,
  input: SignInInput,
  app: string,
  { staffId, till }: Extract<DemoPersona, { kind: "staff" }>,
): Promise<SessionView> {
  const deviceId = till ? (ctx.actor.device?.id ?? (await becomeTill(ctx, input, app, till))) : null;
  const channelId = await deps.channelFor(ctx, app, ctx.actor.device?.placeId ?? till?.placeId ?? null);
  const session = await createStaffSession(ctx, { staffId, app, channelId, deviceId });
  return greetStaff(ctx, deps, input, { staffId, session, deviceId, channelId });
}

async function becomeTill(ctx: Ctx, { setCookie }: SignInInput, app: string, till: DemoTill): Promise<DeviceId> {
  const device = await enrollDevice(ctx, { kind: "till", ...till });
  setCookie(deviceCookie(app), device.token, { maxAgeSeconds: COOKIE_SECONDS });
  return device.id;
}

const staffRoutes = ({ vault }: AccessDeps): readonly Route[] => [
  read("access.listStaff", async (ctx, { query }) => ok(await listStaff(ctx, query)), { problems: {} }),
  write(
    "access.createStaff",
    async (ctx, { body }) => {
      const placeIds = body.placeIds as PlaceId[]; // the brand exists only in types
      const added = await addStaff(ctx, vault, { ...body, placeIds, pin: body.pin ?? null });
      return added.ok ? presentMember(ctx, added.value) : added;
    },
    { problems: ACCESS_PROBLEMS },
  ),
  write(
    "access.updateStaff",
    async (ctx, { params, body }) => {
      const staffId = params.id as StaffId; // the brands exist only in types
      const { placeIds, ...rest } = body;
      const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
      const changed = await changeStaff(ctx, vault, staffId, { ...given, ...(placeIds && { placeIds: placeIds as PlaceId[] }) }); // see above
      return changed.ok ? presentMember(ctx, staffId) : changed;
    },
    { problems: ACCESS_PROBLEMS },
  ),
  write(
    "access.makeBadge",
    async (ctx, { params }) => {
      const made = await makeBadge(ctx, params.id as StaffId); // the brand exists only in types
      return made.ok ? ok({ badge: made.value }) : made;
    },
    // Shown once means once: a repeated request learns that there is one.
    { problems: ACCESS_PROBLEMS, kept: () => ({ badge: "" }) },
  ),
  write(
    "access.takeBadge",
    async (ctx, { params }) => {
      const taken = await takeBadge(ctx, params.id as StaffId); // see above
      return taken.ok ? presentMember(ctx, params.id as StaffId) : taken;
    },
    { problems: ACCESS_PROBLEMS },
  ),
  read("access.listAudit", async (ctx, { query }) => ok(await listAudit(ctx, query)), { problems: {} }),
];

async function presentMember(ctx: Ctx, staffId: StaffId) {
  const member = await readStaff(ctx, staffId);
  return member ? ok(member) : err({ code: "access.staff_unknown" as const, staffId });
}
